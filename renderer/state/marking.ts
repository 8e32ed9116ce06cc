/** Markers of the clip in view: setting, changing, moving and finding them. */
import type { Marker, MarkerColor } from '../../electron/contract/projectDocument.ts'
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'
import type { OpenFilm } from './film.svelte.ts'

export class Marking {
  /** A new one is like the one before. */
  #color: MarkerColor = 'red'
  /** Films and frames of markers that are set, and not in the document yet. */
  readonly #onTheirWay = new Set<string>()

  constructor(
    private readonly editor: Pick<Editor, 'film' | 'playback' | 'notices' | 'edit' | 'dialog' | 'steps' | 'tools'>,
  ) {}

  /** Sets a marker on the frame in view; where one is already, it is shown to be changed. */
  async set(): Promise<void> {
    const { film, playback } = this.editor
    if (!film) return
    const { frame } = playback
    const place = `${film.id} ${frame}`
    if (!film.markerAt(frame) && !this.#onTheirWay.has(place)) return this.#add(film, frame, place)
    // It may be on its way to the document still, or be taken back by now.
    await this.editor.steps.afterAll(async () => {
      // Nobody wants it any more who has gone on.
      if (this.editor.film !== film || playback.frame !== frame) return
      if (!film.markerAt(frame)) await this.#add(film, frame, place)
      // Whoever draws by then does not want it any more, either.
      else if (this.editor.dialog === null && !this.editor.tools.inHand) this.editor.dialog = 'markers'
    })
  }

  async #add({ id: clip }: OpenFilm, frame: number, place: string): Promise<void> {
    const marker: Marker = { id: crypto.randomUUID(), frame, name: '', color: this.#color }
    this.#onTheirWay.add(place)
    try {
      await this.editor.edit({ type: 'add-marker', clip, marker })
    } finally {
      this.#onTheirWay.delete(place)
    }
  }

  async change(marker: Marker, changes: Partial<Omit<Marker, 'id'>>): Promise<void> {
    const { film } = this.editor
    if (!film) return
    if (changes.color) this.#color = changes.color
    const { note, ...changed } = { ...marker, ...changes }
    await this.editor.edit({ type: 'change-marker', clip: film.id, marker: { ...changed, ...(note && { note }) } })
  }

  async move(from: number, to: number): Promise<void> {
    const marker = this.editor.film?.markerAt(from)
    if (marker && from !== to) await this.change(marker, { frame: to })
  }

  /** Of the frame in view where no other is named. */
  async remove(marker = this.editor.film?.markerAt(this.editor.playback.frame)): Promise<void> {
    const { film, notices } = this.editor
    if (film && !marker) notices.tell(text.markers.noneHere)
    if (film && marker) await this.editor.edit({ type: 'remove-marker', clip: film.id, marker: marker.id })
  }

  goTo(direction: 1 | -1): void {
    const { film, playback, notices } = this.editor
    const frame = film?.neighborMarker(playback.frame, direction) ?? null
    if (frame === null) notices.tell(direction > 0 ? text.markers.noneAfter : text.markers.noneBefore)
    else playback.seek(frame)
  }
}
