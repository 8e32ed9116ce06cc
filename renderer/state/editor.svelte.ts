/** The whole of the window's state and what can be done with it. Components draw it and call it. */
import { isSameRate } from '../../electron/contract/frameRate.ts'
import { isPicture } from '../../electron/contract/fileEndings.ts'
import type { FrameReply } from '../../electron/contract/frames.ts'
import type { JobEntry } from '../../electron/contract/jobs.ts'
import type { Preferences } from '../../electron/contract/preferences.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import { filmOf, type Clip, type FrameEdit } from '../../electron/contract/projectDocument.ts'
import type { ProjectEvents } from '../../electron/contract/projectEvents.ts'
import type { EngineStatus, FrameRange, JobProgress, Rational } from '../../electron/contract/schemas.ts'
import { UserError, type UserErrorCode } from '../../electron/contract/userError.ts'
import type { DrawnPicture } from '../gl/standInPicture.ts'
import { thumbnailPicture } from '../gl/thumbnailPicture.ts'
import { ask, onStudio } from '../studio.ts'
import { Sound } from '../sound/sound.svelte.ts'
import { ToolState } from '../tools/toolState.svelte.ts'
import { nextOddFrame } from '../../electron/contract/flicker.ts'
import { Measures } from '../timeline/measures.svelte.ts'
import { SoundPeaks } from '../timeline/soundPeaks.svelte.ts'
import { text } from '../text/catalog.ts'
import { inWords } from '../text/sentences.ts'
import { Clips } from './clips.ts'
import { Coloring } from './coloring.svelte.ts'
import { Cutting } from './cutting.ts'
import { isAbout, type DialogName, type DialogSubject } from './dialogs.ts'
import { Exporting } from './exporting.svelte.ts'
import { Exports } from './exports.svelte.ts'
import { OpenFilm } from './film.svelte.ts'
import { Files } from './files.svelte.ts'
import { FrameSource, onFramesPort } from './frameSource.ts'
import { Jobs } from './jobs.svelte.ts'
import { Looks } from './looks.svelte.ts'
import { Marking } from './marking.ts'
import { Moving } from './moving.ts'
import { Notices } from './notices.svelte.ts'
import { Pictures } from './pictures.svelte.ts'
import { Pinning } from './pinning.svelte.ts'
import { Places } from './places.ts'
import { Playback } from './playback.svelte.ts'
import { ProjectMirror } from './project.svelte.ts'
import { includesFrame, unite } from '../../electron/contract/ranges.ts'
import { Startup } from './startup.ts'
import { THUMB_SIDE, Thumbnails } from './thumbnails.svelte.ts'
import { UndoSteps } from './undoSteps.ts'
import { Viewer, type CompareMode } from './viewer.svelte.ts'
import { WorkNews } from './workNews.ts'

/** What is done to the picture is to be seen: 'before edits' ends with it. */
const CHANGES_PICTURES: ReadonlySet<ProjectCommand['type']> = new Set([
  ...(['add-operation', 'replace-operation', 'extend-stroke', 'remove-operation', 'move-operation'] as const),
  ...(['clear-frame', 'copy-operations', 'set-look', 'change-named-color'] as const),
])

/** Nothing is lost or broken by what is refused so: a row of them would only cover the picture. */
const REFUSALS: ReadonlySet<UserErrorCode> = new Set(['edit-refused', 'bad-argument'])

/** Changes of colors come in crowds; what is at hand is asked for once they have passed. */
const PRESENT_DELAY_MS = 60

export class Editor {
  readonly playback = new Playback()
  readonly viewer = new Viewer()
  readonly jobs: Jobs = new Jobs(() => this.film?.id ?? null)
  readonly exports = new Exports()
  readonly notices = new Notices()
  readonly frames = new FrameSource()
  readonly places = new Places()
  readonly project = new ProjectMirror(
    ask,
    (error) => void this.failOfProject(error),
    () => this.followDocument(),
  )
  readonly thumbnails = new Thumbnails<ImageBitmap>(
    (frame) => (this.film ? this.frames.thumb(this.film.id, frame, THUMB_SIDE) : Promise.resolve(null)),
    (reply) => {
      const { data, width, height } = thumbnailPicture(reply, this.film?.orientation)
      return createImageBitmap(new ImageData(data, width, height))
    },
  )
  readonly measures = new Measures((range) => ask('measures', { clip: this.film!.id, range }))
  readonly soundPeaks = new SoundPeaks((part) => this.frames.peaks({ footageId: this.film!.id, ...part }))
  engine = $state<EngineStatus>({ state: 'starting' })
  preferences: Preferences
  film = $state<OpenFilm | null>(null)
  dialog = $state<DialogName | null>(null)
  #inspector = $state(true)
  #scopes = $state(false)
  /** What the pointer holds in the timeline, or in the strip of films, until it is let go or given up. */
  dragged: { readonly giveUp: () => void } | null = null
  /** The list of all work is shown. */
  work = $state(false)
  #presentTimer: ReturnType<typeof setTimeout> | null = null
  /** The open project has no film just now. */
  #isEmpty = false
  /** Notices about the open project, and of what could not be done in it. */
  #ofThisProject: number[] = []
  /** Those of them that ask for a place for it. */
  #untilSaved: number[] = []
  /** Why what was wished for last is not to be had as things are. */
  #refusal: number | null = null
  /** That the engine does not run. */
  #ofTheEngine: number | null = null
  /** The engine was given up, and has closed all films. */
  #isGivenUp = false
  /** The film in view is being opened in the engine that takes the place of that. */
  #reopening: Promise<void> | null = null

