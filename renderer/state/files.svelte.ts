/** What is open: projects and films as files, and which clip of the project is in view. */
import { isProject } from '../../electron/contract/fileEndings.ts'
import type { OpenManner } from '../../electron/contract/project.ts'
import type { FootageInfo, FrameRange, RecentFootage } from '../../electron/contract/schemas.ts'
import { noWords } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { ask } from '../studio.ts'
import { text } from '../text/catalog.ts'
import { inWords } from '../text/sentences.ts'
import type { Editor } from './editor.svelte.ts'
import { OpenFilm } from './film.svelte.ts'

interface FoundClip {
  readonly film: OpenFilm
  readonly info: FootageInfo
  readonly present: readonly FrameRange[]
  readonly times: Float64Array | null
}

/** What is still being pinned when a project is left is waited for, but not for ever. */
const PATIENCE_MS = 5000

/** A clip may be taken out and brought back so often while it is being opened. */
const TRIES = 5

export class Files {
  #isOpening = $state(false)
  /** The project is being closed: it is out of view, and main may still have it. */
  closing = $state(false)
  #closed: Promise<void> | null = null
  /** The clip that is on its way into view. */
  opening: string | null = null
  recent = $state<RecentFootage[]>([])
  /** A project that is open elsewhere, while it is asked what to do. */
  inUse = $state<string | null>(null)
  /** Taking it over is asked about twice. */
  takingOver = $state(false)
  /** The project's file was changed by another program, and it is asked whether to replace it. */
  changedOutside = $state(false)
  /** The clip whose film has to be found, while that is asked. */
  lostClip = $state<string | null>(null)
  /** How many clips were asked for; tells an opening that a later one overtook it. */
  #openings = 0
  /** How often the project was closed: what was on its way into one that is gone is no error. */
  #closings = 0
  /**
   * What is said of the film in view, which it is no more of the next one: gone when another is in view, or the same at
   * another rate.
   */
  #ofThisFilm: number[] = []
  /** Why what was wished for last could not be opened. */
  #notOpened: number[] = []
  /** Why the project could not be saved when that was wished for last. */
  #notSaved: number[] = []
  /** Of what was said, that frames of it could not be had. */
  #ofItsReading: number[] = []
  /** Of that, what is over as soon as any frame is there. */
  #ofItsOpening: number[] = []

  constructor(private readonly editor: Editor) {}

  /** Something is being opened or closed. */
  get busy(): boolean {
    return this.#isOpening || this.closing
  }

  /** Something is asked about a project's file. */
  get isAsking(): boolean {
    return this.inUse !== null || this.changedOutside
  }

  /** They were answered, or what was asked about is not open any more. */
  forgetQuestions(): void {
    this.inUse = null
    this.takingOver = false
    this.changedOutside = false
  }

  async refreshRecent(): Promise<void> {
    this.recent = await ask('recentFootage')
  }

  async choose(): Promise<void> {
    await this.editor.attempt(async () => {
      const path = await ask('chooseFootage')
      if (path) await this.open(path)
    })
  }

  /** Opens a project, or puts a film into the open one. What is open stays where that fails. The latest wish wins. */
  async open(path: string, newProject = false, how: OpenManner = 'own'): Promise<void> {
    this.#forgetFailures()
    await this.#open(path, newProject, how)
  }

