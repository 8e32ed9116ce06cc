/** What is known of a film's shots so far, kept beside the color cache so that a film is looked through only once. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { FoundShots, FrameColor, ShotsWish } from '../../contract/foundShots.ts'
import { holdsFrame } from '../../contract/ranges.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { makeFolderSync } from '../../system/makeFolder.ts'

/** Changes when the detector finds other cuts; what an older one found is forgotten. */
const DETECTOR_VERSION = 3

const fileSchema = z.object({
  version: z.literal(DETECTOR_VERSION),
  /** Ranges of frames before which it is known whether there is a cut. */
  known: z.array(z.tuple([z.number().int(), z.number().int()])),
  cuts: z.array(z.number().int()),
  transitions: z.array(z.tuple([z.number().int(), z.number().int()])),
  colored: z.array(z.tuple([z.number().int(), z.number().int(), z.enum(['tinted', 'color'])])),
})

/** What is found of one frame. */
export interface FoundFrame {
  readonly isCut: boolean
  readonly color: FrameColor
}

/** A map that is in use, and by how many. */
interface SharedMap {
  readonly map: CutMap
  users: number
}

/** By path: a film may be open under several names at once (its project's, an ordered export's). */
const shared = new Map<string, SharedMap>()

export class CutMap {
  /**
   * The one map of a path, for as long as somebody uses it: what is found for one is known to all. Each gives it back
   * with `release`.
   */
  static share(path: string): CutMap {
    const known = shared.get(path) ?? { map: new CutMap(path), users: 0 }
    known.users++
    shared.set(path, known)
    return known.map
  }

  #known: FrameRange[] = []
  readonly #cuts = new Set<number>()
  #transitions: FrameRange[] = []
  #colored: FoundShots['colored'] = []
  #changed = false

  /** @param path of its file; a missing or damaged one is an empty map */
  constructor(private readonly path: string) {
    try {
      const { known, cuts, transitions, colored } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
      for (const [from, to] of known) this.#addKnown({ from, to })
      for (const cut of cuts) this.#cuts.add(cut)
      this.#transitions = transitions.map(([from, to]) => ({ from, to }))
      this.#colored = colored.map(([from, to, kind]) => ({ from, to, kind }))
    } catch {
      this.#known = []
      this.#cuts.clear()
    }
  }

  /** Frames that begin a shot, ascending. Where the film was not looked through yet, there are none. */
  get cuts(): number[] {
    return [...this.#cuts].sort((a, b) => a - b)
  }

  /** All that is known. */
  get found(): FoundShots {
    return { at: this.cuts, transitions: [...this.#transitions], colored: [...this.#colored] }
  }

  /** Whether a shot begins between two frames, as far as is known; the later one counts. */
  hasCutBetween(one: number, other: number): boolean {
    for (let frame = Math.min(one, other) + 1; frame <= Math.max(one, other); frame++)
      if (this.#cuts.has(frame)) return true
    return false
  }

  isKnown(frame: number): boolean {
    return this.knownAround(frame) !== undefined
  }

  /** The frames around one, and that itself, that were looked at. */
  knownAround(frame: number): FrameRange | undefined {
    return this.#known.find((known) => holdsFrame(known, frame))
  }

  /** The parts of a range that nobody has looked at. */
  unknownIn({ from, to }: FrameRange): FrameRange[] {
    const gaps: FrameRange[] = []
    let at = from
    for (const known of this.#known) {
      if (known.to <= at) continue
      if (known.from >= to) break
      if (known.from > at) gaps.push({ from: at, to: known.from })
      at = known.to
    }
    if (at < to) gaps.push({ from: at, to })
    return gaps
  }

  /**
   * What has to be looked at next so that the shots are known that some frames lie in, from cut to cut, or up to the
   * last of these frames; null when they are.
   */
  missingAround({ from, to, isOpen = false }: ShotsWish, frameCount: number): FrameRange | null {
    const within = this.unknownIn({ from, to })
    if (within.length > 0) return { from: within[0]!.from, to: within.at(-1)!.to }
    const cuts = this.cuts
    const start = cuts.filter((cut) => cut <= from).at(-1) ?? 0
    const end = cuts.find((cut) => cut >= to) ?? frameCount
    const before = this.unknownIn({ from: start, to: from }).at(-1)
    if (before) return { from: before.to - 1, to: before.to }
    if (isOpen) return null
    const after = this.unknownIn({ from: to, to: end })[0]
    return after ? { from: after.from, to: after.from + 1 } : null
  }

  /**
   * Notes frames that were looked at, one after the other from a first one on, and the dissolves and wipes among them.
   * What is known of a frame already stays as it is.
   */
  note(first: number, frames: readonly FoundFrame[], transitions: readonly FrameRange[] = []): void {
    frames.forEach(({ isCut, color }, n) => {
      const frame = first + n
      if (this.isKnown(frame)) return
      this.#changed = true
      if (isCut) this.#cuts.add(frame)
      if (color !== 'gray') this.#colored.push({ from: frame, to: frame + 1, kind: color })
    })
    this.#addKnown({ from: first, to: first + frames.length })
    this.#colored = joined(this.#colored, (a, b) => a.kind === b.kind)
    // A transition that reaches into two parts of a film is found in both.
    this.#transitions = joined([...this.#transitions, ...transitions], (a, b) => b.from < a.to)
  }

  /** Writes it down if anything is new. A failure is of no account: the film is looked through again. */
  save(): void {
    if (!this.#changed) return
    const text = JSON.stringify({
      version: DETECTOR_VERSION,
      known: this.#known.map(({ from, to }) => [from, to]),
      cuts: this.cuts,
      transitions: this.#transitions.map(({ from, to }) => [from, to]),
      colored: this.#colored.map(({ from, to, kind }) => [from, to, kind]),
    })
    try {
      makeFolderSync(dirname(this.path))
      writeFileSync(`${this.path}.${process.pid}`, text)
      renameSync(`${this.path}.${process.pid}`, this.path)
      this.#changed = false
    } catch {
      // The disk is full or read-only.
    }
  }

  /** Writes it down, and forgets it once nobody uses it any more. */
  release(): void {
    this.save()
    const known = shared.get(this.path)
    if (known?.map === this && --known.users === 0) shared.delete(this.path)
  }

  #addKnown(range: FrameRange): void {
    const merged: FrameRange[] = []
    let { from, to } = range
    for (const known of this.#known) {
      if (known.to < from || known.from > to) merged.push(known)
      else {
        from = Math.min(from, known.from)
        to = Math.max(to, known.to)
      }
    }
    merged.push({ from, to })
    this.#known = merged.sort((a, b) => a.from - b.from)
  }
}

/** In order, with those made one that touch or overlap and belong together. */
function joined<T extends FrameRange>(ranges: readonly T[], belong: (a: T, b: T) => boolean): T[] {
  const made: T[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = made.at(-1)
    if (last && range.from <= last.to && belong(last, range))
      made[made.length - 1] = { ...last, to: Math.max(last.to, range.to) }
    else made.push(range)
  }
  return made
}
