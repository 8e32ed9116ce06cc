/** The whole of the window's state and what can be done with it. Components draw it and call it. */
import type { FrameReply } from '../../electron/contract/frames.ts'
import type { EngineStatus, ExportFormatId, FrameRange, JobProgress, RecentFootage } from '../../electron/contract/schemas.ts'
import { thumbnailPicture } from '../gl/thumbnailPicture.ts'
import { ask, onStudio } from '../studio.ts'
import { text } from '../text/catalog.ts'
import { OpenFilm } from './film.svelte.ts'
import { FrameSource, onFramesPort } from './frameSource.ts'
import { Jobs } from './jobs.svelte.ts'
import { Notices } from './notices.svelte.ts'
import { Playback } from './playback.svelte.ts'
import { includesFrame } from './ranges.ts'
import { THUMB_SIDE, Thumbnails } from './thumbnails.svelte.ts'
import { Viewer } from './viewer.svelte.ts'

const pictureFile = /\.(png|tiff?|jpe?g|webp|bmp|dpx)$/i

export class Editor {
  readonly playback = new Playback()
  readonly viewer = new Viewer()
  readonly jobs = new Jobs()
  readonly notices = new Notices()
  readonly frames = new FrameSource()
  readonly thumbnails = new Thumbnails<ImageBitmap>(
    (frame) => (this.film ? this.frames.thumb(this.film.id, frame, THUMB_SIDE) : Promise.resolve(null)),
    (reply) => {
      const { data, width, height } = thumbnailPicture(reply, this.film?.info.rotation)
      return createImageBitmap(new ImageData(data, width, height))
    },
  )
  engine = $state<EngineStatus>({ state: 'starting' })
  film = $state<OpenFilm | null>(null)
  opening = $state(false)
  recent = $state<RecentFootage[]>([])
  /** The frame in the viewer; stays while the next one is fetched, so that nothing flickers. */
  picture = $state.raw<FrameReply | null>(null)
  /** What the running coloring is to cover. */
  coloringRange = $state.raw<FrameRange | null>(null)
  dialog = $state<'export' | 'palette' | 'shortcuts' | null>(null)
  exportTarget = $state<string | null>(null)
  exportFormat = $state<ExportFormatId>('ffv1-mkv')
  /** How many films were asked for; tells an opening that a later one overtook it. */
  #openings = 0

