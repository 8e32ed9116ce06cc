/**
 * What a frame shows, made of its document in one place for viewer, thumbnails, exports and pins: its base coloring,
 * what region locks keep of an earlier one, the artist's operations on that, and the shot's look.
 */
import type { FrameColoring } from '../../contract/filmEdits.ts'
import { digest } from '../../content/digest.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import { Recent } from '../cache/recent.ts'
import { keptUnder } from '../chroma/pinDetail.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { applyOperations, picturesNeeded } from '../overrides/applyOperations.ts'
import { applyGrade } from '../overrides/grade.ts'
import { gridOf, lumaOfCells } from '../overrides/grid.ts'
import { selectionMask } from '../overrides/shapes.ts'
import { baseSource, digestsOf, locksAt, lookAt, type FilmView } from './filmView.ts'
import { recordAt } from '../../contract/ranges.ts'
import type { FullSizePicture, OwnBases } from './ownBases.ts'
import type { FineColor, PinDetails } from './pinDetails.ts'
import type { ReferencePictures } from './referencePictures.ts'

/** Frames composed lately: playback and drags come back to the same ones. */
const KEPT = 24

export interface BaseColoring {
  /** Equal names: equal colorings of the same frame. */
  readonly name: string
  readonly chroma: NetworkChroma
  /** 0..1; null where the artist gave the coloring. */
  readonly confidence: number | null
  readonly stale: boolean
  /** Reads it at full size, where there is that. */
  readonly picture: FullSizePicture | null
  /** Reads what it has of its pins' fine color, where there is that. */
  readonly fine: FineColor | null
}

export interface ComposedColoring {
  /** Equal names: equal colorings of the same frame. */
  readonly name: string
  readonly chroma: NetworkChroma
  /** The same without the shot's look. */
  readonly beforeLook: NetworkChroma
  readonly base: BaseColoring
  /** Reads the base's own full-size picture, where nothing was put on top of it. */
  readonly picture: FullSizePicture | null
  /** Likewise. */
  readonly fine: FineColor | null
}

/** Luma of a frame; asked for only where it is needed. */
export type LumaOf = () => NetworkLuma | Promise<NetworkLuma>

export interface CompositionParts {
  /** Width / height of the stored picture, in its pixels. */
  readonly aspect: number
  readonly bases: OwnBases
  readonly references: ReferencePictures
  readonly isStored: (key: string, frame: number) => boolean
  readonly stored: (key: string, frame: number) => StoredColoring | null
  readonly details: PinDetails
  /** By the color model alone. */
  readonly guess: (frame: number, luma: NetworkLuma) => Promise<StoredColoring>
}

export class Composition {
  readonly #bases = new Recent<StoredColoring>(KEPT)
  readonly #operated = new Recent<NetworkChroma>(KEPT)
  readonly #composed = new Recent<Pick<ComposedColoring, 'name' | 'chroma' | 'beforeLook'>>(KEPT)

  constructor(private readonly parts: CompositionParts) {}

