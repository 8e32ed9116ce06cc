/** The fine color (../chroma/pinDetail.ts) of pinned pictures that frames have which are colored from them. */
import type { FinePictureFile, FrameColoring, PlannedSegment } from '../../contract/filmEdits.ts'
import { RecentlyMade } from '../cache/recent.ts'
import { detailOf, keptUnder, type DetailShare, type PinDetail } from '../chroma/pinDetail.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { Footage, FrameReader, SourceFrame } from '../reading/footage.ts'
import { coloredLayout } from '../writing/segments/encoders.ts'
import type { Composition } from './composition.ts'
import { digestsOf, type FilmView } from './filmView.ts'
import type { OwnBase, OwnBases } from './ownBases.ts'
import { recordAt } from '../../contract/ranges.ts'

/** Reads it. Throws the UserErrors of OwnBases.load, and those of reading a frame. */
export type FineColor = () => Promise<readonly DetailShare[]>

export interface PinDetailsParts {
  readonly footage: Footage
  /** Of the pins' own frames. */
  readonly reader: FrameReader
  readonly bases: OwnBases
  readonly lumaOf: (source: SourceFrame) => NetworkLuma
  readonly composition: () => Composition
}

/** A picture, and the document that has edits on top of it where it is pinned. */
interface Source extends FinePictureFile {
  readonly editedIn?: FilmView
}

/** Of the pins on both sides of a shot, and of the next one: up to a few ten megabytes each. */
const KEPT = 3
/** A frame has that of its nearest pictures. */
const MOST_PICTURES = 2

export class PinDetails {
  readonly #kept = new RecentlyMade<PinDetail>(KEPT)

  constructor(private readonly parts: PinDetailsParts) {}

  /** Of a frame that a segment colors; null where that does not read pinned pictures. */
  ofSegment(view: FilmView, { kind, pins, sides }: PlannedSegment, frame: number): FineColor | null {
    if (kind === 'kept') return this.#of(recordAt(view.layout.lockedPictures ?? [], frame)?.pictures ?? [], frame)
    if (kind !== 'forward' && kind !== 'backward' && kind !== 'mixed') return null
    // Of a transition both shots' pins are found again, as far as each shot is seen.
    const read = [...pins, ...(sides ?? []).flatMap((side) => side.pins)].flatMap((pin): readonly Source[] => {
      const coloring = view.frames.get(pin)
      if (!coloring) return []
      const pictures = picturesOf(pin, coloring)
      if (coloring.operations.length === 0) return pictures
      // Of others' pictures nobody knows what those edits would have changed.
      return pictures.filter((picture) => picture.frame === pin).map((picture) => ({ ...picture, editedIn: view }))
    })
    return this.#of(read, frame)
  }

  /** Of a frame that has a coloring of its own; null where that is no picture, and does not come from one. */
  ofOwn(coloring: FrameColoring, frame: number): FineColor | null {
    return this.#of(picturesOf(frame, coloring), frame)
  }

  #of(pictures: readonly Source[], frame: number): FineColor | null {
    const { footage } = this.parts
    // A way between the lines of two fields leads nowhere.
    if (footage.layout.interlaced) return null
    const sizeOf = (of: number): string => JSON.stringify(footage.source.sizes.at(of))
    const away = (picture: Source): number => Math.abs(picture.frame - frame)
    const nearest = pictures
      .filter((picture, n) => pictures.findIndex((other) => other.frame === picture.frame) === n)
      // A film that was put in its place may be shorter.
      .filter((picture) => picture.frame < footage.info.frameCount && sizeOf(picture.frame) === sizeOf(frame))
      .sort((a, b) => away(a) - away(b))
      .slice(0, MOST_PICTURES)
    if (nearest.length === 0) return null
    // As far as the one is nearer than the other.
    const near = nearest.map((picture) => 1 / Math.max(0.01, away(picture)))
    const all = near.reduce((sum, each) => sum + each, 0)
    return () =>
      Promise.all(nearest.map(async (picture, n) => ({ detail: await this.#read(picture), share: near[n]! / all })))
  }

  async #read({ frame, path, editedIn }: Source): Promise<PinDetail> {
    const base = await this.parts.bases.load({ kind: 'picture', path })
    const edits = editedIn ? digestsOf(editedIn.frames.get(frame)!).operations : ''
    const name = `${frame}/${base.content}/${edits}`
    return this.#kept.get(name, () => this.#make(name, frame, base, editedIn))
  }

  async #make(name: string, frame: number, { chroma, picture }: OwnBase, editedIn?: FilmView): Promise<PinDetail> {
    const { composition, footage, lumaOf, reader } = this.parts
    const { u, v } = await picture!()
    const source = await reader.read(frame)
    const luma = lumaOf(source)
    const planes = { layout: coloredLayout(footage.layout), y: source.y, u, v }
    if (!editedIn) return detailOf(name, planes, luma, chroma)
    const base = await composition().ownBase(editedIn.frames.get(frame)!, frame)
    const edited = await composition().withOperations(editedIn, frame, base, () => luma)
    return detailOf(name, planes, luma, chroma, keptUnder(chroma, edited))
  }
}

function picturesOf(frame: number, { base }: FrameColoring): readonly FinePictureFile[] {
  if (base.kind === 'picture') return [{ frame, path: base.path }]
  return base.kind === 'frozen' ? (base.pictures ?? []) : []
}
