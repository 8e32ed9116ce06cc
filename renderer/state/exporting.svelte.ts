/** What the export dialog holds: format and file, and the export that was ordered in it last. */
import type { QueuedExport } from '../../electron/contract/exportQueue.ts'
import type { ExportFormatId, SizesWish } from '../../electron/contract/formats.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import type { Sentence } from '../../electron/contract/sentence.ts'
import { readTimecode } from '../../electron/contract/timecode.ts'
import { ask } from '../studio.ts'
import type { Exports } from './exports.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

export class Exporting {
  target = $state<string | null>(null)
  format = $state<ExportFormatId>('ffv1-mkv')
  /** Of films whose pictures change their size. */
  sizes = $state<SizesWish>('parts')
  /** Of the first frame, as it is typed; empty for what follows from the film's own. */
  timecode = $state('')
  /** Being taken down by main. */
  ordering = $state(false)
  #ordered = $state<string | null>(null)

  constructor(
    private readonly exports: Exports,
    private readonly film: () => OpenFilm | null,
    private readonly attempt: (work: () => Promise<unknown>) => Promise<boolean>,
  ) {}

  /** The export of the film in view that was ordered last. */
  get ordered(): QueuedExport | null {
    return this.exports.find(this.#ordered)
  }

  choose(format: ExportFormatId): void {
    if (format === this.format) return
    this.format = format
    // Another format is another file.
    this.target = null
  }

  async chooseTarget(): Promise<void> {
    const film = this.film()
    if (!film) return
    await this.attempt(async () => {
      const target = await ask('chooseExportTarget', { clip: film.id, format: this.format })
      if (target) this.target = target
    })
  }

  /** Orders it. Asks for a file where none was chosen yet. */
  async order(range: FrameRange | null): Promise<void> {
    if (!this.target) await this.chooseTarget()
    const film = this.film()
    const { target, format, sizes } = this
    if (!film || !target || this.ordering) return
    const timecode = this.timecode.trim()
    const wish = {
      clip: film.id,
      target,
      format,
      ...(this.changesSize(range) && { sizes }),
      ...(range && { range }),
      ...(timecode !== '' && { timecode }),
    }
    this.ordering = true
    const taken = await this.attempt(async () => (this.#ordered = await ask('orderExport', wish)))
    this.ordering = false
    // The agreement to replace a file of that name is used up: the next export asks again.
    if (taken) this.target = null
  }

  /** There is a choice of how to write the film, or a part of it. */
  changesSize(range: FrameRange | null): boolean {
    const film = this.film()
    return film !== null && film.sizesIn(range ?? { from: 0, to: film.info.frameCount }) > 1
  }

  /** Why what is typed is no timecode of this film; null where it is one, or nothing is typed. */
  get timecodeTrouble(): Sentence | null {
    const film = this.film()
    if (!film || this.timecode.trim() === '') return null
    const read = readTimecode(this.timecode, film.info.rate)
    return 'frame' in read ? null : read
  }

  /** Another film is in view. */
  leave(): void {
    this.target = null
    this.#ordered = null
  }

  async cancel(): Promise<void> {
    const { ordered } = this
    if (ordered) await this.attempt(() => ask('cancelExport', ordered.id))
  }

  async show(): Promise<void> {
    const { ordered } = this
    if (ordered) await this.attempt(() => ask('revealExport', ordered.target))
  }
}
