/**
 * Coloring a film that is still being looked through for shots: one job, whose order is added to as shots become known,
 * so that the artist of a long film sees colors after seconds and not when all of it was looked through.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as passed } from 'node:timers/promises'
import type { FrameRange } from '../../contract/schemas.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { framesToDo } from '../../project/dependents.ts'
import { wantedSegments, type ModedSegment } from '../../project/passes/filmEdits.ts'
import { knownShots, type KnownShots } from '../../project/passes/knownShots.ts'
import { countFrames, intersect, subtract, unite, within } from '../../contract/ranges.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { Jobs } from './jobs.ts'

/** What has become known is looked at so often, in ms. */
const LOOK_EVERY = 500
/** The shot in view is looked for by itself for so long, in ms; a long one is found as soon by the search. */
const LONGEST_LOOK = 20_000
/** So many frames from that in view on, at least, belong to what is looked for. */
const AHEAD = 96
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
  /** Its shot is wanted before all others. */
  readonly first: number
  /** What was ordered so far; grows. */
  readonly given: ModedSegment[]
}

/** What of an order is known by now and was not given yet. */
interface Part {
  readonly segments: readonly ModedSegment[]
  /** Frames of the whole order, as far as is known. */
  readonly total: number
}

function partOf({ range, lost, given }: PartwiseOrder, { clip, from, to }: KnownShots): Part {
  const known = { from: Math.max(from, range.from), to: Math.min(to, range.to) }
  const toDo = unite([...framesToDo(clip, range), ...lost])
  const segments = within(wantedSegments(clip), known).flatMap((segment): ModedSegment[] => {
    if (segment.kind === 'pin') return []
    const alike = given.filter(({ key, kind }) => key === segment.key && kind === segment.kind)
    return subtract(intersect(toDo, segment), alike).map((part) => ({ ...segment, ...part }))
  })
  const others = subtract(toDo, [known, ...given])
  return { segments, total: countFrames([...given, ...segments, ...others]) }
}

/**
 * Adds to the order what becomes known, until all is. Ends the job where the search did not come to its end. Rejects
 * with what the engine says.
 * @returns whether the order is whole; else its job has ended
 */
export async function orderPartwise(
  order: PartwiseOrder,
  { engine, clips, jobs }: { engine: Pick<EngineClient, 'call'>; clips: ClipDesk; jobs: Jobs },
): Promise<boolean> {
  const { clip: id, job, search, range, given } = order
  const searched = new AbortController()
  void jobs.ended(search).then(() => searched.abort())
  const first = Math.min(Math.max(order.first, range.from), range.to - 1)
  if (first >= (await engine.call('shotsSoFar', id, 0)).to) await giveShotInView()
  for (;;) {
    await passed(LOOK_EVERY, undefined, { signal: searched.signal }).catch(() => undefined)
    if (!jobs.isUnderWay(job)) return false
    const isSearched = searched.signal.aborted
    const soFar = await engine.call('shotsSoFar', id, 0)
    const step = await clips.whenSettled(id, (clip) => {
      if (!jobs.isUnderWay(job)) return 'ended'
      // The artist may have cut it meanwhile.
      const isCut = clip.cuts !== 'none'
      if (isSearched && !isCut) return 'unknown'
      // A cut can be taken back for as long as there is something to do: then the search's count again.
      const part = partOf(order, isCut ? { clip, from: 0, to: clip.frameCount } : knownShots(clip, soFar))
      const isLast = isSearched || (isCut && isThrough() && part.segments.length === 0)
      const isWorth = countFrames(part.segments) >= (isCut ? 1 : LEAST_PART)
      return isLast || isWorth ? give(part, isLast).then(() => (isLast ? 'whole' : 'open')) : 'open'
    })
    if (step === 'unknown') await jobs.cancel(job)
    if (step !== 'open') return step === 'whole'
  }

  function isThrough(): boolean {
    const done = jobs.entries.find((entry) => entry.id === job)?.progress.done ?? 0
    return done >= countFrames(given)
  }

  /** Far from where the search is, its shot is looked for by itself, for as long as somebody may be kept waiting. */
  async function giveShotInView(): Promise<void> {
    const jobId = randomUUID()
    const around = { from: first, to: Math.min(range.to, first + AHEAD), isOpen: true }
    await engine.call('startFindShots', { jobId, footageId: id, around })
    const until = performance.now() + LONGEST_LOOK
    while (performance.now() < until && jobs.isUnderWay(job) && !searched.signal.aborted) {
      await passed(LOOK_EVERY, undefined, { signal: searched.signal }).catch(() => undefined)
      if (!(await engine.call('shots', id, around))) continue
      const soFar = await engine.call('shotsSoFar', id, first)
      return clips.whenSettled(id, (clip) => {
        if (!jobs.isUnderWay(job) || clip.cuts !== 'none') return
        const part = partOf(order, knownShots(clip, soFar, first))
        return part.segments.length > 0 ? give(part, false) : undefined
      })
    }
    await engine.call('cancelJob', jobId)
  }

  /** To be called in a moment in which the engine knows the document that the part was planned by. */
  async function give({ segments, total }: Part, isLast: boolean): Promise<void> {
    given.push(...segments)
    await engine.call('addToColorize', {
      jobId: job,
      segments: segments.map(({ mode: _, ...segment }) => segment),
      ranges: unite(segments),
      total,
      isLast,
    })
  }
}
