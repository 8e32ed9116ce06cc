/** The fine color (../chroma/pinDetail.ts) that pinned pictures have for the frames that are colored from them. */
import { detailOf, type DetailShare, type PinDetail } from '../chroma/pinDetail.ts'
import type { PlannedSegment } from '../../contract/filmEdits.ts'
import { Recent } from '../cache/recent.ts'
import { coloredLayout } from '../writing/encoders.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import type { Footage, FrameReader, SourceFrame } from '../reading/footage.ts'
import type { FilmView } from './filmView.ts'
import type { OwnBases } from './ownBases.ts'

/** Reads it. Throws the UserErrors of OwnBases.load, and those of reading a frame. */
export type FineColor = () => Promise<readonly DetailShare[]>

export interface PinDetailsParts {
  readonly footage: Footage
  /** Of the pins' own frames. */
  readonly reader: FrameReader
  readonly bases: OwnBases
  readonly lumaOf: (source: SourceFrame) => NetworkLuma
}

/** Of the pins on both sides of a shot, and of the next one: up to a few ten megabytes each. */
const KEPT = 3

export class PinDetails {
  readonly #kept = new Recent<Promise<PinDetail>>(KEPT)

  constructor(private readonly parts: PinDetailsParts) {}

  /** Null where the frames of a segment are not colored from pinned pictures that show just what is pinned. */
  of(view: FilmView, segment: PlannedSegment | undefined, frame: number): FineColor | null {
    const { footage } = this.parts
    // A way between the lines of two fields leads nowhere.
    if (!segment || footage.layout.interlaced) return null
    if (segment.kind !== 'forward' && segment.kind !== 'backward') return null
    const size = footage.source.sizes.at(frame)
    const isAlike = (pin: number): boolean => JSON.stringify(footage.source.sizes.at(pin)) === JSON.stringify(size)
    const pins = segment.pins.filter((pin) => pathOf(view, pin) !== null && isAlike(pin))
    if (pins.length === 0) return null
    // As far as the one is nearer than the other.
    const near = pins.map((pin) => 1 / Math.max(1, Math.abs(pin - frame)))
    const all = near.reduce((sum, each) => sum + each, 0)
    return () => Promise.all(pins.map(async (pin, n) => ({ detail: await this.#of(view, pin), share: near[n]! / all })))
  }

  async #of(view: FilmView, pin: number): Promise<PinDetail> {
    const { content, chroma, picture } = await this.parts.bases.load({ kind: 'picture', path: pathOf(view, pin)! })
    const name = `${pin}/${content}`
    const known = this.#kept.get(name)
    if (known) return known
    const making = picture!().then(async ({ u, v }) => {
      const source = await this.parts.reader.read(pin)
      const layout = coloredLayout(this.parts.footage.layout)
      return detailOf(name, { layout, y: source.y, u, v }, this.parts.lumaOf(source), chroma)
    })
    void this.#kept.set(name, making)
    try {
      return await making
    } catch (error) {
      this.#kept.delete(name)
      throw error
    }
  }
}

/** Of a pin's own picture, where nothing was put on top of it. */
function pathOf({ frames }: FilmView, pin: number): string | null {
  const coloring = frames.get(pin)
  if (!coloring || coloring.base.kind !== 'picture' || coloring.operations.length > 0) return null
  return coloring.base.path
}
