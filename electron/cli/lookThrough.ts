/** Looks a film through for the command line, and says what was found: after an export, or for `npm run inspect`. */
import { findingKinds, placeSentence, type Inspection } from '../contract/inspection.ts'
import { formatTimecode } from '../contract/timecode.ts'
import { en } from '../text/en/en.ts'
import { inEnglish, type OnProgress, type Session } from './session.ts'

const t = en.words.inspection

/** Throws UserErrors where a film can not be read. */
export async function lookThrough(
  session: Session,
  film: string,
  original: string | null,
  onProgress: OnProgress,
): Promise<Inspection> {
  const order = { footageId: '', path: film, ...(original !== null && { original }) }
  const start = (jobId: string): Promise<void> => session.client.call('startInspect', { jobId, ...order })
  // How much there is to look at is known once it is open.
  const { inspection } = await session.run(start, (progress) => void (progress.total > 0 && onProgress(progress)))
  if (!inspection) throw new Error('the engine has told nothing of what it found')
  return inspection
}

/** A line a place, and how many more there are of a kind. */
export function placeLines({ found, more, rate }: Inspection): string[] {
  const places = found.map((place) => {
    const { kind, from, to, frame } = place
    const at = `${formatTimecode(frame, rate)}  ${t.frames(from, to - 1)}`
    return `${at}  ${t.kinds[kind].name}: ${inEnglish(placeSentence(place))}`
  })
  const rest = findingKinds.flatMap((kind) => {
    const count = more[kind]
    return count === undefined ? [] : [`${t.kinds[kind].name}: ${t.more(count)}`]
  })
  return found.length === 0 ? [...rest, t.nothing] : [...places, ...rest]
}
