/** What the export dialog holds of how an export is delivered: quality, size, sound and the like, as it is typed. */
import {
  BIT_RATE,
  MOST_HANDLES,
  QUALITY,
  SIDE,
  croppedPicture,
  deliverySchema,
  evenSide,
  namedHeights,
  readShape,
  shownPicture,
  type Crop,
  type DeinterlaceWish,
  type Delivery,
} from '../../electron/contract/delivery.ts'
import {
  soundsIn,
  type BitDepth,
  type DnxhrProfile,
  type ExportFormat,
  type SoundWish,
} from '../../electron/contract/formats.ts'
import type { FootageInfo } from '../../electron/contract/schemas.ts'

/** What decides how good pictures of H.264 and H.265 are. */
export const ratings = ['usual', 'quality', 'bitRate'] as const
export type Rating = (typeof ratings)[number]

/** A named height, by its number. */
export type SizeChoice = 'film' | 'own' | `${number}`

export type DeliveryField = 'quality' | 'bitRate' | 'size' | 'handles' | 'crop'

/** As they are typed, and in this order. */
export const sides = ['left', 'top', 'right', 'bottom'] as const

const isWithin = (text: string, { least, most }: { readonly least: number; readonly most: number }): boolean =>
  /^\d+(\.\d+)?$/.test(text) && Number(text) >= least && Number(text) <= most
const isWhole = (text: string, limits: { readonly least: number; readonly most: number }): boolean =>
  /^\d+$/.test(text) && isWithin(text, limits)

export class Delivering {
  rating = $state<Rating>('usual')
  quality = $state('')
  bitRate = $state('')
  profile = $state<DnxhrProfile | null>(null)
  depth = $state<BitDepth | null>(null)
  sound = $state<SoundWish>('carried')
  size = $state<SizeChoice>('film')
  width = $state('')
  height = $state('')
  enlarge = $state(false)
  /** A named shape; empty for the film's own. */
  shape = $state('')
  /** Pixels off each side; empty for none. */
  readonly crop = $state({ left: '', top: '', right: '', bottom: '' })
  deinterlace = $state<DeinterlaceWish | null>(null)
  handles = $state('')

  /** Formats differ in these: what one takes another may not. */
  leaveFormat(): void {
    this.rating = 'usual'
    this.profile = null
    this.depth = null
    this.sound = 'carried'
  }

  /** What is cut off; null where that is nothing, or what is typed is none. */
  get cropped(): Crop | null {
    if (!sides.every((side) => this.#isMargin(this.crop[side]))) return null
    const [left, top, right, bottom] = sides.map((side) => Number(this.crop[side])) as [number, number, number, number]
    return left + top + right + bottom > 0 ? { left, top, right, bottom } : null
  }

  setCrop(crop: Crop): void {
    for (const side of sides) this.crop[side] = crop[side] === 0 ? '' : `${crop[side]}`
  }

  #isMargin(typed: string): boolean {
    return typed.trim() === '' || isWhole(typed.trim(), { least: 0, most: SIDE.most })
  }

  /** The film's picture, or what is left of it. */
  leftOf(film: FootageInfo): FootageInfo {
    return this.cropped ? croppedPicture(film, this.cropped) : film
  }

  /** Heights that make the picture no larger than it is, with the widths that go with them. */
  heightsOf(film: FootageInfo): { readonly height: number; readonly width: number }[] {
    const { height, shape } = shownPicture(this.leftOf(film))
    return namedHeights.filter((each) => each < height).map((each) => ({ height: each, width: evenSide(each * shape) }))
  }

  /** Where what is typed is nothing that can be asked for. */
  get wrong(): ReadonlySet<DeliveryField> {
    const wrong = new Set<DeliveryField>()
    if (this.rating === 'quality' && !isWhole(this.quality.trim(), QUALITY)) wrong.add('quality')
    if (this.rating === 'bitRate' && !isWithin(this.#typedBitRate, BIT_RATE)) wrong.add('bitRate')
    if (this.size === 'own' && ![this.width, this.height].every((side) => isWhole(side.trim(), SIDE))) wrong.add('size')
    if (!sides.every((side) => this.#isMargin(this.crop[side]))) wrong.add('crop')
    if (this.handles.trim() !== '' && !isWhole(this.handles.trim(), { least: 0, most: MOST_HANDLES }))
      wrong.add('handles')
    return wrong
  }

  /**
   * What is asked for of a format; null where that is nothing. Of what is wrong, nothing is asked for.
   * @param isPart there are frames around what is exported
   */
  wish(format: ExportFormat, isPart: boolean): Delivery | null {
    const { wrong } = this
    const handles = isPart && !wrong.has('handles') ? Number(this.handles) : 0
    const wish = deliverySchema.parse({
      ...(this.rating === 'quality' && !wrong.has('quality') && { quality: Number(this.quality) }),
      ...(this.rating === 'bitRate' && !wrong.has('bitRate') && { bitRate: Number(this.#typedBitRate) }),
      ...(this.profile !== null && format.profiles?.includes(this.profile) && { profile: this.profile }),
      ...(this.depth !== null && format.depths?.includes(this.depth) && { depth: this.depth }),
      ...(this.sound !== 'carried' && soundsIn(format).includes(this.sound) && { sound: this.sound }),
      ...(handles > 0 && { handles }),
      ...(this.deinterlace !== null && { deinterlace: this.deinterlace }),
      ...(this.cropped && { crop: this.cropped }),
      ...this.#sizeWish,
    })
    return Object.keys(wish).length > 0 ? wish : null
  }

  /** How many of its lines are not as they usually are. */
  changed(format: ExportFormat, isPart: boolean): number {
    return Object.keys(this.wish(format, isPart) ?? {}).filter((key) => key !== 'enlarge').length
  }

  /** With a comma as well, as some languages write it. */
  get #typedBitRate(): string {
    return this.bitRate.trim().replace(',', '.')
  }

  get #sizeWish(): Pick<Delivery, 'size' | 'shape' | 'enlarge'> {
    // A width and height are a shape already.
    const shape = this.size === 'own' ? null : readShape(this.shape)
    if (this.size === 'film' || this.wrong.has('size')) return shape ? { shape } : {}
    if (this.size !== 'own') return { size: { width: null, height: Number(this.size) }, ...(shape && { shape }) }
    const size = { width: Number(this.width), height: Number(this.height) }
    return { size, ...(this.enlarge && { enlarge: true }) }
  }
}
