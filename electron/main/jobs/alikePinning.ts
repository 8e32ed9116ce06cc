/**
 * Gives shots without a pin the colors of pins that they look like, of all films of the project: has the engine look
 * for a frame in each, and pins those that it has found. Or one frame, like a pin or a picture that the artist names.
 */
import {
  foundAlike,
  type AlikeFrame,
  type ColoringExample,
  type PinLikeness,
  type PinsElsewhere,
} from '../../contract/alike.ts'
import type { FrameBase } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { askUntil } from '../../host/askUntil.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { pinsOf } from '../../project/document.ts'
import { findPinsElsewhere, pinsElsewhere, type FoundElsewhere } from '../../project/passes/pinsElsewhere.ts'
import { includesFrame, intersect } from '../../contract/ranges.ts'
import type { ProjectSession } from '../../project/session/projectSession.ts'
import { pinsNear, shotsWithoutPin } from '../../project/passes/shotsWithoutPin.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { Ending, Jobs } from './jobs.ts'
import type { ShotFinding } from './shotFinding.ts'

/** What a frame can be colored like, the likest first, and why some of it is missing. */
export interface Likenesses {
  readonly pins: readonly PinLikeness[]
  readonly leftOut: readonly Sentence[]
}

interface ColoredFrame extends AlikeFrame {
  readonly base: FrameBase
}

function noPins([why]: readonly Sentence[]): UserError {
  return new UserError(
    'not-found',
    why ?? sentence`No frame of this project is pinned.`,
    sentence`Give a frame of another shot its colors and pin it; then try again.`,
  )
}

export class AlikePinning {
  /** What is compared for the one dialog that asks for it. */
  #comparing = new AbortController()

  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly jobs: Jobs,
    private readonly shots: ShotFinding,
    /** Of what could not be pinned, with nobody waiting for it. */
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /**
   * The job's id; null where every shot has a pin. Throws UserError where no frame is pinned in any film that can be
   * read, or the shots are not known yet.
   */
  async start(id: string, range?: FrameRange): Promise<string | null> {
    const running = this.#underWay(id)
    if (running !== null) return running
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
    const others = await this.#elsewhere(id, this.#pins(id, film.frameCount).length)
    return this.clips.whenSettled(id, (clip) => {
      // One that has become shorter is looked through as far as it goes.
      const [whole] = intersect([range ?? { from: 0, to: clip.frameCount }], { from: 0, to: film.frameCount })
      if (!whole) return null
      const all = this.#pins(id, film.frameCount)
      if (all.length === 0 && others.films.length === 0) throw noPins(others.leftOut)
      const shots = shotsWithoutPin(clip, whole)
      if (shots.length === 0) return null
      const pins = pinsNear(all, shots)
      const { films: elsewhere } = others
      // It may have been asked for twice while films were looked for.
      return (
        this.#underWay(id) ??
        this.jobs.start({
          kind: 'alike',
          clip: id,
          reel: clip.name,
          begin: (jobId) => this.engine.call('startFindAlike', { jobId, footageId: id, shots, pins, elsewhere }),
          conclude: async ({ state, alike }, ending) => {
            if (state !== 'done') return others.leftOut
            const pinned = await this.#pin(id, alike, elsewhere, ending)
            if (!pinned) return null
            // What has found nothing to be pinned any more has nothing to tell.
            const isMoot = pinned.length === 0 && alike.length > 0
            return [...(isMoot ? [] : [foundAlike(pinned, shots.length)]), ...others.leftOut]
          },
        })
      )
    })
  }

