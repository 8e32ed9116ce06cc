/** What the export dialog holds (format, file, part of the film, what was ordered in it last), and single pictures. */
import { canBeLookedThrough, isEnded, type QueuedExport } from '../../electron/contract/exportQueue.ts'
import type { Crop } from '../../electron/contract/delivery.ts'
import { exportFormat, type ExportFormatId, type SizesWish } from '../../electron/contract/formats.ts'
import { uprightSize } from '../../electron/contract/orientation.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import type { Sentence } from '../../electron/contract/sentence.ts'
import { shotPieces } from '../../electron/contract/shotNumbers.ts'
import { readTimecode } from '../../electron/contract/timecode.ts'
import { ask } from '../studio.ts'
import { text } from '../text/catalog.ts'
import { Delivering, type DeliveryField } from './delivering.svelte.ts'
import { Comparing, type ComparisonChoice } from './comparing.svelte.ts'
import type { Editor } from './editor.svelte.ts'

/** 'shots': a file each, of those in the marked range where there is one; 'chosen': some of them in one file. */
export const exportParts = ['film', 'range', 'shot', 'shots', 'chosen'] as const
export type ExportPart = (typeof exportParts)[number]

export class Exporting {
  target = $state<string | null>(null)
  format = $state<ExportFormatId>('ffv1-mkv')
  /** Of films whose pictures change their size. */
  sizes = $state<SizesWish>('parts')
  /** Which part of the film is written, and as how many files. */
  part = $state<ExportPart>('film')
  /** Shots that are put together, as they are typed. */
  chosen = $state('')
  /** Of the first frame, as it is typed; empty for what follows from the film's own. */
  timecode = $state('')
  /** Of the first of pictures that are files, likewise. */
  firstNumber = $state('')
  comparing = $state.raw(new Comparing())
  delivering = $state.raw(new Delivering())
  /** The film's pictures are looked at for black beside them; and there was none. */
  lookingForBars = $state(false)
  hasNoBars = $state(false)
  /** Being taken down by main. */
  ordering = $state(false)
  #ordered = $state.raw<readonly string[]>([])

  constructor(
    private readonly editor: Pick<
      Editor,
      'film' | 'clip' | 'playback' | 'exports' | 'notices' | 'preferences' | 'attempt' | 'steps'
    >,
  ) {}

  /** The exports of the film in view that were ordered last, together. */
  get ordered(): QueuedExport[] {
    return this.#ordered.flatMap((id) => this.editor.exports.find(id) ?? [])
  }

  /** The chosen format writes pictures as files. */
  get isPictures(): boolean {
    return exportFormat(this.format).pictures !== undefined
  }

  choose(format: ExportFormatId): void {
    if (format === this.format) return
    this.format = format
    this.delivering.leaveFormat()
    // Another format is another file.
    this.target = null
  }

  compare(choice: ComparisonChoice): void {
    // With the film beside the colors it is another file than with the colors alone.
    if ((choice === 'none') !== (this.comparing.choice === 'none')) this.target = null
    this.comparing.choice = choice
  }

  async chooseTarget(): Promise<void> {
    const { film } = this.editor
    if (!film) return
    await this.editor.attempt(async () => {
      const { format } = this
      const isComparison = this.comparing.comparison !== null
      const target = await ask('chooseExportTarget', { clip: film.id, format, isComparison })
      // A second start may have brought another film into view.
      if (target && film === this.editor.film) this.target = target
    })
  }

  /**
   * Orders it. Asks for a file where none was chosen yet.
   * @param range null for the whole film
   */
  async order(range: FrameRange | null): Promise<void> {
    const { film } = this.editor
    if (!this.target) await this.chooseTarget()
    if (film !== this.editor.film) return
    const { target, format, sizes } = this
    const { comparison } = this.comparing
    const { pieces } = this
    const delivery = this.delivering.wish(exportFormat(format), this.takesHandles)
    const { lookThrough, checksums } = this.editor.preferences
    if (!film || !target || this.ordering) return
    const [timecode, number] = [this.timecode.trim(), this.firstNumber.trim()]
    const wish = {
      clip: film.id,
      target,
      format,
      ...(this.changesSize(range) && { sizes }),
      ...(range && { range }),
      ...(this.part === 'shots' && { eachShot: true }),
      ...(pieces && { pieces }),
      ...(timecode !== '' && { timecode }),
      ...(this.isPictures && number !== '' && { firstNumber: Number(number) }),
      ...(comparison && { comparison }),
      ...(delivery && { delivery }),
      ...(lookThrough !== 'no' && { lookThrough }),
      ...(checksums && { checksums }),
    }
    this.ordering = true
    let ordered: readonly string[] = []
    await this.editor.steps.allMade()
    const taken = await this.editor.attempt(async () => (ordered = await ask('orderExport', wish)))
    this.ordering = false
    if (film !== this.editor.film) return
    if (taken) this.#ordered = ordered
    // The agreement to replace a file of that name is used up: the next export asks again.
    if (taken) this.target = null
  }

