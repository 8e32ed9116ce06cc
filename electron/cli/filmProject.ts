/**
 * The film of a command line as a project in memory, made for it or read: what the engine is told of it is what the
 * window would tell.
 */
import { randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import type { AlikeOrder } from '../contract/alike.ts'
import type { ExportAccount } from '../contract/exportAccount.ts'
import type { FilmEdits } from '../contract/filmEdits.ts'
import type { FoundShots } from '../contract/foundShots.ts'
import type { AssetId } from '../contract/operations.ts'
import { noOriginals, type Originals } from '../contract/originals.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Clip, Project, Shot } from '../contract/projectDocument.ts'
import type { FootageInfo, FrameRange, Keyframe, Rational } from '../contract/schemas.ts'
import { listed, sentence, type Sentence } from '../contract/sentence.ts'
import { shotPieces } from '../contract/shotNumbers.ts'
import { UserError } from '../contract/userError.ts'
import { AssetFolder, assetIdOf } from '../project/disk/assets.ts'
import { runCommand } from '../project/commands/commands.ts'
import { createProject, pinsOf } from '../project/document.ts'
import { exportAccount } from '../project/exportAccount.ts'
import { editsOf } from '../project/passes/filmEdits.ts'
import { linkFootage, locateFootage, lookAgain } from '../project/films/footageLink.ts'
import { KnownRuns } from '../project/films/knownRuns.ts'
import { loadProject } from '../project/disk/loadProject.ts'
import { originalsOf } from '../project/films/originals.ts'
import { assetsFolder } from '../project/disk/projectFiles.ts'
import { findPinsElsewhere, type FoundElsewhere } from '../project/passes/pinsElsewhere.ts'
import { pinsNear, shotsWithoutPin } from '../project/passes/shotsWithoutPin.ts'
import { shotFiles, type ShotFile, type ShotFilesWish } from '../project/shotFiles.ts'

const CLIP = 'film'

type AlikeQuestion = Pick<AlikeOrder, 'shots' | 'pins' | 'elsewhere'> & Pick<FoundElsewhere, 'leftOut'>

export class FilmProject {
  #project: Project
  /** Files of colorings that were pinned on the way. */
  readonly #colorings = new Map<AssetId, string>()

  private constructor(
    project: Project,
    private readonly clipId: string,
    /** Where the project lies, which films are found by. */
    private readonly place: string,
    /** Where the film lies. */
    readonly film: string,
    /** What else belongs to the project, and is not to be written over. */
    readonly originals: Originals,
    private readonly pathOf: (asset: AssetId) => string,
    /** Names of the files that pictures came from, as far as they are known. */
    private readonly names: ReadonlyMap<AssetId, string>,
    /** What is to be known before: of pictures of the film that were replaced since, of edits. */
    readonly notices: readonly Sentence[],
    /** Throws UserError 'footage-changed' or 'footage-missing' where it is no longer what was found. */
    readonly checkFilm: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#project = project
  }

  /**
   * Of a film by itself. Throws UserError where the film or a picture can not be read.
   * @param cacheFolder where colors are kept, and what the runs of pictures are known by that they were made of
   */
  static async of(
    { path, name, frameCount, rate }: FootageInfo,
    keyframes: readonly Keyframe[],
    cacheFolder: string,
  ): Promise<FilmProject> {
    const pins = await Promise.all(
      keyframes.map(async (keyframe) => ({ ...keyframe, asset: await assetIdOf(keyframe.picturePath) })),
    )
    const { link: footage, notice } = await new KnownRuns(join(cacheFolder, 'runs')).recognize(
      await linkFootage(path, path),
    )
    // Its pictures stay where they are.
    const pictures = new Map(pins.map(({ asset, picturePath }) => [asset, picturePath]))
    const names = new Map(pins.map(({ asset, picturePath }) => [asset, basename(picturePath)]))
    const originals = { ...noOriginals, files: keyframes.map(({ picturePath }) => picturePath) }
    const project = createProject(randomUUID(), 'Command line')
    const notices = notice ? [notice] : []
    const made = new FilmProject(project, CLIP, path, path, originals, (id) => pictures.get(id)!, names, notices)
    made.#run({ type: 'add-clip', clip: CLIP, name, footage, frameCount, rate })
    for (const { frame, asset } of pins) made.#run({ type: 'pin', clip: CLIP, frame, base: { kind: 'picture', asset } })
    return made
  }

  /**
   * Of a reel of a project, as it would open: with what is not saved yet. Nothing is written to the project.
   * Throws UserError: those of loadProject, 'not-found' (the reel), 'footage-missing', 'footage-changed'.
   * @param reel its name; null for the only one there is
   */
  static async ofReel(path: string, reel: string | null): Promise<FilmProject> {
    const { project, notices } = await loadProject(path)
    const clip = chosenReel(project, path, reel)
    const film = await locateFootage(clip.footage, path, { search: true })
    const away = (): UserError =>
      new UserError(
        'footage-missing',
        sentence`The film of “${clip.name}” is not where it was.`,
        sentence`Bring it back, or open the project and say where it is now.`,
        clip.footage.absolutePath,
      )
    if (film.state === 'missing') throw away()
    const replacedBy = (at: string): UserError =>
      new UserError(
        'footage-changed',
        sentence`The film of “${clip.name}” is another one than the project was made for.`,
        sentence`Bring the film of before back, or open the project and link it anew.`,
        at,
      )
    if (film.state === 'changed') throw replacedBy(film.path)
    const { replaced: _, ...footage } = clip.footage
    const replaced = film.run?.replaced ?? []
    const now = { ...clip, footage: { ...footage, ...(replaced.length > 0 && { replaced: [...replaced] }) } }
    const clips = project.clips.map((each) => (each === clip ? now : each))
    const assets = new AssetFolder(assetsFolder(path))
    const originals = await originalsOf({ project, path })
    return new FilmProject(
      { ...project, clips },
      clip.id,
      path,
      film.path,
      originals,
      (id) => assets.pathOf(id),
      new Map(),
      notices,
      async () => {
        const state = await lookAgain(film, clip.footage)
        if (state === 'missing') throw away()
        if (state === 'changed') throw replacedBy(film.path)
      },
    )
  }

  /** Nobody has looked for its shots yet. */
  get lacksShots(): boolean {
    return this.#clip.cuts === 'none'
  }

  /** What the artist says of a sequence of pictures. */
  get rate(): Rational | undefined {
    return this.#clip.artistRate
  }

  get #clip(): Clip {
    return this.#project.clips.find(({ id }) => id === this.clipId)!
  }

  /** @param keepColor shots that are in color already keep their own colors, unless they hold a pin */
  setShots({ at, transitions, colored }: FoundShots, keepColor: boolean): void {
    this.#run({ type: 'set-cuts', clip: this.clipId, cuts: at, transitions, colored, source: 'automatic' })
    if (!keepColor) return
    const { shots, frames } = this.#clip
    const isPinned = ({ from, to }: Shot): boolean =>
      Object.keys(frames).some((frame) => Number(frame) >= from && Number(frame) < to)
    for (const shot of shots) {
      if (shot.source === 'color' && !isPinned(shot)) {
        this.#run({ type: 'keep-own-colors', clip: this.clipId, shot: shot.id, keep: true })
      }
    }
  }

  /**
   * What is to be put together of these shots. Throws UserError 'bad-argument' where there are no such shots.
   * @param shots as in '1,3,5-7'
   */
  piecesOf(shots: string): FrameRange[] {
    const pieces = shotPieces(shots, this.#clip.shots)
    if (pieces) return pieces
    throw new UserError(
      'bad-argument',
      sentence`“${shots}” names no shots of this film: it has shots 1 to ${this.#clip.shots.length}.`,
      sentence`Write numbers of shots, as in 1,3,5-7.`,
    )
  }

  /** Every shot as a file of its own. */
  shotFiles(wish: ShotFilesWish): ShotFile[] {
    return shotFiles(this.#clip, wish)
  }

  /**
   * What looking for shots that look like pinned ones, of any film of the project, is asked with; null where every shot
   * has a pin.
   * @param frameCount of the film as it is now
   */
  async alike(frameCount: number): Promise<AlikeQuestion | null> {
    const shots = shotsWithoutPin(this.#clip, { from: 0, to: frameCount })
    if (shots.length === 0) return null
    const pins = pinsNear(
      this.pins.filter((pin) => pin < frameCount),
      shots,
    )
    const { clips } = this.#project
    const place = { path: this.place, pathOf: this.pathOf }
    const { films, leftOut } = await findPinsElsewhere(clips, this.clipId, pins.length, place)
    return { shots, pins, elsewhere: films, leftOut }
  }

  /** Pins a coloring that was made for a frame. @param path of its file, which stays there while it is needed */
  pinColoring(frame: number, asset: AssetId, path: string): void {
    this.#colorings.set(asset, path)
    this.#run({ type: 'pin', clip: this.clipId, frame, base: { kind: 'frozen', asset } })
  }

  /** All that an engine has to know of it. */
  get edits(): FilmEdits {
    return editsOf(null, this.#clip, (asset) => this.#colorings.get(asset) ?? this.pathOf(asset))
  }

  /**
   * The same, where every frame shows what the cache holds of what it is to be, whatever was shown when the project was
   * saved: as exports have it, which color on their way what is not.
   */
  get editsAsWanted(): FilmEdits {
    const { layout, ...edits } = this.edits
    return { ...edits, ...(layout && { layout: { ...layout, shown: layout.wanted } }) }
  }

  /** Frames that are pinned, in order. */
  get pins(): number[] {
    return pinsOf(this.#clip)
  }

  /** Shots that keep the film's own colors. */
  get keptShots(): FrameRange[] {
    return this.#clip.shots.filter(({ keepsOwn }) => keepsOwn).map(({ from, to }) => ({ from, to }))
  }

  /** What an export's record says of it. */
  get account(): ExportAccount {
    return exportAccount(this.#project, this.#clip, this.names)
  }

  #run(command: ProjectCommand): void {
    this.#project = runCommand(this.#project, command, randomUUID).project
  }
}

/** Throws UserError 'not-found' where there is none, or not one alone. */
function chosenReel({ clips }: Project, path: string, reel: string | null): Clip {
  const found = reel === null ? clips : clips.filter(({ name }) => name === reel)
  const [first] = found
  if (first && found.length === 1) return first
  const project = basename(path)
  if (clips.length === 0) {
    throw new UserError('not-found', sentence`“${project}” holds no film.`, sentence`Add one to it, and save it.`, path)
  }
  const names = listed(clips.map(({ name }) => sentence`“${name}”`))
  throw new UserError(
    'not-found',
    reel === null
      ? sentence`“${project}” holds several reels: ${names}.`
      : sentence`“${project}” holds no reel of this name alone, but ${names}.`,
    sentence`Name one of them with --reel.`,
    path,
  )
}
