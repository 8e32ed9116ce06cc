/**
 * The artist's document and the program's findings, and the one project that both make. The two are kept apart because
 * undo leads the artist's document back and forth while findings only ever come to be: no step may carry a finding
 * along, and no finding may change what a step's patches were made for.
 *
 *   own       the document as the artist's steps make it. Its clips' 'passes' are not read; a clip whose cuts are
 *             'none' has the cuts that were made by hand and no others, whatever was found
 *   findings  by clip, also of clips that an undo has taken away: they are there again when it is redone
 *   project   own, with the colorings and replaced pictures found, with the files of locks, and with the shots found
 *             where the artist has not touched any that was; under cuts that were made before
 */
import { freeze } from 'immer'
import type { Finding } from '../contract/findings.ts'
import type { FoundShots } from '../contract/foundShots.ts'
import type { AssetId } from '../contract/operations.ts'
import type {
  Clip,
  FootageLink,
  Lock,
  PassResult,
  Project,
  ReplacedPictures,
  Shot,
} from '../contract/projectDocument.ts'
import { withEarlyLooks, withOwnCuts } from './commands/cutsByHand.ts'
import { differences } from './differences.ts'
import { shotAt } from './document.ts'
import { passKey, staleParts, stretchesOf } from './passes/passKeys.ts'
import { carveOut, intersect, subtract } from '../contract/ranges.ts'
import { mergeResults } from './passes/passResults.ts'
import { foundOf, markedShots } from './shotMarks.ts'

export interface ClipFindings {
  /** In order, not overlapping. May reach beyond the end of a clip that is linked with a shorter film just now. */
  readonly passes: readonly PassResult[]
  /**
   * What frames showed before, the latest first: where an undo brings back what such a coloring was made of, it is
   * shown again.
   */
  readonly earlier: readonly PassResult[]
  readonly cuts: (FoundShots & { readonly film: string }) | null
  readonly replaced: { readonly film: string; readonly pictures: readonly ReplacedPictures[] } | null
  /** Files with what locks of older projects keep, by the lock's id. */
  readonly locked: Readonly<Record<string, AssetId>>
}
export type Findings = Readonly<Record<string, ClipFindings>>

const NOTHING_FOUND: Pick<FoundShots, 'transitions' | 'colored'> = { transitions: [], colored: [] }
const NONE: ClipFindings = Object.freeze({
  passes: Object.freeze([]),
  earlier: Object.freeze([]),
  cuts: null,
  replaced: null,
  locked: Object.freeze({}),
})
/** Of earlier colorings so many are known; those before are colored again, from the cache. */
const MOST_EARLIER = 1_000

export function findingsOf(findings: Findings, clip: string): ClipFindings {
  return Object.hasOwn(findings, clip) ? findings[clip]! : NONE
}

/** Shots that were found are named by where they begin, so that the same cuts always give the same shots. */
const foundId = (from: number): string => `found-${from}`

/** True where a clip shows the shots that were found, since the artist has not touched any of them. */
function showsFoundCuts(own: Clip, { cuts }: ClipFindings): boolean {
  return (
    own.cuts === 'none' && cuts !== null && cuts.film === own.footage.hash && (cuts.at.at(-1) ?? 0) < own.frameCount
  )
}

/**
 * The clip's shots, cut where cuts were found as well; every part keeps the look of what it was cut from, unless looks
 * were given with a place.
 * @param own of cuts 'none'
 */
export function shotsFound(own: Clip, found: FoundShots): Shot[] {
  const bounds = [0, ...withOwnCuts(own, found.at), own.frameCount]
  const shots = bounds.slice(0, -1).map((from, index) => {
    const shot = shotAt(own, from)
    return { ...shot, id: from === shot.from ? shot.id : foundId(from), from, to: bounds[index + 1]! }
  })
  return markedShots(withEarlyLooks(shots, own.givenEarly), found)
}

/** Made once for the same inputs, so that what has not changed stays the same object. */
const shotsMade = new WeakMap<
  readonly Shot[],
  Pick<Clip, 'frameCount' | 'cutsByHand' | 'givenEarly'> & {
    readonly found: ClipFindings['cuts']
    readonly shots: Shot[]
  }
>()
const footageMade = new WeakMap<
  FootageLink,
  { readonly replaced: ClipFindings['replaced']; readonly footage: FootageLink }
>()
const passesMade = new WeakMap<readonly PassResult[], { readonly frameCount: number; readonly passes: PassResult[] }>()