  /** Opens one after the other; each that can not be opened is said, and keeps none of the others from it. */
  async openAll(paths: readonly string[]): Promise<void> {
    this.#forgetFailures()
    const closings = this.#closings
    for (const path of paths) if (closings === this.#closings) await this.#open(path)
  }

  /** Whoever tries something else has read why the last did not open: it would only cover the picture. */
  #forgetFailures(): void {
    for (const notice of this.#notOpened) this.editor.notices.dismiss(notice)
    this.#notOpened = []
  }

  async #open(path: string, newProject = false, how: OpenManner = 'own'): Promise<void> {
    if (this.#closed) await this.#closed
    await this.#opening(async (isOvertaken) => {
      // A film is put into the project; a project takes its place.
      if (newProject || isProject(path)) await this.#allMade()
      if (isOvertaken()) return null
      const clip = await ask('openPath', { path, newProject, how }).catch((error: unknown) => {
        if (!(error instanceof UserError) || error.code !== 'project-in-use') throw error
        if (!isOvertaken()) this.inUse = path
        throw new UserError('cancelled', error.said, noWords)
      })
      await this.editor.project.refresh()
      await this.refreshRecent()
      return clip
    })
    // What was open stays so, but its film had been let go of.
    if (this.inUse !== null && this.editor.film) await this.show(this.editor.film.id, true)
  }

  /** Begins a project without films. */
  async begin(): Promise<void> {
    if (this.#closed) await this.#closed
    await this.#opening(async (isOvertaken) => {
      await this.#allMade()
      if (!isOvertaken()) await ask('newProject')
      return null
    })
  }

  async sample(): Promise<void> {
    if (this.#closed) await this.#closed
    await this.#opening(async (isOvertaken) => {
      await this.#allMade()
      if (isOvertaken()) return null
      await ask('openSampleProject')
      const state = await this.editor.project.refresh()
      return state?.project.clips.at(-1)?.id ?? null
    })
  }

  /** Shows another clip of the project. @param again even if it is in view: its film is another one */
  show(id: string, again = false): Promise<void> {
    const shown = this.#opening(() => Promise.resolve(id), again)
    this.opening = id
    return shown
  }

  /** @param find is told whether something else was wished for since; what has not been asked of main by then is not */
  async #opening(find: (isOvertaken: () => boolean) => Promise<string | null>, again = false): Promise<void> {
    const opening = ++this.#openings
    this.opening = null
    const closings = this.#closings
    this.#isOpening = true
    try {
      const clip = await find(() => opening !== this.#openings || closings !== this.#closings)
      if (opening === this.#openings) {
        this.opening = clip
        if (clip === null) this.leave()
        else if (again || clip !== this.editor.film?.id || this.editor.film.clip === null)
          await this.#enter(clip, opening)
        else await this.renew(clip)
      }
    } catch (error) {
      // Into a project that is being closed nothing comes any more.
      if (closings === this.#closings) {
        this.#sayNotOpened(error)
        if (this.opening !== null) await this.#enterAnother(this.opening, opening, error)
      }
    }
    if (opening === this.#openings) {
      this.#isOpening = false
      this.opening = null
    }
    this.editor.refreshPicture()
  }

  #sayNotOpened(error: unknown): void {
    const notice = this.editor.notices.fail(error)
    if (notice !== null) this.#notOpened.push(notice)
  }

  /** Where no film of the project is in view, one that can not be opened keeps nobody from the others. */
  async #enterAnother(failed: string, opening: number, why: unknown): Promise<void> {
    const closings = this.#closings
    // Without the engine none of them opens.
    if (why instanceof UserError && ['engine-stopped', 'cancelled'].includes(why.code)) return
    for (const { id } of this.editor.project.document?.clips ?? []) {
      if (id === failed) continue
      if (opening !== this.#openings || closings !== this.#closings || this.editor.clip) return
      this.opening = id
      await this.#enter(id, opening, false).catch((error: unknown) => {
        if (closings === this.#closings) this.#sayNotOpened(error)
      })
    }
    // What is in view still was taken out of the project.
    if (opening === this.#openings && !this.editor.clip) this.leave()
  }

  /** @param asks whether it is asked for where it is not where it was */
  async #enter(id: string, opening: number, asks = true): Promise<void> {
    const found = await this.#found(id, asks)
    if (!found || opening !== this.#openings || !this.#isInProject(id)) return
    const { film, info, present, times } = found
    film.present = present
    this.leave(id)
    this.editor.film = film
    this.editor.measures.clear(info.frameCount)
    this.editor.followDocument()
    void this.editor.attemptOf(film, () => this.editor.pinning.suggest(film))
    this.editor.playback.load(info.frameCount, info.rate, times, this.editor.places.frameOf(id))
    this.editor.playback.range = this.editor.clip?.inOut ?? null
    this.editor.viewer.load(...film.shownSize)
    this.#ofThisFilm = info.warnings.map((warning) => this.editor.notices.warn(inWords(warning)))
    void this.editor.attemptOf(film, () => this.#warnOfChange(film))
    // It was asked of the film that was in view before.
    if (this.editor.dialog === 'rate') this.editor.dialog = null
    if (info.rateFrom === 'assumed' && this.editor.dialog === null) this.editor.dialog = 'rate'
  }

  /** Null where the clip can not be looked at; where its film is not to be had, that is asked for. */
  async #found(id: string, asks: boolean, tries = TRIES): Promise<FoundClip | null> {
    try {
      return await this.#find(id)
    } catch (error) {
      // Undo may have taken the clip out while it was being opened, and redo may have brought it back.
      await this.editor.project.refresh()
      if (!this.#isInProject(id)) return null
      if (!(error instanceof UserError)) throw error
      if (error.code === 'not-found' && tries > 1) return this.#found(id, asks, tries - 1)
      if (error.code !== 'footage-missing' && error.code !== 'footage-changed') throw error
      if (asks) this.askWhereItIs(id)
      return null
    }
  }

  /** What is to be known of a clip before it is in view. */
  async #find(id: string): Promise<FoundClip> {
    const info = await ask('openClip', id)
    const film = new OpenFilm(info)
    const times = info.variableRate ? await ask('frameTimes', id) : null
    // Last: nobody hears of frames that are finished after this and before the film is in view.
    const present = await ask('coloredRanges', id)
    return { film, info, present, times }
  }

  #isInProject(id: string): boolean {
    return this.editor.project.clip(id) !== undefined
  }

  /** The film of a clip is not where it was. */
  askWhereItIs(id: string): void {
    this.lostClip = id
    this.editor.dialog = 'relink'
  }

  /** Edits and colors belong to frames by number: another film in the place of the old one may not fit them. */
  async #warnOfChange(film: OpenFilm): Promise<void> {
    const { state } = await ask('clipFootage', film.id)
    if (state === 'changed' && this.editor.film === film) {
      this.#ofThisFilm.push(this.editor.notices.warn(text.comfort.changed(film.info.name), text.comfort.changedAdvice))
    }
  }

  /** The film in view was opened anew, or is asked for once more: it may be another one by now, under the same name. */
  async renew(id: string): Promise<void> {
    const info = await ask('reopenClip', id)
    const { film } = this.editor
    if (film?.id !== id) return
    if (JSON.stringify(info) !== JSON.stringify(film.info)) return this.show(id, true)
    this.canShowAgain()
    this.editor.outdate({ from: 0, to: info.frameCount })
  }

  /** A frame of the film in view could not be had. */
  cannotShow(error: unknown): void {
    const notice = this.editor.notices.fail(error)
    if (notice === null) return
    const isNotOpen = error instanceof UserError && error.code === 'not-found'
    ;(isNotOpen ? this.#ofItsOpening : this.#ofItsReading).push(notice)
  }

  /** A frame of the film in view is there: it is open. */
  hasShown(): void {
    for (const notice of this.#ofItsOpening) this.editor.notices.dismiss(notice)
    this.#ofItsOpening = []
  }

  /** The film in view can be read again: that it could not is not true any more. */
  canShowAgain(): void {
    for (const notice of this.#ofItsReading) this.editor.notices.dismiss(notice)
    this.#ofItsReading = []
    this.hasShown()
  }

  /** No clip is in view any more. @param next which one will be, a moment later */
  leave(next: string | null = null): void {
    const { film, playback, places } = this.editor
    if (film && film.id !== next) {
      this.editor.leaveDialog('film')
      this.editor.forgetRefusal()
    }
    if (film) places.remember(film.id, playback.frame)
    this.editor.film = null
    for (const notice of this.#ofThisFilm) this.editor.notices.dismiss(notice)
    this.#ofThisFilm = []
    this.canShowAgain()
    this.editor.clearPictures()
    this.editor.sound.leave()
    this.editor.soundPeaks.clear()
    this.editor.exporting.leave()
    this.editor.thumbnails.clear()
    this.editor.measures.clear(0)
    this.editor.pinning.suggestion = null
    this.editor.playback.load(1, { num: 24, den: 1 })
  }

  /** Takes the clip in view out of the project; undo brings it back with all its edits. */
  async remove(): Promise<void> {
    const { film, coloring } = this.editor
    if (!film) return
    const { id, info } = film
    const name = this.editor.clip?.name ?? info.name
    // It ends with the film, and does not go on by itself when that comes back.
    const cancelled = coloring.ending
    if ((await this.editor.edit({ type: 'remove-clip', clip: id })) && cancelled !== null)
      this.editor.notices.tell(text.about(name, cancelled))
  }

  /** Closes the project; its edits are kept, saved or not. What is opened meanwhile is opened after that. */
  close(): Promise<void> {
    this.closing = true
    this.#closed ??= this.#close().finally(() => {
      this.closing = false
      this.#closed = null
    })
    return this.#closed
  }

  async #close(): Promise<void> {
    const clip = this.editor.film?.id
    // First here: what is on its way for a film that is gone by then, or into the project, is no error.
    this.#closings++
    this.leave()
    const closed = await this.editor.attempt(async () => {
      await this.#allMade()
      await ask('closeProject', 'keep')
      await this.refreshRecent()
    })
    if (!closed && clip) await this.show(clip)
  }

  /** Whoever pins a frame and leaves the project at once has pinned it. */
  async #allMade(): Promise<void> {
    this.editor.takeTyped('project')
    let timer: ReturnType<typeof setTimeout> | undefined
    const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))
    await Promise.race([enough, this.editor.steps.allMade()])
    clearTimeout(timer)
  }

  /** What was drawn and edited is to be saved as well; a color that is still being picked keeps nobody from it. */
  async #allDrawn(): Promise<void> {
    await this.editor.tools.live.settled()
    await this.editor.project.settled()
  }

  /** Saves, asking for a place where the project has none yet. */
  async save(replaceChanged = false): Promise<void> {
    const of = this.editor.project.document?.id
    await this.#saving(async () => {
      await this.#allDrawn()
      const saved = await ask('saveProject', { replaceChanged }).catch((error: unknown) => {
        if (!(error instanceof UserError) || error.code !== 'project-changed') throw error
        // Another project may have been opened meanwhile: it would be saved in place of the one that is asked about.
        this.changedOutside = this.editor.project.document?.id === of
        return null
      })
      if (saved === false) return this.#saveInNewPlace()
      if (saved) this.editor.notices.tell(text.project.saved)
      return saved === true
    })
  }

  /** Tries once more to write the edits that could not be written. */
  async writeAgain(): Promise<void> {
    await this.editor.attempt(async () => {
      if (await ask('writeEdits')) this.editor.notices.tell(text.project.written)
    })
  }

  async saveAs(): Promise<void> {
    await this.#saving(() => this.#saveInNewPlace())
  }

  /** Why it failed is said until it is tried once more. */
  async #saving(work: () => Promise<boolean>): Promise<void> {
    try {
      if (await work()) this.#forgetNotSaved()
    } catch (error) {
      this.#forgetNotSaved()
      const notice = this.editor.failOfProject(error)
      if (notice !== null) this.#notSaved.push(notice)
    }
  }

  #forgetNotSaved(): void {
    for (const notice of this.#notSaved) this.editor.notices.dismiss(notice)
    this.#notSaved = []
  }

  /** @returns whether it was: a place need not be chosen */
  async #saveInNewPlace(): Promise<boolean> {
    const of = this.editor.project.document?.id
    const path = await ask('chooseProjectTarget')
    // Another project may have been opened by a second start: it is not what was to be saved there.
    if (!path || this.editor.project.document?.id !== of) return false
    await this.#allDrawn()
    await ask('saveProjectAs', path)
    await this.refreshRecent()
    this.editor.notices.tell(text.project.saved)
    return true
  }

  async clearRecent(): Promise<void> {
    await this.editor.attempt(async () => {
      await ask('clearRecentFootage')
      this.recent = []
    })
  }
}
