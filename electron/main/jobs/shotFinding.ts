/** Has the shots of clips found, and puts them into the document, under the cuts that were made by hand. */
import type { FoundShots } from '../../contract/foundShots.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { foundOf } from '../../project/shotMarks.ts'
import type { ProjectSession } from '../../project/session/projectSession.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { Jobs } from './jobs.ts'

export class ShotFinding {
  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly jobs: Jobs,
    /** The clip has its shots from a search. */
    private readonly onFound: (clip: string) => void,
  ) {}

  /**
   * Looks for cuts; what it finds takes the place of those that were found before. What was done by hand stays.
   * Gives the job's id: of the one that is at it already, if there is one.
   */
  find(id: string): Promise<string> {
    return this.#find(id, (before, found) => this.session.noteCuts(before, found))
  }

  /**
   * Looks for cuts anew where the film's pictures are no longer those they were found in. Cuts of the artist's own
   * stay.
   */
  lookAgain(id: string): Promise<string> {
    return this.#find(id, ({ id: clip, footage }, found) =>
      this.session.note({ kind: 'cuts', clip, film: footage.hash, ...found }),
    )
  }

  async #find(id: string, take: (before: Clip, found: FoundShots) => void): Promise<string> {
    const running = this.jobs.open(id).find(({ kind }) => kind === 'shots')
    if (running) return running.id
    const clip = this.clips.clip(id)
    return this.jobs.start({
      kind: 'shots',
      clip: id,
      reel: clip.name,
      begin: (jobId) => this.engine.call('startFindShots', { jobId, footageId: id }),
      finish: async ({ state }) => {
        if (state !== 'done') return
        const found = await this.engine.call('shots', id)
        if (!found || !this.session.isOpen) return
        take(clip, found)
        this.onFound(id)
      },
    })
  }

  /** An export has looked for the shots of its film; they are the clip's as well where it has none yet. */
  takeOver(exported: Clip): void {
    const clip = this.session.isOpen ? this.session.project.clips.find(({ id }) => id === exported.id) : undefined
    if (clip?.cuts !== 'none' || exported.cuts !== 'automatic' || clip.footage.hash !== exported.footage.hash) return
    // Some of those may be by hand. What was found in a film is known of it under all its names, while it is open.
    if (exported.cutsByHand) void this.#takeFound(clip).catch(() => undefined)
    else this.session.note({ kind: 'cuts', clip: clip.id, film: clip.footage.hash, ...foundOf(exported.shots) })
  }

  async #takeFound({ id, footage }: Clip): Promise<void> {
    const found = await this.engine.call('shots', id)
    const now = this.session.isOpen ? this.session.project.clips.find((clip) => clip.id === id) : undefined
    if (!found || now?.cuts !== 'none' || now.footage.hash !== footage.hash) return
    this.session.note({ kind: 'cuts', clip: id, film: footage.hash, ...found })
  }

  /** Whether the film is still to be looked through before its shots are known. */
  async isOpen(id: string): Promise<boolean> {
    return this.clips.clip(id).cuts === 'none' && (await this.engine.call('shots', id)) === null
  }

  /**
   * Resolves when no search is under way that may give the clip other shots than those it has. For its first shots
   * nobody waits here: what is colored begins with those that are known.
   */
  async settled(id: string): Promise<void> {
    if (this.clips.clip(id).cuts === 'none') return
    for (const { kind, id: job } of this.jobs.open(id)) if (kind === 'shots') await this.jobs.ended(job)
  }

  /** Resolves when the clip's shots are known. Throws UserError where they could not be found. */
  async ensure(id: string): Promise<void> {
    if (this.clips.clip(id).cuts !== 'none') return
    const last = await this.jobs.ended(await this.find(id))
    // One that others had asked for, and the engine has refused: why is told to whoever asks.
    if (last === null) return this.ensure(id)
    if (last?.state === 'failed' && last.error) throw UserError.from(last.error)
    if (last?.state === 'cancelled') {
      throw new UserError(
        'cancelled',
        sentence`Coloring waits for the shots to be found.`,
        sentence`Start it again when you are ready.`,
      )
    }
  }
}