  readonly steps: UndoSteps = new UndoSteps(this)
  readonly sound: Sound = new Sound(this)
  readonly files = new Files(this)
  readonly exporting: Exporting = new Exporting(this)
  readonly clips: Clips = new Clips(this)
  readonly coloring = new Coloring(this)
  readonly pinning = new Pinning(this)
  readonly cutting = new Cutting(this)
  readonly looks: Looks = new Looks(this)
  readonly marking: Marking = new Marking(this)
  readonly moving: Moving = new Moving(this)
  readonly #workNews = new WorkNews(this)
  readonly #startup = new Startup(this, {
    engineStatus: (status) => this.#engineChanged(status),
    jobsChanged: (entries) => this.#workNews.jobsChanged(entries),
    exportsChanged: (entries) => this.#workNews.exportsChanged(entries),
  })
  readonly #pictures: Pictures = new Pictures(
    this.frames,
    this.playback,
    this.viewer,
    () => this.film,
    (error) => this.files.cannotShow(error),
    () => this.files.hasShown(),
  )

  constructor(preferences: Preferences) {
    this.preferences = $state.raw(preferences)
    this.#inspector = preferences.inspector
    this.#scopes = preferences.scopes
    this.viewer.mode = preferences.viewMode
  }

  get inspector(): boolean {
    return this.#inspector
  }

  /** As it is left, the window is at the next start. */
  set inspector(inspector: boolean) {
    this.#inspector = inspector
    void this.changePreferences({ inspector })
  }

  get scopes(): boolean {
    return this.#scopes
  }

  set scopes(scopes: boolean) {
    this.#scopes = scopes
    void this.changePreferences({ scopes })
  }

  /** The frame in the viewer; stays while the next one is fetched, so that nothing flickers. */
  get picture(): FrameReply | null {
    return this.#pictures.shown
  }

  /** What is drawn in the place of the picture until the frame in view is there. */
  get standIn(): DrawnPicture | null {
    return this.#pictures.standIn
  }

  /** What the picture is compared with in 'difference' and 'onion'. */
  get other(): FrameReply | null {
    return this.#pictures.other
  }

  /** The clip in view, as the document has it. */
  get clip(): Clip | null {
    return this.film?.clip ?? null
  }

  /** Of the film in view; without one the usual one of films. */
  get rate(): Rational {
    return this.film?.info.rate ?? { num: 24, den: 1 }
  }

  /** What the tools draw goes to the frame in view. */
  readonly tools = new ToolState({
    project: {
      begin: (edit) => this.project.begin(edit),
      edit: (command, edit) => this.edit(command, edit),
      commit: (edit) => this.project.commit(edit),
      cancel: (edit) => this.project.cancel(edit),
    },
    place: () =>
      this.film
        ? { clip: this.film.id, frame: this.playback.frame, operations: this.frameEdit?.operations ?? [] }
        : null,
    pick: async (place) => {
      const { film } = this
      if (!film) return null
      let color: { u: number; v: number } | null = null
      const wish = { clip: film.id, frame: this.playback.frame, place, radius: 0.004 }
      await this.attemptOf(film, async () => {
        color = await ask('pickColor', wish)
        if (!color) this.tellOf(film, text.tools.noColorHere)
      })
      return color
    },
    aspect: () => (this.film ? this.film.info.width / this.film.info.height : 1),
    namedColor: (id) => this.project.document?.namedColors.find((color) => color.id === id),
  })

  /** What the artist has done to the frame in view. */
  get frameEdit(): FrameEdit | undefined {
    return this.film?.editOf(this.playback.frame)
  }

  /** Takes what is being typed, before that which it is about goes: the page knows its fields. */
  endTyping: () => void = () => undefined

  /** A dialog or a question lies over the window: keys are not meant for what is behind it. */
  get isCovered(): boolean {
    return this.dialog !== null || this.files.isAsking
  }

  /** What the list of all work has beside exports: what one of these is looked through for stands with it. */
  get listedJobs(): JobEntry[] {
    return this.jobs.entries.filter(({ exported }) => !this.exports.find(exported ?? ''))
  }

  /** Takes what is typed about what is to go, and what is typed over the picture. */
  takeTyped(about: DialogSubject): void {
    if (this.dialog === null || isAbout(this.dialog, about)) this.endTyping()
  }

  /** What the dialog is about goes out of view. */
  leaveDialog(about: DialogSubject): void {
    this.takeTyped(about)
    if (this.dialog !== null && isAbout(this.dialog, about)) this.dialog = null
  }

  /** Subscribes to main and asks for where things stand. @returns the function that ends it */
  start(): () => void {
    const ends = [
      ...this.#startup.listen(),
      onStudio('jobProgress', (progress) => this.#jobChanged(progress)),
      onStudio('filmBack', ({ clip }) => this.#filmBack(clip)),
      onStudio('framesChanged', ({ clip, from, to }) => this.#framesChanged(clip, { from, to })),
      onStudio('projectReplaced', (replaced) => this.#projectReplaced(replaced)),
      onStudio('projectChanged', (changed) => void this.project.changed(changed)),
      onStudio('projectNotice', (notice) => this.#projectNotice(notice)),
      onStudio('preferencesChanged', (preferences) => (this.preferences = preferences)),
      onStudio('trouble', (error) => this.notices.fail(error)),
      onStudio('openRequested', () => void this.#startup.openLaunched()),
      onFramesPort((port) => {
        this.frames.connect(port)
        this.refreshPicture()
      }),
    ]
    void this.#startup.begin()
    return () => ends.forEach((end) => end())
  }

  /**
   * Runs something that may fail, and tells the artist when it does.
   * @param of the clip that it is done to: one that is in the project no more needs nothing
   * @returns whether it went well
   */
  async attempt(work: () => Promise<unknown>, of?: string): Promise<boolean> {
    // Another film may be in view by the time that this one is found to be away.
    const clip = of ?? this.film?.id
    try {
      await work()
      return true
    } catch (error) {
      if (of !== undefined && !this.project.clip(of)) return false
      if (
        error instanceof UserError &&
        error.code === 'footage-missing' &&
        clip !== undefined &&
        this.project.clip(clip)
      )
        this.files.askWhereItIs(clip)
      else if (clip === undefined) this.notices.fail(error)
      else this.failOfProject(error)
      return false
    }
  }

  /** Tells what could not be done in the open project for as long as that is open. @returns see Notices.fail */
  failOfProject(error: unknown): number | null {
    const notice = this.notices.fail(error)
    if (notice !== null && notice !== this.#ofTheEngine) this.#ofThisProject.push(notice)
    if (notice !== null && error instanceof UserError && REFUSALS.has(error.code)) this.forgetRefusal(notice)
    return notice
  }

  /** The next refusal, or another film, takes its place. @param next which one stands instead */
  forgetRefusal(next: number | null = null): void {
    if (this.#refusal !== null && this.#refusal !== next) this.notices.dismiss(this.#refusal)
    this.#refusal = next
  }

  /** The same of what is asked of a film by the way: once it is out of view, nobody wants to know what went wrong. */
  async attemptOf(film: OpenFilm, work: () => Promise<unknown>): Promise<void> {
    await this.attempt(
      () =>
        work().catch((error: unknown) => {
          if (film === this.film && film.clip !== null) throw error
        }),
      film.id,
    )
  }

  /** Tells of a film, with its name where another one is in view by now. */
  tellOf(film: OpenFilm, words: string): void {
    const name = this.project.clip(film.id)?.name ?? film.info.name
    this.notices.tell(this.film?.id === film.id ? words : text.about(name, words))
  }

  async changePreferences(changes: Partial<Preferences>): Promise<void> {
    // What the artist does next goes by it already.
    this.preferences = { ...this.preferences, ...changes }
    await this.attempt(async () => (this.preferences = await ask('changePreferences', changes)))
  }

  /** An edit of the document; tells the artist when it is refused. @returns whether it was made */
  edit(command: ProjectCommand, edit?: string): Promise<boolean> {
    if (CHANGES_PICTURES.has(command.type)) this.viewer.leaveBeforeEdits()
    this.#wakeEngine()
    return this.project.edit(command, edit)
  }

  /**
   * Films dropped on the window open, those of a folder and sequences of pictures as well; a single picture dropped on
   * an open film is pinned to the frame in view.
   */
  async drop(files: readonly File[]): Promise<void> {
    // The film may run on, or go out of view, meanwhile.
    const { inView } = this.pinning
    const paths = (await Promise.all(files.map((file) => window.studio.pathForFile(file)))).filter(Boolean)
    const [first, ...others] = paths
    if (first === undefined) return
    if (inView && others.length === 0 && isPicture(first)) {
      await this.pinning.pinPicture(first, inView)
      return
    }
    await this.attempt(async () => this.files.openAll(await ask('filmsAmong', paths)))
  }

  /** Nothing is in view any more. */
  clearPictures(): void {
    this.#pictures.clear()
  }

  /** Asks the engine for the frame in view, at the size it is shown. */
  refreshPicture(): void {
    this.#pictures.refresh()
  }

  /** What is selected, and nothing else: pressed twice, the key must not take away the pin as well. */
  removeObject(): void {
    const { selectedOperation } = this.tools
    if (selectedOperation) return this.tools.remove(selectedOperation.id)
    const isPinned = this.film?.isPinned(this.playback.frame) ?? false
    this.notices.tell(isPinned ? text.tools.onlyPinHere : text.tools.noneSelected)
  }

  /** The same where the artist has gone to another frame, or looks at it otherwise. */
  wantPicture(): void {
    this.refreshPicture()
    this.#wakeEngine()
  }

  /** One that was given up is started by the next thing that the artist does; it opens the film in view anew. */
  #wakeEngine(): void {
    const { film } = this
    if (!film || this.engine.state !== 'failed' || this.engineIsBroken) return
    void this.#reopen(film)
  }

  #reopen(film: OpenFilm): Promise<void> {
    this.#reopening ??= this.attemptOf(film, () => this.files.renew(film.id)).finally(() => (this.#reopening = null))
    return this.#reopening
  }

  /** One step out of whatever is under way: a stroke, full screen, a tool, a coloring. */
  async escape(): Promise<void> {
    if (this.dragged) this.dragged.giveUp()
    else if (this.tools.inHand) await this.tools.giveUp()
    else if (document.fullscreenElement) await document.exitFullscreen()
    else if (this.tools.tool !== 'view') this.tools.choose('view')
    else await this.coloring.cancel()
  }

  /** To the next frame whose colors jump away from its neighbors'. */
  async goToFlicker(direction: 1 | -1): Promise<void> {
    const { film } = this
    if (!film?.clip) return
    await this.attempt(async () => {
      await this.measures.ensure({ from: 0, to: film.info.frameCount })
      if (this.film !== film) return
      const { oddFrames } = this.measures.curves(film.clip?.shots ?? [])
      const next = nextOddFrame(oddFrames, this.playback.frame, direction)
      if (next === null) this.notices.tell(text.timeline.noFlicker)
      else this.playback.seek(next)
    })
  }

  /** In and out are part of the document, so that undo knows them and the next start, too. */
  async mark(change: (playback: Playback) => void): Promise<void> {
    const { film } = this
    if (!film) return
    const { range: before } = this.playback
    change(this.playback)
    const { range } = this.playback
    if (!before && !range) return this.notices.tell(text.transport.noMarks)
    await this.edit({ type: 'set-in-out', clip: film.id, range: range && { from: range.from, to: range.to } })
  }

  /** How the picture is compared from now on. */
  compare(mode: CompareMode): void {
    const { film, playback, viewer, notices } = this
    viewer.mode = mode
    void this.changePreferences({ viewMode: mode })
    if (mode === 'onion' && film && film.nearestPin(playback.frame) === null) notices.tell(text.view.onionWithoutPin)
  }

  /** Films know their rate; of pictures it is the artist who does. */
  askForRate(): void {
    if (this.film?.info.rateFrom) this.dialog = 'rate'
    else this.notices.tell(text.comfort.rateOfFilm)
  }

  /** Nothing that the artist does starts it again. */
  get engineIsBroken(): boolean {
    return this.engine.state === 'failed' && this.engine.error.code !== 'engine-stopped'
  }

  #engineChanged(status: EngineStatus): void {
    const before = this.engine.state
    this.engine = status
    if (status.state === 'ready') {
      if (this.#ofTheEngine !== null) this.notices.dismiss(this.#ofTheEngine)
      this.#ofTheEngine = null
      void this.#connectFrames()
      if (before === 'restarting') this.notices.tell(text.engine.restarted)
    } else if (status.state === 'failed') {
      this.#isGivenUp = true
      this.#ofTheEngine = this.notices.fail(status.error)
    }
  }

  /** After one that was given up, the film in view is opened before frames of it are asked for. */
  async #connectFrames(): Promise<void> {
    const isGivenUp = this.#isGivenUp
    this.#isGivenUp = false
    if (isGivenUp && this.film) await this.#reopen(this.film)
    await this.attempt(() => ask('connectFrames'))
  }

  #jobChanged(progress: JobProgress): void {
    if (progress.footageId !== this.film?.id) return
    if (progress.damaged) this.film.damaged = progress.damaged
    if (progress.kind !== 'colorize') return
    for (const range of progress.finished) {
      this.film.markFinished(range)
      // It may have been colored before, by pins that are others by now.
      this.thumbnails.outdate(range)
      this.measures.outdate(range)
      if (includesFrame([range], this.playback.frame)) this.refreshPicture()
    }
    if (!this.jobs.colorizing) {
      // From now on the document knows.
      this.film.fresh = []
      this.#askForPresent()
    }
  }

  /** A film that was away is there again: what could not be shown is asked for anew. */
  #filmBack(clip: string): void {
    const { film } = this
    if (film?.id === clip) void this.attemptOf(film, () => this.files.renew(clip))
  }

  #framesChanged(clip: string, range: FrameRange): void {
    if (clip === this.film?.id) this.outdate(range)
  }

  /** These frames of the film in view are to be fetched again. */
  outdate(range: FrameRange): void {
    if (includesFrame([range], this.playback.frame)) this.refreshPicture()
    this.thumbnails.outdate(range)
    this.measures.outdate(range)
    this.#askForPresent()
  }

  #askForPresent(): void {
    this.#presentTimer ??= setTimeout(() => {
      this.#presentTimer = null
      const { film } = this
      if (!film) return
      void this.attemptOf(film, async () => {
        // What has been finished meanwhile is there as well, though the answer may not know.
        film.present = unite([...(await ask('coloredRanges', film.id)), ...film.fresh])
        await this.pinning.suggest(film)
      })
    }, PRESENT_DELAY_MS)
  }

  #projectReplaced(replaced: ProjectEvents['projectReplaced']): void {
    this.leaveDialog('project')
    this.project.replaced(replaced)
    this.files.leave()
    this.files.forgetQuestions()
    for (const notice of this.#ofThisProject) this.notices.dismiss(notice)
    const { state } = replaced
    this.#isEmpty = state?.project.clips.length === 0
    this.#ofThisProject = (state?.notices ?? []).map((notice) => this.notices.warn(inWords(notice)))
    this.#untilSaved = state?.isCopy ? this.#ofThisProject.slice(-1) : []
    if (state && state.recovered > 0) this.notices.tell(text.project.recovered(state.recovered))
  }

  #projectNotice({ message, advice, untilSaved }: ProjectEvents['projectNotice']): void {
    const notice = this.notices.warn(inWords(message), inWords(advice))
    this.#ofThisProject.push(notice)
    if (untilSaved) this.#untilSaved.push(notice)
  }

  /** What the window holds beside the document follows it: the clip in view, its coverage, and its marked range. */
  followDocument(): void {
    const { film, project } = this
    if (project.status?.path) {
      for (const notice of this.#untilSaved) this.notices.dismiss(notice)
      this.#untilSaved = []
    }
    const wasEmpty = this.#isEmpty
    this.#isEmpty = project.document?.clips.length === 0
    // An undo or redo has brought films back; one that is being opened comes into view by itself.
    if (!film && wasEmpty && project.document && !this.#isEmpty && !this.files.busy)
      void this.#startup.showLastView(project.document)
    if (!film) return
    const clip = project.document?.clips.find((each) => each.id === film.id) ?? null
    const before = film.clip
    film.clip = clip
    film.takeCoverage(project.coverage.get(film.id) ?? null)
    if (clip && before && clip.inOut !== before.inOut) this.playback.range = clip.inOut
    // It was linked with another film, pictures of it were replaced, or it runs at another rate.
    if (
      clip &&
      before &&
      (filmOf(clip.footage) !== filmOf(before.footage) || !isSameRate(clip.artistRate, before.artistRate))
    ) {
      // What is drawn on another film's picture is of no use: it goes from view, whether the right one is there or not.
      if (clip.footage.hash !== before.footage.hash) this.files.leave()
      void this.files.show(clip.id, true)
    }
    // The clip in view was taken out of the project (or its adding undone): another takes its place.
    if (!clip && before) {
      const next = project.document?.clips[0]
      if (next) void this.files.show(next.id)
      else this.files.leave()
    }
  }
}
