/**
 * Coloring a film that is still being looked through for shots: one job, whose order is added to as shots become known,
 * so that the artist of a long film sees colors after seconds and not when all of it was looked through.
 */
import { setTimeout as passed } from 'node:timers/promises'
import type { FrameRange } from '../../contract/schemas.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { framesToDo } from '../../project/dependents.ts'
import { wantedSegments, type ModedSegment } from '../../project/filmEdits.ts'
import { knownShots, type KnownShots } from '../../project/knownShots.ts'
import { countFrames, intersect, subtract, unite, within } from '../../project/ranges.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { Jobs } from './jobs.ts'

/** What has become known is looked at so often, in ms. */
const LOOK_EVERY = 500
/** Fewer frames are not worth being taken up for. */
const LEAST_PART = 48

/** An order that is being written. */
export interface PartwiseOrder {
  readonly clip: string
  /** Jobs: the one that colors, and the search that it goes behind. */
  readonly job: string
  readonly search: string
  readonly range: FrameRange
  /** Frames that count as not colored, whatever the document says. */
  readonly lost: readonly FrameRange[]
  /** What was ordered so far; grows. */
  readonly given: ModedSegment[]
}

/** What of an order is known by now and was not given yet. */
interface Part {
  readonly segments: readonly ModedSegment[]
  /** Frames of the whole order, as far as is known. */
  readonly total: number
}

function partOf({ range, lost, given }: PartwiseOrder, { clip, to }: KnownShots): Part {
  const known = { from: range.from, to: Math.min(to, range.to) }
  const toDo = unite([...framesToDo(clip, range), ...lost])
  const segments = within(wantedSegments(clip), known).flatMap((segment): ModedSegment[] => {
    if (segment.kind === 'pin') return []
    const alike = given.filter(({ key, kind }) => key === segment.key && kind === segment.kind)
    return subtract(intersect(toDo, segment), alike).map((part) => ({ ...segment, ...part }))
  })
  const later = intersect(toDo, { from: known.to, to: range.to })
  return { segments, total: countFrames([...given, ...segments, ...later]) }
}

/**
 * Adds to the order what becomes known, until all is. Resolves when the order is whole, or its job has ended; ends the
 * job where the search did not come to its end. Rejects with what the engine says.
 */
export async function orderPartwise(
  order: PartwiseOrder,
  { engine, clips, jobs }: { engine: Pick<EngineClient, 'call'>; clips: ClipDesk; jobs: Jobs },
): Promise<void> {
  const { clip: id, job, search, given } = order
  const searched = new AbortController()
  void jobs.ended(search).then(() => searched.abort())
  for (;;) {
    await passed(LOOK_EVERY, undefined, { signal: searched.signal }).catch(() => undefined)
    await clips.settled(id)
    if (!jobs.isUnderWay(job)) return
    const clip = clips.clip(id)
    // The artist may have cut it meanwhile.
    const isLast = searched.signal.aborted || clip.cuts !== 'none'
    if (isLast && clip.cuts === 'none') {
      await jobs.cancel(job)
      return
    }
    const known = isLast ? { clip, to: clip.frameCount } : await shotsKnown()
    const { segments, total } = partOf(order, known)
    if (!isLast && countFrames(segments) < LEAST_PART) continue
    given.push(...segments)
    await engine.call('addToColorize', {
      jobId: job,
      segments: segments.map(({ mode: _, ...segment }) => segment),
      ranges: unite(segments),
      total,
      isLast,
    })
    if (isLast) return
  }

  async function shotsKnown(): Promise<KnownShots> {
    const { found, upTo } = await engine.call('shotsSoFar', id)
    return knownShots(clips.clip(id), found, upTo)
  }
}