  /** Colorings were taken out of the cache: what was made of them is not to be had from memory either. */
  forget(): void {
    for (const kept of [this.#bases, this.#operated, this.#composed]) kept.clear()
  }

  /**
   * What a frame's operations start from; null where it shows no coloring.
   * @param anyway guess by the color model where there is nothing else
   */
  async base(view: FilmView, frame: number, luma: LumaOf, anyway = false): Promise<BaseColoring | null> {
    const source = baseSource(view, frame, this.parts.isStored) ?? (anyway ? { kind: 'guess' as const } : null)
    switch (source?.kind) {
      case undefined:
        return null
      case 'own':
        return this.ownBase(source.coloring, frame)
      case 'guess': {
        const { chroma, confidence } = await this.parts.guess(frame, await luma())
        return { name: 'guess', chroma, confidence, stale: false, picture: null, fine: null }
      }
      case 'cached': {
        const name = `${source.key}/${frame}`
        const stored = this.#bases.get(name) ?? this.parts.stored(source.key, frame)
        // The disk gave other bytes than were written; the cache has forgotten them now.
        if (!stored) return this.base(view, frame, luma, anyway)
        this.#bases.set(name, stored)
        const wanted = recordAt(view.layout.wanted, frame)
        const fine = wanted?.key === source.key ? this.parts.details.ofSegment(view, wanted, frame) : null
        return { name: source.key, ...stored, stale: source.stale, picture: null, fine }
      }
    }
  }

  /** Of a frame whose base is not 'automatic'. Throws the UserErrors of OwnBases.load. */
  async ownBase(coloring: FrameColoring, frame: number): Promise<BaseColoring> {
    const { base } = coloring
    if (base.kind === 'automatic') throw new RangeError('this frame has no coloring of its own')
    const { content, chroma, picture } = await this.parts.bases.load(base)
    return {
      name: content,
      chroma,
      confidence: null,
      stale: false,
      picture,
      fine: this.parts.details.ofOwn(coloring, frame),
    }
  }

  /** A base with the frame's operations: what the pass reads of a pin. */
  async withOperations(view: FilmView, frame: number, base: BaseColoring, luma: LumaOf): Promise<NetworkChroma> {
    const coloring = view.frames.get(frame)
    if (!coloring || coloring.operations.length === 0) return base.chroma
    const name = `${base.name}/${frame}/${digestsOf(coloring).operations}`
    const known = this.#operated.get(name)
    if (known) return known
    const { operations } = coloring
    const pictures = await this.parts.references.loadAll(picturesNeeded(operations), view.pictures)
    const made = applyOperations(await luma(), base.chroma, operations, { aspect: this.parts.aspect, pictures })
    return this.#operated.set(name, made)
  }

  async compose(view: FilmView, frame: number, base: BaseColoring, luma: LumaOf): Promise<ComposedColoring> {
    const coloring = view.frames.get(frame)
    const look = lookAt(view, frame)
    const locks = locksAt(view, frame, this.parts.isStored)
    const operations = coloring ? digestsOf(coloring).operations : ''
    const lockNames = JSON.stringify(locks.map(({ lock, key }) => [key, lock.shape, lock.inverted, lock.feather]))
    const name = digest(base.name, frame, operations, lockNames, JSON.stringify(look))
    if (operations === '' && !look && locks.length === 0) {
      const { chroma, picture } = base
      return { name, chroma, beforeLook: chroma, base, picture, fine: picture ? null : base.fine }
    }
    const onTop = (made: Pick<ComposedColoring, 'name' | 'chroma' | 'beforeLook'>): ComposedColoring => {
      return { ...made, base, picture: null, fine: base.fine && whereKept(base.fine, base.chroma, made.chroma) }
    }
    const known = this.#composed.get(name)
    if (known) return onTop(known)
    const held =
      locks.length === 0
        ? base
        : { ...base, name: digest(base.name, lockNames), chroma: await this.withLocks(view, frame, base.chroma, luma) }
    const beforeLook = await this.withOperations(view, frame, held, luma)
    const chroma = look
      ? { ...beforeLook, values: applyGrade(lumaOfCells(await luma()), beforeLook.values, look) }
      : beforeLook
    return onTop(this.#composed.set(name, { name, chroma, beforeLook }))
  }

  /** A base with what region locks keep of the frame. */
  async withLocks(view: FilmView, frame: number, chroma: NetworkChroma, luma: LumaOf): Promise<NetworkChroma> {
    const locks = locksAt(view, frame, this.parts.isStored)
    if (locks.length === 0) return chroma
    const cells = lumaOfCells(await luma())
    const grid = gridOf(chroma, this.parts.aspect)
    let { values } = chroma
    for (const { lock, key } of locks) {
      const kept = this.parts.stored(key, frame)
      if (kept) values = mixed(values, kept.chroma.values, selectionMask(grid, cells, lock))
    }
    return { ...chroma, values }
  }

  /** What a frame shows now; null where it shows no coloring. */
  async shown(view: FilmView, frame: number, luma: LumaOf): Promise<ComposedColoring | null> {
    const base = await this.base(view, frame, luma)
    return base && this.compose(view, frame, base, luma)
  }
}

/** Fine color of a base after edits of its chroma. */
function whereKept(fine: FineColor, before: NetworkChroma, after: NetworkChroma): FineColor {
  return async () => {
    const kept = keptUnder(before, after)
    return (await fine()).map((share) => ({ ...share, kept }))
  }
}

/** @param share 0..1 of b, per cell */
function mixed(a: Float32Array, b: Float32Array, share: Float32Array): Float32Array {
  return a.map((value, i) => value + (b[i]! - value) * share[i >> 1]!)
}