function shotsOf(own: Clip, cuts: NonNullable<ClipFindings['cuts']>): Shot[] {
  const known = shotsMade.get(own.shots)
  const { frameCount, cutsByHand, givenEarly } = own
  const isSame =
    known?.found === cuts &&
    known.frameCount === frameCount &&
    known.cutsByHand === cutsByHand &&
    known.givenEarly === givenEarly
  if (isSame) return known.shots
  const shots = shotsFound(own, cuts)
  shotsMade.set(own.shots, { found: cuts, frameCount, cutsByHand, givenEarly, shots })
  return shots
}

function passesOf(passes: readonly PassResult[], frameCount: number): PassResult[] {
  const known = passesMade.get(passes)
  if (known?.frameCount === frameCount) return known.passes
  const fitting =
    (passes.at(-1)?.to ?? 0) <= frameCount
      ? (passes as PassResult[])
      : carveOut(passes, [{ from: frameCount, to: passes.at(-1)!.to }])
  passesMade.set(passes, { frameCount, passes: fitting })
  return fitting
}

function locksOf({ locks }: Clip, { locked }: ClipFindings): Lock[] {
  const found = (lock: Lock): boolean => lock.colorings === undefined && Object.hasOwn(locked, lock.id)
  return locks.some(found) ? locks.map((lock) => (found(lock) ? { ...lock, colorings: locked[lock.id] } : lock)) : locks
}

function footageOf({ footage }: Clip, { replaced }: ClipFindings): FootageLink {
  if (!replaced || replaced.film !== footage.hash || replaced.pictures.length === 0) return footage
  const known = footageMade.get(footage)
  if (known?.replaced === replaced) return known.footage
  const made = { ...footage, replaced: [...replaced.pictures] }
  footageMade.set(footage, { replaced, footage: made })
  return made
}

function laidOver(own: Clip, found: ClipFindings): Clip {
  const laid = {
    ...own,
    footage: footageOf(own, found),
    passes: passesOf(found.passes, own.frameCount),
    locks: locksOf(own, found),
  }
  const clip: Clip = showsFoundCuts(own, found)
    ? { ...laid, shots: shotsOf(own, found.cuts!), cuts: 'automatic' }
    : laid
  return found.earlier.length > 0 ? { ...clip, passes: withEarlier(clip, found.earlier) } : clip
}

/** Frames whose coloring is no longer what a pass would give show an earlier one that is. */
function withEarlier(clip: Clip, earlier: readonly PassResult[]): PassResult[] {
  const stretches = stretchesOf(clip)
  let open = staleParts(clip, clip.passes, stretches)
  const again: PassResult[] = []
  for (const { from, to, mode, key } of earlier) {
    if (open.length === 0) break
    for (const stretch of stretches) {
      if (stretch.to <= from || stretch.from >= to || passKey(clip, stretch, mode) !== key) continue
      const parts = intersect(intersect(open, { from, to }), stretch)
      again.push(...parts.map((part) => ({ ...part, mode, key })))
      open = subtract(open, parts)
    }
  }
  return again.length > 0 ? mergeResults([...carveOut(clip.passes, again), ...again]) : clip.passes
}

const clipsMade = new WeakMap<Clip, { readonly found: ClipFindings; readonly clip: Clip }>()

/** A clip that has not changed, with findings that have not, is the same object again. */
function clipWith(own: Clip, found: ClipFindings): Clip {
  const known = clipsMade.get(own)
  if (known?.found === found) return known.clip
  const clip = freeze(laidOver(own, found), true)
  if (Object.isFrozen(own)) clipsMade.set(own, { found, clip })
  return clip
}

export function withFindings(own: Project, findings: Findings): Project {
  return Object.freeze({
    ...own,
    clips: Object.freeze(own.clips.map((clip) => clipWith(clip, findingsOf(findings, clip.id)))) as Clip[],
  })
}

/** Clips whose shots are not the artist's but found: to be noted with a project that is written as one. */
export function clipsWithFoundCuts(own: Project, findings: Findings): string[] {
  return own.clips.filter((clip) => showsFoundCuts(clip, findingsOf(findings, clip.id))).map((clip) => clip.id)
}

/** Of a clip whose shots are partly the artist's, partly found: what of them is whose. */
export interface SharedCuts {
  readonly own: Shot[]
  readonly found: FoundShots
}

/** Of clips of which that can not be told by their shots, by clip. To be noted with the project as well. */
export function sharedCuts(own: Project, findings: Findings): Record<string, SharedCuts> {
  const shared: Record<string, SharedCuts> = {}
  for (const clip of own.clips) {
    const { cuts } = findingsOf(findings, clip.id)
    if (!cuts || !showsFoundCuts(clip, findingsOf(findings, clip.id))) continue
    if (!clip.cutsByHand && !clip.givenEarly) continue
    const { film: _, ...found } = cuts
    shared[clip.id] = { own: clip.shots, found }
  }
  return shared
}

