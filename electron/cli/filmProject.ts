/** The film of a command line as a project in memory: what the engine is told of it is what the window would tell. */
import { randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import type { ExportAccount } from '../contract/exportAccount.ts'
import type { FilmEdits } from '../contract/filmEdits.ts'
import type { FoundShots } from '../contract/foundShots.ts'
import type { AssetId } from '../contract/operations.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Project, Shot } from '../contract/projectDocument.ts'
import type { FootageInfo, Keyframe } from '../contract/schemas.ts'
import type { Sentence } from '../contract/sentence.ts'
import { assetIdOf } from '../project/assets.ts'
import { runCommand } from '../project/commands.ts'
import { createProject } from '../project/document.ts'
import { exportAccount } from '../project/exportAccount.ts'
import { editsOf } from '../project/filmEdits.ts'
import { linkFootage } from '../project/footageLink.ts'
import { KnownRuns } from '../project/knownRuns.ts'

const CLIP = 'film'

export class FilmProject {
  #project: Project = createProject(randomUUID(), 'Command line')

  private constructor(
    /** Files of the pictures, which stay where they are. */
    private readonly pictures: ReadonlyMap<AssetId, string>,
    /** Names the pictures of the film that were replaced since it was last colored; null where there are none. */
    readonly notice: Sentence | null,
  ) {}

  /**
   * Throws UserError where the film or a picture can not be read.
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
    const made = new FilmProject(new Map(pins.map(({ asset, picturePath }) => [asset, picturePath])), notice)
    made.#run({ type: 'add-clip', clip: CLIP, name, footage, frameCount, rate })
    for (const { frame, asset } of pins) made.#run({ type: 'pin', clip: CLIP, frame, base: { kind: 'picture', asset } })
    return made
  }

  /** @param keepColor shots that are in color already keep their own colors, unless they hold a pin */
  setShots({ at, transitions, colored }: FoundShots, keepColor: boolean): void {
    this.#run({ type: 'set-cuts', clip: CLIP, cuts: at, transitions, colored, source: 'automatic' })
    if (!keepColor) return
    const { shots, frames } = this.#project.clips[0]!
    const isPinned = ({ from, to }: Shot): boolean =>
      Object.keys(frames).some((frame) => Number(frame) >= from && Number(frame) < to)
    for (const shot of shots) {
      if (shot.source === 'color' && !isPinned(shot)) {
        this.#run({ type: 'keep-own-colors', clip: CLIP, shot: shot.id, keep: true })
      }
    }
  }

  /** All that an engine has to know of it. */
  get edits(): FilmEdits {
    return editsOf(null, this.#project.clips[0]!, (asset) => this.pictures.get(asset)!)
  }

  /** What an export's record says of it. */
  get account(): ExportAccount {
    const names = Array.from(this.pictures, ([asset, path]) => [asset, basename(path)] as const)
    return exportAccount(this.#project, this.#project.clips[0]!, new Map(names))
  }

  #run(command: ProjectCommand): void {
    this.#project = runCommand(this.#project, command, randomUUID).project
  }
}
