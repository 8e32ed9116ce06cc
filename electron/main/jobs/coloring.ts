/**
 * Has clips colored and takes down what came of it. A job's frames are noted when it ends, however it ends, and when it
 * takes in an edit; an export's as well, which colors on its way what it has to. Were the program to die before, the
 * colors are in the cache all the same: they are noted when the film is opened the next time.
 */
import { setTimeout as passed } from 'node:timers/promises'
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import type { Clip, PassMode, PassResult } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { coloredFinding } from '../../project/passes/coloredFinding.ts'
import { isOtherWork, planColoring, type ColoringPlan, type ColoringWish } from '../../project/passes/coloringPlan.ts'
import { framesToDo, lostFrames, staleFrames } from '../../project/dependents.ts'
import { ownShots, shotAt } from '../../project/document.ts'
import { segmentOf, wantedSegments, type ModedSegment } from '../../project/passes/filmEdits.ts'
import { stretchesOf } from '../../project/passes/passKeys.ts'
import { mergeResults } from '../../project/passes/passResults.ts'
import { lockedFrames } from '../../project/commands/pinCommands.ts'
import type { ProjectSession } from '../../project/session/projectSession.ts'
import { sentence } from '../../contract/sentence.ts'
import { unlessExpected, UserError, type UserErrorData } from '../../contract/userError.ts'
import { countFrames, holdsFrame, intersect, overlapping, subtract, unite } from '../../contract/ranges.ts'
import type { ClipDesk } from '../clipDesk.ts'
import { orderPartwise } from './behindSearch.ts'
import type { Jobs } from './jobs.ts'
import type { ShotFinding } from './shotFinding.ts'

export interface ColorizeWish {
  readonly clip: string
  readonly mode: PassMode
  readonly range?: FrameRange | undefined
  /** Instead of a range: the shot that holds this frame, once it is known. */
  readonly shotAt?: number | undefined
  readonly first?: number | undefined
  /** Nobody has asked for it just now. */
  readonly isByItself?: boolean
}

/** As the engine takes it (startColorize). */
interface Order {
  readonly ranges: readonly FrameRange[]
  readonly segments: readonly PlannedSegment[]
  readonly first: number | undefined
  readonly open?: { readonly total: number }
}

/** A job that is under way. */
interface UnderWay {
  readonly wish: ColorizeWish
  /** Stands for the film's content when it began. */
  readonly film: string
  /** What frames showed when its plan was made. */
  before: readonly PassResult[]
  /**
   * What it colors by it; behind a search that grows, and frames may be in it again, by pins that have changed
   * meanwhile.
   */
  plan: ColoringPlan
  /** What it was asked for; null while it is ordered bit by bit behind a search, with whatever edits change. */
  asked: ColoringWish | null
  /**
   * That search: frames may have been ordered by it more than once, by different pins, and nobody says by which they
   * are done.
   */
  search: string | null
  /** The cache was cleared since it began, or since it ended, as long as what is gone of it was not looked for. */
  isCleared: boolean
  /** What others of the clip had colored that ended before it: what is gone of that is told with its own. */
  readonly inherited: FrameRange[]
  /** It is about to take in an edit; another one has come since. */
  taking: 'nothing' | 'an edit' | 'one more'
}

const underWayFrom = (
  { footage, passes }: Clip,
  wish: ColorizeWish,
  plan: ColoringPlan,
  how: Pick<UnderWay, 'asked' | 'search'>,
): UnderWay => ({
  wish,
  film: footage.hash,
  before: passes,
  plan,
  ...how,
  isCleared: false,
  inherited: [],
  taking: 'nothing',
})

const forEngine = ({ mode: _, ...segment }: ModedSegment): PlannedSegment => segment

/** Edits come in rows, as while strokes are drawn: a job takes them in so long after the last one, in ms. */
const GATHER_EDITS = 400
/**
 * The same where what it is at goes on as it is. A walk that is taken up again does up to half a second of work once
 * more, and whoever paints a pin makes a stroke every few seconds.
 */
const GATHER_EDITS_ELSEWHERE = 5000

/** Segments whose frames have their colors from elsewhere. */
const NOT_COLORED: ReadonlySet<ModedSegment['kind']> = new Set(['pin', 'own', 'kept'])

export class Coloring {
  /** Orders that are on their way to the engine, by what they ask for. */
  readonly #ordering = new Map<string, Promise<string | null>>()

  /** The jobs that are under way. */
  readonly #underWay = new Map<string, UnderWay>()

