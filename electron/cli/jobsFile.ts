/** A list of films to be colored, as JSON (--jobs). Described in docs/file-formats.md. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { deliverySchema } from '../contract/delivery.ts'
import { exportFormatIds, sizesWishes } from '../contract/formats.ts'
import { pictureNumberSchema } from '../contract/schemas.ts'
import { inWords } from '../contract/sentence.ts'
import { readError } from '../project/disk/diskErrors.ts'
import { formatOf, orderOf, type FilmOrder } from './arguments.ts'
import { listFault } from './listFault.ts'
import { WrongUse } from './wrongUse.ts'

const frame = z.number().int().min(0).max(1e9)

/** As the options of the command line; paths are taken from the folder of the list. */
const jobSchema = z.strictObject({
  source: z.string().min(1),
  target: z.string().min(1),
  /** By the target's ending where left out. */
  format: z.enum(exportFormatIds).optional(),
  range: z.strictObject({ from: frame.default(0), to: frame.nullable().default(null) }).optional(),
  options: z
    .strictObject({
      reel: z.string().min(1).optional(),
      keyframes: z.array(z.strictObject({ frame, picture: z.string().min(1) })).optional(),
      rate: z.string().optional(),
      sizes: z.enum(sizesWishes).optional(),
      timecode: z.string().optional(),
      firstNumber: pictureNumberSchema.optional(),
      compare: z.string().optional(),
      delivery: deliverySchema.optional(),
      cropBars: z.boolean().optional(),
      shots: z.string().optional(),
      eachShot: z.boolean().optional(),
      inspect: z.boolean().optional(),
      report: z.boolean().optional(),
      checksums: z.boolean().optional(),
      keepColor: z.boolean().optional(),
      pinAlike: z.boolean().optional(),
      overwrite: z.boolean().optional(),
    })
    .default({}),
})

const jobsFileSchema = z.strictObject({
  format: z.literal('colornn-jobs'),
  version: z.literal(1),
  jobs: z.array(jobSchema).min(1).max(10_000),
})

/** Throws WrongUse where the file can't be read, or says something that makes no sense. */
export async function readJobs(path: string): Promise<FilmOrder[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const { said, advice } = readError(path, error)
    throw new WrongUse(`${inWords(said)} ${inWords(advice)}`)
  })
  let content: unknown
  try {
    // Editors on Windows mark the beginning of a text.
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new WrongUse(`“${path}” is no JSON: ${(error as Error).message}.`)
  }
  const parsed = jobsFileSchema.safeParse(content)
  if (!parsed.success) {
    const more = 'What it may hold is in “Lists of jobs” in docs/file-formats.md'
    throw new WrongUse(`“${path}” is no list of jobs: ${listFault(parsed.error)}. ${more}.`)
  }
  const folder = dirname(path)
  const orders = parsed.data.jobs.map(({ source, target, format, range = null, options }, n) => {
    const { keyframes = [], cropBars, ...rest } = options
    try {
      if (range?.to != null && range.to <= range.from) throw new WrongUse('the range holds no frame.')
      return orderOf({
        ...rest,
        cropsBars: cropBars,
        source: resolve(folder, source),
        target: resolve(folder, target),
        format: formatOf(target, format),
        range,
        keyframes: keyframes.map(({ frame, picture }) => ({ frame, picturePath: resolve(folder, picture) })),
      })
    } catch (error) {
      if (error instanceof WrongUse) throw new WrongUse(`Job ${n + 1} of “${path}”: ${error.message}`)
      throw error
    }
  })
  refuseSharedTargets(path, orders)
  return orders
}

/**
 * The second of two jobs with one target would be passed over as done before, or write over the first one's work. What
 * shots and parts are called follows from the film: see writtenFiles.ts.
 */
function refuseSharedTargets(path: string, orders: readonly FilmOrder[]): void {
  const first = new Map<string, number>()
  for (const [n, { target, eachShot }] of orders.entries()) {
    if (eachShot) continue
    const other = first.get(target)
    if (other !== undefined) {
      throw new WrongUse(
        `Jobs ${other + 1} and ${n + 1} of “${path}” would both be written to “${target}”: name another target in one.`,
      )
    }
    first.set(target, n)
  }
}