/**
 * Takes a project apart again.
 * @param foundCuts as clipsWithFoundCuts gave them
 * @param shared as sharedCuts gave them
 */
export function takenApart(
  project: Project,
  foundCuts: readonly string[],
  shared: Readonly<Record<string, SharedCuts>> = {},
): { own: Project; findings: Findings } {
  const found = new Set(foundCuts)
  const findings: Record<string, ClipFindings> = {}
  const clips = project.clips.map((clip): Clip => {
    const isFound = found.has(clip.id) && clip.cuts === 'automatic'
    const parts = Object.hasOwn(shared, clip.id) ? shared[clip.id]! : null
    const cuts = isFound ? { film: clip.footage.hash, ...(parts?.found ?? foundOf(clip.shots)) } : null
    const { replaced: pictures, ...footage } = clip.footage
    const replaced = pictures ? { film: footage.hash, pictures } : null
    if (cuts || replaced || clip.passes.length > 0) findings[clip.id] = { ...NONE, passes: clip.passes, cuts, replaced }
    if (!isFound) return { ...clip, footage, passes: [] }
    return {
      ...clip,
      footage,
      passes: [],
      cuts: 'none',
      shots: parts ? parts.own : markedShots([{ ...clip.shots[0]!, to: clip.frameCount }], NOTHING_FOUND),
    }
  })
  return { own: { ...project, clips }, findings }
}

function newlyFound(before: ClipFindings, finding: Finding): Partial<ClipFindings> {
  switch (finding.kind) {
    case 'cuts':
      return {
        cuts: { film: finding.film, at: finding.at, transitions: finding.transitions, colored: finding.colored },
      }
    case 'colored':
      return colored(before, finding.results)
    case 'replaced':
      return { replaced: { film: finding.film, pictures: finding.pictures } }
    case 'locked':
      return { locked: { ...before.locked, [finding.lock]: finding.colorings } }
  }
}

export function withFinding(findings: Findings, finding: Finding): Findings {
  const before = findingsOf(findings, finding.clip)
  return freeze({ ...findings, [finding.clip]: { ...before, ...newlyFound(before, finding) } }, true)
}

function colored(before: ClipFindings, results: readonly PassResult[]): ClipFindings {
  const isAgain = ({ from, to, mode, key }: PassResult): boolean =>
    results.some((each) => each.from <= from && each.to >= to && each.mode === mode && each.key === key)
  const replaced = results.flatMap((result) =>
    before.passes.filter(
      (each) =>
        each.from < result.to && each.to > result.from && (each.key !== result.key || each.mode !== result.mode),
    ),
  )
  const known = new Set(replaced.map(({ from, to, mode, key }) => `${from} ${to} ${mode} ${key}`))
  const kept = before.earlier.filter(
    (each) => !isAgain(each) && !known.has(`${each.from} ${each.to} ${each.mode} ${each.key}`),
  )
  return {
    ...before,
    passes: mergeResults([...carveOut(before.passes, results), ...results]),
    earlier: [...new Set(replaced), ...kept].slice(0, MOST_EARLIER),
  }
}

/** The findings that make these, from none. */
export function asFindings(findings: Findings): Finding[] {
  return Object.entries(findings).flatMap(([clip, { passes, earlier, cuts, replaced, locked }]): Finding[] => [
    ...[...earlier].reverse().map((result): Finding => ({ kind: 'colored', clip, results: [result] })),
    ...(passes.length > 0 ? [{ kind: 'colored' as const, clip, results: [...passes] }] : []),
    ...Object.entries(locked).map(([lock, colorings]) => ({ kind: 'locked' as const, clip, lock, colorings })),
    ...(cuts ? [{ kind: 'cuts' as const, clip, ...cuts }] : []),
    ...(replaced ? [{ kind: 'replaced' as const, clip, film: replaced.film, pictures: [...replaced.pictures] }] : []),
  ])
}

/**
 * What is known of a clip at the time it was saved. What the file says of its own clip counts; of what the clip does
 * not show the journal knows.
 * @param own the clip as it was saved
 * @param played as the journal has it
 */
export function knownAtSaving(own: Clip, played: ClipFindings, saved: ClipFindings): ClipFindings {
  const known = { ...played, cuts: saved.cuts ?? played.cuts, replaced: saved.replaced ?? played.replaced }
  if (differences(laidOver(own, known).passes, saved.passes).length === 0) return known
  const beyondTheEnd = carveOut(known.passes, [{ from: 0, to: own.frameCount }])
  return { ...colored(known, saved.passes), passes: mergeResults([...saved.passes, ...beyondTheEnd]) }
}
