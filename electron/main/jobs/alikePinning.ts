/**
 * Gives shots without a pin the colors of pins that they look like: has the engine look for a frame in each, and pins
 * those that it has found. Or one frame, like a pin or a picture that the artist names.
 */
import type { AlikeFrame, ColoringExample } from '../../contract/alike.ts'
import type { FrameBase } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { pinsOf } from '../../project/document.ts'
import { includesFrame, intersect } from '../../contract/ranges.ts'
import type { ProjectSession } from '../../project/projectSession.ts'
import { pinsNear, shotsWithoutPin } from '../../project/shotsWithoutPin.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { Jobs } from './jobs.ts'
import type { ShotFinding } from './shotFinding.ts'

/** A pin, and how alike a frame is to it, 0..1. */
export interface PinLikeness {
  readonly frame: number
  readonly share: number
}

interface ColoredFrame {
  readonly frame: number
  readonly base: FrameBase
}

export class AlikePinning {
  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly jobs: Jobs,
    private readonly shots: ShotFinding,
  ) {}

  /**
   * The job's id; null where every shot has a pin. Throws UserError where no frame is pinned, or the shots are not
   * known yet.
   */
  async start(id: string, range?: FrameRange): Promise<string | null> {
    const running = this.jobs.open(id).find(({ kind }) => kind === 'alike')
    if (running) return running.id
    const film = await this.clips.open(id)
    if (await this.shots.isOpen(id)) {
      await this.shots.find(id)
      throw new UserError(
        'not-found',
        sentence`The film is still being looked through for its shots.`,
        sentence`Try again when that is done.`,
      )
    }
    await this.shots.ensure(id)
    return this.clips.whenSettled(id, (clip) => {
      // One that has become shorter is looked through as far as it goes.
      const [whole] = intersect([range ?? { from: 0, to: clip.frameCount }], { from: 0, to: film.frameCount })
      if (!whole) return null
      const all = this.#pins(id, film.frameCount)
      const shots = shotsWithoutPin(clip, whole)
      if (shots.length === 0) return null
      const pins = pinsNear(all, shots)
      return this.jobs.start({
        kind: 'alike',
        clip: id,
        reel: clip.name,
        begin: (jobId) => this.engine.call('startFindAlike', { jobId, footageId: id, shots, pins }),
        finish: ({ job, alike }) => (job.state === 'done' ? this.#pin(id, alike) : Promise.resolve()),
      })
    })
  }

  /**
   * The pins of the clip but the frame's own, of many the nearest, those first that it looks like. Throws UserError
   * where there are none.
   */
  async likeness(id: string, frame: number): Promise<PinLikeness[]> {
    const { frameCount } = await this.clips.info(id)
    await this.clips.settled(id)
    const others = this.#pins(id, frameCount).filter((pin) => pin !== frame)
    const pins = pinsNear(others, [{ from: frame, to: frame + 1 }])
    const shares = await this.engine.call('likeness', id, frame, pins)
    return pins.map((pin, n) => ({ frame: pin, share: shares[n] ?? 0 })).sort((a, b) => b.share - a.share)
  }

  /** Pins the frame as the example colors it. @returns how alike they are, 0..1 */
  async pinLike(id: string, frame: number, like: ColoringExample): Promise<number> {
    await this.clips.settled(id)
    const { base, share } = await this.#coloring(id, frame, like)
    this.session.apply({ type: 'pin', clip: id, frame, base })
    return share
  }

  /** In order; at least one. @param frameCount of the film as it is now */
  #pins(id: string, frameCount: number): number[] {
    const pins = pinsOf(this.clips.clip(id)).filter((pin) => pin < frameCount)
    if (pins.length > 0) return pins
    throw new UserError(
      'not-found',
      sentence`No frame of this film is pinned.`,
      sentence`Give a frame of another shot its colors and pin it; then try again.`,
    )
  }

  /** One step, whatever the artist has done meanwhile: shots that have a pin by now are left alone. */
  async #pin(id: string, found: readonly AlikeFrame[]): Promise<void> {
    const colored: ColoredFrame[] = []
    const failed: unknown[] = []
    for (const { frame, pin } of found) {
      if (!this.#isOpenTo(id, frame) || !pinsOf(this.clips.clip(id)).includes(pin)) continue
      try {
        colored.push({ frame, ...(await this.#coloring(id, frame, { pin })) })
      } catch (error) {
        failed.push(error)
      }
    }
    const wanted = colored.filter(({ frame }) => this.#isOpenTo(id, frame))
    if (wanted.length > 0) this.#pinAll(id, wanted)
    // Told once what could be colored is pinned.
    if (failed.length > 0) throw failed[0]
  }

  #pinAll(id: string, wanted: readonly ColoredFrame[]): void {
    const edit = this.session.begin({ kind: 'pin', count: wanted.length })
    try {
      for (const { frame, base } of wanted) this.session.apply({ type: 'pin', clip: id, frame, base }, edit)
    } catch (error) {
      this.session.cancel(edit)
      throw error
    }
    this.session.commit(edit)
  }

  #isOpenTo(id: string, frame: number): boolean {
    const clip = this.session.isOpen ? this.session.project.clips.find((each) => each.id === id) : undefined
    return clip !== undefined && includesFrame(shotsWithoutPin(clip), frame)
  }

  async #coloring(id: string, frame: number, like: ColoringExample): Promise<{ base: FrameBase; share: number }> {
    const { coloring, share } = await this.engine.call('coloringLike', id, frame, like)
    return { base: { kind: 'frozen', asset: await this.session.assets.put(coloring, 'chroma') }, share }
  }
}
