/** What is kept of things that went wrong: on this machine, for the artist to look at and to pass on. */
import { z } from 'zod'

/** The parts of the program that can die by themselves, or meet what they did not expect. */
const reportedParts = ['program', 'page', 'engine', 'graphics', 'helper'] as const

export const crashReportSchema = z.object({
  /** ISO 8601, UTC. */
  time: z.string(),
  part: z.enum(reportedParts),
  /** In one line, as the system or the code said it. */
  reason: z.string(),
  /** Where in the code, or empty. */
  detail: z.string(),
  /** Of the program, and of what it ran on. */
  version: z.string(),
})
export type CrashReport = z.infer<typeof crashReportSchema>
export type ReportedPart = CrashReport['part']