  #underWay(id: string): string | null {
    return this.jobs.open(id).find(({ kind }) => kind === 'alike')?.id ?? null
  }

  /** Nobody looks at what is being compared any more, be it far or only begun: who has asked is told 'cancelled'. */
  giveUpLikeness(): void {
    this.#comparing.abort()
  }

  /** The pins of all films of the project but the frame's own; of many of the clip the nearest, of others some. */
  async likeness(id: string, frame: number): Promise<Likenesses> {
    this.giveUpLikeness()
    const { signal } = (this.#comparing = new AbortController())
    const { frameCount } = await this.clips.info(id)
    await this.clips.settled(id)
    const beside = this.#pins(id, frameCount).filter((pin) => pin !== frame)
    const own = pinsNear(beside, [{ from: frame, to: frame + 1 }])
    const { films, leftOut } = await this.#elsewhere(id, own.length)
    if (own.length === 0 && films.length === 0) return { pins: [], leftOut }
    const read = await askUntil(signal, this.engine, (asked) =>
      this.engine.call('likeness', id, frame, own, films, asked),
    )
    const pins = [...read.pins].sort((a, b) => b.share - a.share)
    return { pins, leftOut: [...leftOut, ...read.leftOut] }
  }

  /** The same as pinLike, by a pin of this film or of another one. Throws UserError where that can not be read. */
  async pinLikePin(id: string, frame: number, of: string, pin: number): Promise<number> {
    if (of === id) return this.pinLike(id, frame, { pin })
    const clip = this.clips.clip(of)
    if (!pinsOf(clip).includes(pin)) {
      throw new UserError(
        'not-found',
        sentence`The frame that was chosen is no longer pinned.`,
        sentence`Choose another one.`,
      )
    }
    const film = await this.session.footageOf(of)
    if (film.state === 'changed') {
      throw new UserError(
        'footage-changed',
        sentence`The film of “${clip.name}” was replaced by another one.`,
        sentence`Bring the film of before back, or link it anew; then try again.`,
        film.path,
      )
    }
    if (film.state === 'missing') {
      throw new UserError(
        'footage-missing',
        sentence`The film of “${clip.name}” is not where it was.`,
        sentence`Bring it back, or say where it is now; then try again.`,
        clip.footage.absolutePath,
      )
    }
    const { assets } = this.session
    return this.pinLike(id, frame, {
      elsewhere: pinsElsewhere(clip, [pin], film, (asset) => assets.pathOf(asset)),
    })
  }

  /** Pins the frame as the example colors it. @returns how alike they are, 0..1 */
  async pinLike(id: string, frame: number, like: ColoringExample): Promise<number> {
    await this.clips.settled(id)
    const { base, share } = await this.coloring(id, frame, like)
    this.session.apply({ type: 'pin', clip: id, frame, base })
    return share
  }

  /** In order. @param frameCount of the film as it is now */
  #pins(id: string, frameCount: number): number[] {
    return pinsOf(this.clips.clip(id)).filter((pin) => pin < frameCount)
  }

  /** @param own how many pins of its own the clip is compared with */
  #elsewhere(id: string, own: number): Promise<FoundElsewhere> {
    const { assets, path, project } = this.session
    return findPinsElsewhere(project.clips, id, own, { path, pathOf: (asset) => assets.pathOf(asset) })
  }

  /**
   * One step, whatever the artist has done meanwhile: shots that have a pin by now are left alone.
   * @returns what is pinned now; null where it was cancelled, and nothing is
   */
  async #pin(
    id: string,
    found: readonly AlikeFrame[],
    elsewhere: readonly PinsElsewhere[],
    { signal, turn }: Ending,
  ): Promise<readonly AlikeFrame[] | null> {
    const colored: ColoredFrame[] = []
    const failed: unknown[] = []
    for (const alike of found) {
      try {
        // The engine's own job has ended by now, and there may be hundreds of frames.
        await turn()
        const example = this.#isOpenTo(id, alike.frame) ? this.#exampleOf(id, alike, elsewhere) : null
        if (example) colored.push({ ...alike, ...(await this.coloring(id, alike.frame, example, signal)) })
      } catch (error) {
        if (signal.aborted) return null
        failed.push(error)
      }
    }
    try {
      await turn()
    } catch {
      return null
    }
    const wanted = colored.filter(({ frame }) => this.#isOpenTo(id, frame))
    try {
      if (wanted.length > 0) this.#pinAll(id, wanted)
    } catch (error) {
      this.onTrouble(error)
      return []
    }
    // Told once what could be colored is pinned.
    if (failed.length > 0) this.onTrouble(failed[0])
    return wanted
  }

  /** Null where it is no longer pinned. */
  #exampleOf(id: string, { pin, clip: of }: AlikeFrame, elsewhere: readonly PinsElsewhere[]): ColoringExample | null {
    const clip = this.session.project.clips.find((each) => each.id === (of ?? id))
    if (!clip || !pinsOf(clip).includes(pin)) return null
    if (of === undefined) return { pin }
    const film = elsewhere.find((each) => each.clip === of)
    return film ? { elsewhere: { ...film, pins: film.pins.filter(({ frame }) => frame === pin) } } : null
  }

  #pinAll(id: string, wanted: readonly Pick<ColoredFrame, 'frame' | 'base'>[]): void {
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

  /** The frame as the example colors it, and how alike they are. The engine is to know the document. */
  async coloring(
    id: string,
    frame: number,
    like: ColoringExample,
    signal = new AbortController().signal,
  ): Promise<{ base: FrameBase; share: number }> {
    const { coloring, share } = await askUntil(signal, this.engine, (asked) =>
      this.engine.call('coloringLike', id, frame, like, asked),
    )
    return { base: { kind: 'frozen', asset: await this.session.assets.put(coloring, 'chroma') }, share }
  }
}