  /** Subscribes to main and asks for where things stand. @returns the function that ends it */
  start(): () => void {
    const ends = [
      onStudio('engineStatus', (status) => this.#engineChanged(status)),
      onStudio('jobProgress', (progress) => this.#jobChanged(progress)),
      onStudio('coloringsStale', ({ footageId, from, to }) => {
        if (this.film?.id !== footageId) return
        this.film.markStale({ from, to })
        this.refreshPicture()
      }),
      onStudio('openRequested', ({ path }) => void this.open(path)),
      onFramesPort((port) => {
        this.frames.connect(port)
        this.refreshPicture()
      }),
    ]
    void this.#begin()
    return () => ends.forEach((end) => end())
  }

  async #begin(): Promise<void> {
    await this.attempt(async () => {
      this.#engineChanged(await ask('engineStatus'))
      this.recent = await ask('recentFootage')
      const path = await ask('takeLaunchFootage')
      if (path) await this.open(path)
    })
  }

  /** Runs something that may fail, and tells the artist when it does. @returns whether it went well */
  async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.notices.fail(error)
      return false
    }
  }

  async chooseAndOpen(): Promise<void> {
    await this.attempt(async () => {
      const path = await ask('chooseFootage')
      if (path) await this.open(path)
    })
  }

  /** Opens a film in place of the one that is open; that one stays when the new one can't be opened. The latest wish wins. */
  async open(path: string): Promise<void> {
    const opening = ++this.#openings
    this.opening = true
    await this.attempt(async () => {
      const info = await ask('openFootage', path)
      const before = this.film
      const film = new OpenFilm(info)
      film.colored = await ask('coloredRanges', info.id)
      film.keyframes = await ask('keyframes', info.id)
      if (opening !== this.#openings) return ask('closeFootage', info.id)
      this.film = film
      this.picture = null
      this.playback.load(info.frameCount, info.rate)
      this.viewer.load(...film.shownSize)
      this.thumbnails.clear()
      this.exportTarget = null
      if (before) {
        this.jobs.forget(before.id)
        await ask('closeFootage', before.id)
      }
      for (const warning of info.warnings) this.notices.warn(warning)
      this.recent = await ask('recentFootage')
    })
    if (opening === this.#openings) this.opening = false
    this.refreshPicture()
  }

  async closeFilm(): Promise<void> {
    const { film } = this
    if (!film) return
    this.film = null
    this.picture = null
    this.playback.load(1, { num: 24, den: 1 })
    this.thumbnails.clear()
    this.jobs.forget(film.id)
    await this.attempt(() => ask('closeFootage', film.id))
  }

  async clearRecent(): Promise<void> {
    await this.attempt(async () => {
      await ask('clearRecentFootage')
      this.recent = []
    })
  }

  /** A film dropped on the window opens; a picture dropped on an open film is pinned to the frame in view. */
  async drop(file: File): Promise<void> {
    const path = window.studio.pathForFile(file)
    if (!path) return
    if (this.film && pictureFile.test(path)) await this.pin(path)
    else await this.open(path)
  }

  /** Asks the engine for the frame in view, at the size it is shown. */
  refreshPicture(): void {
    const { film } = this
    if (!film) return
    const { frame, playing } = this.playback
    void this.frames
      .view(film.id, frame, playing ? this.viewer.wantedSideInMotion : this.viewer.wantedSide)
      .then((reply) => {
        if (reply && reply.footageId === this.film?.id) this.picture = reply
      })
      .catch((error: unknown) => {
        this.playback.pause()
        this.notices.fail(error)
      })
  }

  /** One command for the whole course: start, pause, go on. */
  async colorize(): Promise<void> {
    const { film, jobs } = this
    if (!film) return
    await this.attempt(async () => {
      if (jobs.colorizing && jobs.colorize) {
        const { state, jobId } = jobs.colorize
        await ask(state === 'paused' ? 'resumeJob' : 'pauseJob', jobId)
      } else if (film.fullyColored) this.notices.tell(text.job.allColored)
      else {
        const { range } = this.playback
        this.coloringRange = range && { from: range.from, to: range.to }
        await ask('startColorize', { footageId: film.id, ...(range && { range }) })
      }
    })
  }

  async cancelColorize(): Promise<void> {
    const { colorize } = this.jobs
    if (colorize && this.jobs.colorizing) await this.attempt(() => ask('cancelJob', colorize.jobId))
  }

  async choosePin(): Promise<void> {
    await this.attempt(async () => {
      const path = await ask('chooseKeyframePicture')
      if (path) await this.pin(path)
    })
  }

  async pin(picturePath: string): Promise<void> {
    const { film } = this
    if (!film) return
    const { frame } = this.playback
    await this.attempt(async () => {
      await ask('setKeyframe', { footageId: film.id, keyframe: { frame, picturePath } })
      film.keyframes = await ask('keyframes', film.id)
      film.colored = await ask('coloredRanges', film.id)
      this.notices.tell(text.pins.done(frame))
      this.refreshPicture()
    })
  }

  async unpin(): Promise<void> {
    const { film } = this
    const { frame } = this.playback
    if (!film?.isPinned(frame)) return
    await this.attempt(async () => {
      await ask('removeKeyframe', { footageId: film.id, frame })
      film.keyframes = await ask('keyframes', film.id)
      film.colored = await ask('coloredRanges', film.id)
      this.notices.tell(text.pins.removed(frame))
      this.refreshPicture()
    })
  }

  goToPin(direction: 1 | -1): void {
    const frame = this.film?.neighborPin(this.playback.frame, direction)
    if (frame !== null && frame !== undefined) this.playback.seek(frame)
  }

  async chooseExportTarget(): Promise<void> {
    const { film } = this
    if (!film) return
    await this.attempt(async () => {
      const target = await ask('chooseExportTarget', { footageId: film.id, format: this.exportFormat })
      if (target) this.exportTarget = target
    })
  }

  async startExport(range: FrameRange | null): Promise<void> {
    const { film, exportTarget: target, exportFormat: format } = this
    if (!film || !target) return
    await this.attempt(async () => {
      await ask('startExport', { footageId: film.id, target, format, ...(range && { range }) })
    })
  }

  async cancelExport(): Promise<void> {
    const job = this.jobs.export
    if (job && this.jobs.exporting) await this.attempt(() => ask('cancelJob', job.jobId))
  }

  async showExport(): Promise<void> {
    const target = this.jobs.export?.target
    if (target) await this.attempt(() => ask('revealExport', target))
  }

  #engineChanged(status: EngineStatus): void {
    const before = this.engine.state
    this.engine = status
    if (status.state === 'ready') {
      void this.attempt(() => ask('connectFrames'))
      if (before === 'restarting') this.notices.tell(text.engine.restarted)
    } else if (status.state === 'failed') this.notices.fail(status.error)
  }

  #jobChanged(progress: JobProgress): void {
    if (progress.footageId !== this.film?.id) return
    this.jobs.receive(progress)
    for (const range of progress.finished) {
      this.film.markColored(range)
      if (includesFrame([range], this.playback.frame)) this.refreshPicture()
    }
    for (const note of progress.notes ?? []) this.notices.warn(note)
    if (progress.state === 'failed' && progress.error) this.notices.fail(progress.error)
  }
}