  /** Those that have ended, and of which it is still looked for what is gone. */
  readonly #ending = new Set<UnderWay>()

  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly jobs: Jobs,
    private readonly shots: ShotFinding,
    /** Of work that nobody waits for. */
    private readonly onTrouble: (error: unknown) => void,
    /** What the artist should know of an order that is carried out. */
    private readonly onNotice: (notice: Pick<UserErrorData, 'message' | 'advice'>) => void,
  ) {}

  /**
   * The job's id; null where nothing is to do. What is asked for while an order for the same is on its way, as by a key
   * that is held down, is answered with that order; other orders do not wait for it.
   */
  async colorize(wish: ColorizeWish): Promise<string | null> {
    const { clip, mode, range, shotAt } = wish
    const name = JSON.stringify([clip, mode, range?.from, range?.to, shotAt])
    const underWay = this.#ordering.get(name)
    if (underWay) return underWay
    const order = this.#order(wish).finally(() => this.#ordering.delete(name))
    this.#ordering.set(name, order)
    return order
  }

  /** Takes all colors from the disk. What is being colored does those again that it had done. */
  async clearStored(): Promise<void> {
    const markAll = (): void => {
      for (const underWay of [...this.#underWay.values(), ...this.#ending]) underWay.isCleared = true
    }
    markAll()
    await this.engine.call('clearCache')
    // One may have begun meanwhile, and have colored something that is gone.
    markAll()
  }

  /** What a job was asked for; asked for once more, it does what was left to do. Undefined when it has ended. */
  wishOf(job: string): ColorizeWish | undefined {
    return this.#underWay.get(job)?.wish
  }

  async #order(wish: ColorizeWish): Promise<string | null> {
    const { clip: id, mode, range: asked, shotAt: inShot, first } = wish
    await this.clips.lookAgain(id)
    // Shots are looked for in the film, which may be closed (at a rate that was chosen just now it is opened anew), or
    // lie elsewhere by now.
    const film = await this.clips.open(id)
    // One that has become shorter is colored as far as it goes: that it is another one is told.
    const end = Math.min(this.clips.clip(id).frameCount, film.frameCount)
    const whole = upTo(end, asked ?? { from: 0, to: end })
    if (!whole) return null
    if (mode === 'between' && inShot === undefined && (await this.shots.isOpen(id)))
      return this.#colorizeBehindSearch(wish, whole, end)
    await this.shots.ensure(id)
    const present = await this.#presentFrames(id)
    return this.clips.whenSettled(id, (clip) => {
      const range = inShot === undefined ? whole : upTo(end, shotAt(clip, inShot))
      if (!range) return null
      const asked = { mode, range, end, lost: lostFrames(clip, range, present) }
      const { leftOut, ...plan } = planColoring(clip, asked)
      if (leftOut > 0 && !wish.isByItself) this.onNotice(leftSentence(clip, leftOut))
      if (plan.ranges.length === 0) return null
      const order = { ranges: plan.ranges, segments: plan.segments.map(forEngine), first }
      return this.#start(clip, order, underWayFrom(clip, wish, plan, { asked, search: null }))
    })
  }

  async #start({ id, name }: Clip, { first, ...order }: Order, underWay: UnderWay): Promise<string> {
    const job = await this.jobs.start({
      kind: 'colorize',
      clip: id,
      reel: name,
      begin: (jobId) => {
        this.#underWay.set(jobId, underWay)
        const asked = { jobId, footageId: id, ...order, ...(first !== undefined && { first }) }
        return this.engine.call('startColorize', asked).catch((error: unknown) => {
          this.#underWay.delete(jobId)
          throw error
        })
      },
      finish: ({ finished }) => this.#noteFinished(underWay, finished),
    })
    void this.jobs.ended(job).then((last) => {
      this.#underWay.delete(job)
      return this.#conclude(underWay, last?.state === 'done')
    })
    return job
  }

  /**
   * Notes what a job has finished. What it has colored otherwise than a pass would now, since an edit has come in, is
   * out of date, and shows these colors until it is done again, or the edit is undone.
   */
  async #noteFinished(underWay: UnderWay, finished: readonly FrameRange[]): Promise<void> {
    const { wish, plan, search } = underWay
    if (search === null) {
      this.note(wish.clip, plan.segments, finished)
      return this.#noteResults(underWay, this.#overtaken(underWay, finished))
    }
    // Until that ends the document has no shots to note frames for, unless the artist has made some.
    if (this.#clip(wish.clip)?.cuts === 'none') await this.jobs.ended(search)
    // A frame may have been colored by pins that were others then, and not again by those that count now.
    // Where nobody can tell, it is noted when the film is opened the next time.
    if (this.#clip(wish.clip)) await this.takeStored(wish.clip, finished).catch(unlessExpected(this.onTrouble))
    this.#noteResults(underWay, await this.#stored(underWay, this.#overtaken(underWay, finished)))
  }

  /** Colors what is known of the shots, and what becomes known of them while the film is looked through. */
  async #colorizeBehindSearch(wish: ColorizeWish, range: FrameRange, end: number): Promise<string> {
    const { clip: id, first, mode } = wish
    const search = await this.shots.find(id)
    const present = await this.#presentFrames(id)
    const clip = this.clips.clip(id)
    const lost = lostFrames(clip, range, present)
    const total = countFrames(unite([...framesToDo(clip, range), ...lost]))
    const given: ModedSegment[] = []
    const order = { ranges: [], segments: [], open: { total }, first }
    const underWay = underWayFrom(clip, wish, { segments: given, ranges: [] }, { asked: null, search })
    const job = await this.#start(clip, order, underWay)
    const { engine, clips, jobs } = this
    void orderPartwise(
      { clip: id, job, search, range, first: first ?? range.from, lost, given },
      { engine, clips, jobs },
    ).then(
      (isWhole) => {
        if (!isWhole) return
        // From here on it is a job like others.
        underWay.plan = { segments: given, ranges: unite(given) }
        underWay.asked = { mode, range, end, lost }
        void this.#takeIn(job, underWay)
      },
      async (error: unknown) => {
        await this.jobs.cancel(job).catch(() => undefined)
        this.onTrouble(error)
      },
    )
    return job
  }

  /**
   * Notes what the cache holds just as it would be colored now: what a job had colored when the program died, or was
   * colored in another project. Before its shots are known a clip has no frames to note.
   * @param of which frames; all if left out
   */
  async takeStored(id: string, of?: readonly FrameRange[]): Promise<void> {
    const found = await this.clips.whenSettled(id, async (clip) => {
      const open = clip.cuts === 'none' ? [] : framesToDo(clip)
      const toDo = of ? open.flatMap((part) => intersect(of, part)) : open
      if (toDo.length === 0) return null
      return { segments: wantedSegments(clip), ranges: await this.engine.call('storedRanges', id, toDo) }
    })
    if (found) this.note(id, found.segments, found.ranges)
  }

  /** Undefined where it is gone by now. */
  #clip(id: string): Clip | undefined {
    return this.session.isOpen ? this.session.project.clips.find((each) => each.id === id) : undefined
  }

  async #presentFrames(id: string): Promise<FrameRange[]> {
    await this.clips.settled(id)
    return this.engine.call('coloredRanges', id)
  }

  /**
   * To be called when an edit was made. What was colored by pins or cuts that are others by now is noted as far as it
   * has come, as out of date, and what is left is colored as it is to be now; coloring behind a search orders that by
   * itself.
   */
  edited(): void {
    if (this.session.isEditing) return
    for (const [job, underWay] of this.#underWay) {
      if (!underWay.asked) continue
      if (underWay.search === null) this.#noteResults(underWay, this.#overtaken(underWay, this.jobs.finishedBy(job)))
      void this.#takeIn(job, underWay)
    }
  }

  /** Has a job take in what was edited. */
  async #takeIn(job: string, underWay: UnderWay): Promise<void> {
    if (underWay.taking !== 'nothing') {
      underWay.taking = 'one more'
      return
    }
    const isQuietFor = async (ms: number): Promise<boolean> => {
      underWay.taking = 'an edit'
      await passed(ms, undefined, { ref: false })
      return (underWay.taking as UnderWay['taking']) !== 'one more' && !this.session.isEditing
    }
    try {
      do {
        if (!(await isQuietFor(GATHER_EDITS))) continue
        const now = this.#planNow(underWay)
        if (!now || !isOtherWork(underWay.plan, this.jobs.finishedBy(job), now)) continue
        if (this.#isAtTheSame(job, underWay, now) && !(await isQuietFor(GATHER_EDITS_ELSEWHERE))) continue
        if (this.jobs.isUnderWay(job)) await this.#orderAnew(job, underWay)
      } while ((underWay.taking as UnderWay['taking']) === 'one more')
    } catch (error) {
      if (!this.jobs.isUnderWay(job)) return
      // Half an order is none: the job would wait for the rest forever.
      await this.jobs.cancel(job).catch(() => undefined)
      this.onTrouble(error)
    } finally {
      underWay.taking = 'nothing'
    }
  }

  /** What a job would have to do as the document is now; null where that is not known, or nobody asks any more. */
  #planNow({ wish, film, asked }: UnderWay): ColoringPlan | null {
    const clip = this.#clip(wish.clip)
    // Of another film nothing is known before it is opened.
    if (!clip || !asked || clip.cuts === 'none' || clip.footage.hash !== film) return null
    return planColoring(clip, asked)
  }

  /** Whether what the job is coloring is to be colored so by another plan as well. */
  #isAtTheSame(job: string, { plan }: UnderWay, now: ColoringPlan): boolean {
    const place = this.jobs.placeOf(job)
    const at = place === undefined ? undefined : plan.segments.find((segment) => holdsFrame(segment, place))
    return at !== undefined && now.segments.some(({ kind, key }) => kind === at.kind && key === at.key)
  }

  /** What is left to do, or to be told, when a job has ended. */
  async #conclude(underWay: UnderWay, isDone: boolean): Promise<void> {
    const colored = [...underWay.inherited, ...(isDone ? underWay.plan.ranges : [])]
    // What was cleared before is done again; what is cleared from now on was wanted gone.
    const goesOn = isDone && underWay.isCleared
    this.#ending.add(underWay)
    try {
      if (isDone) await this.#takeUp(underWay)
      if (goesOn) await this.colorize({ ...underWay.wish, isByItself: true })
      if (colored.length > 0) await this.#tellLost(underWay, colored)
    } catch (error) {
      // The project was left, or the film is away: others tell.
      if (!(error instanceof UserError)) this.onTrouble(error)
    } finally {
      this.#ending.delete(underWay)
    }
  }

  /** What an edit has made other work so late that the job was over before it was taken in. */
  async #takeUp(underWay: UnderWay): Promise<void> {
    const now = this.#planNow(underWay)
    if (!now || !isOtherWork(underWay.plan, underWay.plan.ranges, now)) return
    await this.colorize({ ...underWay.wish, isByItself: true }).catch(this.onTrouble)
  }

  /** Of what was colored something may be gone by its end: told once, when nothing else of the clip is colored. */
  async #tellLost(underWay: UnderWay, colored: readonly FrameRange[]): Promise<void> {
    const { clip: id } = underWay.wish
    const isOver = (): boolean => {
      if (underWay.isCleared || !this.clips.openClips.includes(id)) return true
      const next = [...this.#underWay.values()].find(({ wish, film }) => wish.clip === id && film === underWay.film)
      next?.inherited.push(...colored)
      return next !== undefined
    }
    if (isOver()) return
    const present = await this.#presentFrames(id)
    const clip = this.#clip(id)
    if (isOver() || !clip || clip.footage.hash !== underWay.film) return
    if (!colored.some((range) => lostFrames(clip, range, present).length > 0)) return
    this.onNotice({
      message: sentence`Some colors of “${clip.name}” had to make way for later ones: the color cache is too small for this film.`,
      advice: sentence`Let it be larger in the settings, and colorize the film again.`,
    })
  }

  async #orderAnew(job: string, underWay: UnderWay): Promise<void> {
    const { asked } = underWay
    if (!asked || !(await this.engine.call('takeBackColorize', job))) return
    const finished = this.jobs.finishedBy(job)
    await this.#noteFinished(underWay, finished)
    this.jobs.takenUpTo(job)
    underWay.search = null
    underWay.plan = { segments: [], ranges: [] }
    const left = { ...asked, lost: subtract(asked.lost, finished) }
    underWay.asked = left
    await this.#giveAnew(job, underWay, left).catch((error: unknown) => {
      if (!this.jobs.isUnderWay(job)) return undefined
      // Of an edit that the engine does not take the artist is told elsewhere; by now it is not on its way any more.
      if (error instanceof UserError) return this.#giveAnew(job, underWay, left)
      throw error
    })
  }

  async #giveAnew(job: string, underWay: UnderWay, left: ColoringWish): Promise<void> {
    const { wish } = underWay
    if (!this.jobs.isUnderWay(job)) return
    await this.clips.whenSettled(wish.clip, async (clip) => {
      if (!this.jobs.isUnderWay(job)) return
      const plan = planColoring(clip, left)
      underWay.before = clip.passes
      underWay.plan = plan
      const done = this.jobs.entries.find(({ id }) => id === job)?.progress.done ?? 0
      await this.engine.call('addToColorize', {
        jobId: job,
        segments: plan.segments.map(forEngine),
        ranges: plan.ranges,
        total: done + countFrames(plan.ranges),
        isLast: true,
        first: this.jobs.placeOf(job) ?? wish.first ?? plan.ranges[0]?.from ?? 0,
      })
    })
  }

  /** Those of results that are there: of a frame that was ordered more than once, the latest that is. */
  async #stored({ wish }: UnderWay, results: readonly PassResult[]): Promise<PassResult[]> {
    const there: PassResult[] = []
    for (const result of results) {
      const left = subtract([result], there)
      if (left.length === 0) continue
      await this.engine.call('storedRanges', wish.clip, left, result.key).then(
        (stored) => void there.push(...stored.map((part) => ({ ...result, ...part }))),
        // Of a film that is away others tell.
        unlessExpected(this.onTrouble),
      )
    }
    return there
  }

  #noteResults({ wish: { clip } }: UnderWay, results: readonly PassResult[]): void {
    if (results.length > 0 && this.#clip(clip)) {
      this.session.note({ kind: 'colored', clip, results: mergeResults(results) })
    }
  }

  /**
   * What a job has colored by pins or cuts that are others by now, the latest order first, where the frames are not up
   * to date and show nothing that came to be since it began.
   */
  #overtaken({ wish, film, before, plan: { segments } }: UnderWay, finished: readonly FrameRange[]): PassResult[] {
    const clip = this.#clip(wish.clip)
    if (!clip || clip.cuts === 'none' || clip.footage.hash !== film) return []
    const current = new Set(wantedSegments(clip).map(({ key }) => key))
    const upToDate = subtract(clip.passes, staleFrames(clip))
    // A film may have thousands of shots, and every edit asks; what has not changed is the same object mostly.
    const unchanged = new Set(before)
    const others = clip.passes.flatMap((result) =>
      unchanged.has(result) ? [] : subtract([result], alike(before, result)),
    )
    const left = subtract(finished, [...upToDate, ...others, ...lockedFrames(clip), ...ownShots(clip)])
    return [...segments].reverse().flatMap(({ kind, mode, key, ...segment }): PassResult[] => {
      if (NOT_COLORED.has(kind) || current.has(key)) return []
      // What the document says already is no news: each note has every job looked at once more.
      const fresh = subtract(intersect(left, segment), alike(clip.passes, { mode, key }))
      return fresh.map(({ from, to }) => ({ from, to, mode, key }))
    })
  }

  /** Notes a job's frames, but only those that a pass would color so now. */
  note(id: string, segments: readonly ModedSegment[], finished: readonly FrameRange[]): void {
    const clip = this.#clip(id)
    if (!clip) return
    const parts = new Map<PassMode, FrameRange[]>()
    const done = unite(finished)
    // There may be thousands of shots: each stretch looks at what lies in it alone.
    const sorted = [...segments].sort((a, b) => a.from - b.from)
    for (const stretch of stretchesOf(clip)) {
      const passes = overlapping(clip.passes, stretch)
      for (const segment of overlapping(sorted, stretch)) {
        if (NOT_COLORED.has(segment.kind) || segmentOf(clip, stretch, segment.mode).key !== segment.key) continue
        const both = { from: Math.max(segment.from, stretch.from), to: Math.min(segment.to, stretch.to) }
        const fresh = subtract(intersect(overlapping(done, both), both), alike(passes, segment))
        const before = parts.get(segment.mode)
        if (before) before.push(...fresh)
        else parts.set(segment.mode, fresh)
      }
    }
    const colored = [...parts].flatMap(([mode, ranges]) => unite(ranges).map((range) => ({ ...range, mode })))
    if (colored.length > 0) this.session.note(coloredFinding(clip, colored))
  }
}

/** Those of results that are the same as one. */
const alike = (results: readonly PassResult[], { mode, key }: Pick<PassResult, 'mode' | 'key'>): PassResult[] =>
  results.filter((each) => each.key === key && each.mode === mode)

/** Of frames that would read what the film, which has become shorter, does not have any more. */
function leftSentence({ name }: Clip, count: number): Pick<UserErrorData, 'message' | 'advice'> {
  return {
    message:
      count === 1
        ? sentence`One frame of “${name}” was left as it is: its colors come from a pin or a shot that lies behind the end of the film as it is now.`
        : sentence`${count} frames of “${name}” were left as they are: their colors come from a pin or a shot that lies behind the end of the film as it is now.`,
    advice: sentence`See “Where the films lie” to use the film as it is now, or bring back what it was.`,
  }
}

/** What of a range lies before the film's end; null for nothing. */
function upTo(end: number, { from, to }: FrameRange): FrameRange | null {
  return from < end ? { from, to: Math.min(to, end) } : null
}
