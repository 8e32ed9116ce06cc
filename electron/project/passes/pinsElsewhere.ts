/** Pins of the other films of a project, to be read as examples: where they lie, and how many there may be of each. */
import type { PinsElsewhere } from '../../contract/alike.ts'
import type { AssetId } from '../../contract/operations.ts'
import { filmOf, type Clip } from '../../contract/projectDocument.ts'
import { listed, sentence, type Sentence } from '../../contract/sentence.ts'
import { pinsOf } from '../document.ts'
import { frameColoring, picturesOf } from './filmEdits.ts'
import { locateFootage, type FootageState } from '../films/footageLink.ts'
import { MOST_PINS } from './shotsWithoutPin.ts'

export interface FoundElsewhere {
  readonly films: readonly PinsElsewhere[]
  /** Of films that are not to be had, whose pins are left out. */
  readonly leftOut: readonly Sentence[]
}

export interface ProjectPlace {
  /** Its file. */
  readonly path: string
  readonly pathOf: (asset: AssetId) => string
}

/**
 * As many pins as there may be beside those of the film itself, of each film about as many.
 * @param of the film that is itself no other
 * @param own how many of its own are read
 */
export async function findPinsElsewhere(
  clips: readonly Clip[],
  of: string,
  own: number,
  { path, pathOf }: ProjectPlace,
): Promise<FoundElsewhere> {
  if (own >= MOST_PINS) return { films: [], leftOut: [] }
  const there: PinsElsewhere[] = []
  const away: string[] = []
  const replaced: string[] = []
  for (const clip of clips) {
    const pins = clip.id === of ? [] : pinsOf(clip)
    if (pins.length === 0) continue
    const found = await locateFootage(clip.footage, path, { search: true })
    if (found.state === 'found') there.push(pinsElsewhere(clip, pins, found, pathOf))
    else (found.state === 'missing' ? away : replaced).push(clip.name)
  }
  const shares = fairShares(
    there.map(({ pins }) => pins.length),
    MOST_PINS - own,
  )
  return {
    films: there
      .map((film, n) => ({ ...film, pins: spread(film.pins, shares[n]!) }))
      .filter(({ pins }) => pins.length > 0),
    leftOut: [
      ...(away.length > 0 ? [sentence`Pins of films that are not where they were are left out: ${listed(away)}.`] : []),
      ...(replaced.length > 0
        ? [sentence`Pins of films that were replaced by others are left out: ${listed(replaced)}.`]
        : []),
    ],
  }
}

/** @param found where the film lies, and which pictures it has by now */
export function pinsElsewhere(
  clip: Clip,
  pins: readonly number[],
  { path, run }: Extract<FootageState, { readonly state: 'found' }>,
  pathOf: (asset: AssetId) => string,
): PinsElsewhere {
  const edits = pins.map((frame) => clip.frames[frame]!)
  return {
    clip: clip.id,
    name: clip.name,
    path,
    rate: clip.artistRate ?? null,
    film: filmOf(run ? { ...clip.footage, replaced: [...run.replaced] } : clip.footage),
    pins: pins.map((frame, n) => ({ frame, coloring: frameColoring(edits[n]!, pathOf) })),
    pictures: picturesOf(edits, pathOf),
  }
}

/** How many each gets where all want so many and there is room for `room`: what one does not need the others have. */
export function fairShares(wanted: readonly number[], room: number): number[] {
  const shares = wanted.map(() => 0)
  const modest = wanted.map((_, n) => n).sort((a, b) => wanted[a]! - wanted[b]!)
  let left = room
  for (const [served, n] of modest.entries()) {
    const share = Math.min(wanted[n]!, Math.floor(left / (modest.length - served)))
    shares[n] = share
    left -= share
  }
  return shares
}

/** So many of them, from all parts of the list, in its order. */
export function spread<T>(all: readonly T[], count: number): T[] {
  return count >= all.length
    ? [...all]
    : Array.from({ length: count }, (_, n) => all[Math.floor(((n + 0.5) * all.length) / count)]!)
}