  /** Fills in what of black is beside the pictures. */
  async findBars(): Promise<void> {
    const { film } = this.editor
    if (!film || this.lookingForBars) return
    const { delivering } = this
    let crop: Crop | null = null
    this.lookingForBars = true
    this.hasNoBars = false
    const found = await this.editor.attempt(async () => (crop = await ask('blackBars', { clip: film.id })))
    // They are another film's that is in view no more.
    if (delivering !== this.delivering) return
    this.lookingForBars = false
    if (crop) delivering.setCrop(crop)
    else this.hasNoBars = found
  }

  /** There may be frames around what is exported. */
  get takesHandles(): boolean {
    return this.part !== 'film' && this.part !== 'chosen'
  }

  /** What is left of the picture where something is cut off, upright; null where nothing is. */
  get leftOfCrop(): readonly [width: number, height: number] | null {
    const { film } = this.editor
    return film && this.delivering.cropped ? uprightSize(this.delivering.leftOf(film.info)) : null
  }

  /** The crop is as large as the picture. */
  get isCroppedAway(): boolean {
    return this.leftOfCrop !== null && Math.min(...this.leftOfCrop) < 2
  }

  /** Fields of the delivery that hinder the order: one that is not asked for just now hinders nothing. */
  get wrong(): ReadonlySet<DeliveryField> {
    return new Set([...this.delivering.wrong].filter((field) => field !== 'handles' || this.takesHandles))
  }

  /** Frames of the shots that are to be put together; null where none are, or what is typed is none of them. */
  get pieces(): FrameRange[] | null {
    const shots = this.part === 'chosen' ? (this.editor.clip?.shots ?? []) : []
    return shots.length > 0 ? shotPieces(this.chosen, shots) : null
  }

  /** There is a choice of how to write the film, or a part of it. */
  changesSize(range: FrameRange | null): boolean {
    const { film } = this.editor
    return film !== null && film.sizesIn(range ?? { from: 0, to: film.info.frameCount }) > 1
  }

  /** Why what is typed is no timecode of this film; null where it is one, or nothing is typed. */
  get timecodeTrouble(): Sentence | null {
    const { film } = this.editor
    if (!film || this.timecode.trim() === '') return null
    const read = readTimecode(this.timecode, film.info.rate)
    return 'frame' in read ? null : read
  }

  /** What is typed is no number that pictures can have. */
  get isNumberWrong(): boolean {
    const typed = this.firstNumber.trim()
    return this.isPictures && typed !== '' && !/^\d{1,9}$/.test(typed)
  }

  /** Another film is in view. */
  leave(): void {
    this.target = null
    this.part = 'film'
    this.chosen = ''
    this.timecode = ''
    this.firstNumber = ''
    this.comparing = new Comparing()
    this.delivering = new Delivering()
    this.hasNoBars = false
    this.lookingForBars = false
    this.#ordered = []
  }

  async cancel(): Promise<void> {
    const open = this.ordered.filter((entry) => !isEnded(entry))
    // From the end: none begins because the one before it has ended.
    for (const { id } of open.reverse()) await this.editor.attempt(() => ask('cancelExport', id))
  }

  /** Has the finished films looked through that were not yet. */
  async inspect(): Promise<void> {
    const done = this.ordered.filter((entry) => canBeLookedThrough(entry) && !entry.lookedThrough)
    await this.editor.attempt(() => Promise.all(done.map(({ id }) => ask('inspectExport', id))))
  }

  /** The frame in view as a picture. */
  async exportFrame(): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    const { frame } = playback
    await this.#exportPicture(() => ask('exportFrame', { clip: film.id, frame }), text.view.frameExported)
  }

  /** All pins on one picture. */
  async exportSheet(): Promise<void> {
    const { film } = this.editor
    if (film) await this.#exportPicture(() => ask('exportSheet', film.id), text.view.sheetExported)
  }

  async #exportPicture(write: () => Promise<string | null>, words: (path: string) => string): Promise<void> {
    await this.editor.steps.allMade()
    await this.editor.attempt(async () => {
      const path = await write()
      if (path) this.editor.notices.tell(words(path))
    })
  }

  async show(): Promise<void> {
    const [first] = this.ordered
    if (first) await this.editor.attempt(() => ask('revealExport', first.target))
  }
}
