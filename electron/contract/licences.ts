/** The licences of everything that the program is made of, as the build gathers them (build/licences). */
import { z } from 'zod'

export const licencesSchema = z.object({
  parts: z.array(
    z.object({
      name: z.string(),
      /** Empty where it is only known on the machine that it runs on. */
      version: z.string(),
      /** SPDX expression. */
      licence: z.string(),
      /** Number of its text below. */
      text: z.number().int().nonnegative(),
    }),
  ),
  /** Many parts share one. */
  texts: z.array(z.string()),
})
export type Licences = z.infer<typeof licencesSchema>

/** Beside the bundles. */
export const LICENCES_FILE = 'licences.json'
