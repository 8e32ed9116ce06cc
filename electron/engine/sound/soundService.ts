/** Answers a window's requests for sound. It has decoders of its own, so that no picture waits for it. */
import { z } from 'zod'
import type { SoundAnswer, ToSoundService } from '../../contract/sound.ts'
import type { FilmSound } from './filmSound.ts'

const id = z.string().min(1).max(100)
const requestId = z.number().int()
/** Longer than any film, in seconds. */
const MOST_SECONDS = 1e6

/** What comes from the window is checked. */
export const soundRequestSchema: z.ZodType<ToSoundService> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('sound'),
    requestId,
    footageId: id,
    block: z.number().int().nonnegative().max(1e8),
  }),
  z.object({
    type: z.literal('peaks'),
    requestId,
    footageId: id,
    from: z.number().min(0).max(MOST_SECONDS),
    to: z.number().min(0).max(MOST_SECONDS),
    columns: z.number().int().min(1).max(20_000),
  }),
])

/** Throws UserError where the film's sound can not be read. */
export async function answerSound(sound: FilmSound, request: ToSoundService): Promise<SoundAnswer> {
  const { requestId } = request
  if (request.type === 'sound') return { type: 'sound', requestId, samples: await sound.block(request.block) }
  const peaks = await sound.peaks()
  const { from, to, columns } = request
  return { type: 'peaks', requestId, peaks: peaks.columns(from, Math.max(from, to), columns), known: peaks.known }
}
