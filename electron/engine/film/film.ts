/** One opened film in the engine: its pictures, its pins, its cuts, and which frames are colored. */
import { join } from 'node:path'
import type { FootageInfo, FrameRange, Keyframe } from '../../contract/schemas.ts'
import { UserError } from '../../contract/userError.ts'
import { digest, type ColorCache } from '../cache/colorCache.ts'
import type { StoredColoring } from '../cache/coloringCodec.ts'
import type { Footage, FrameReader } from '../media/footage.ts'
import type { FfmpegTools } from '../media/locateFfmpeg.ts'
import { openFootage } from '../media/probe.ts'
import { createFrameReader } from '../media/reader.ts'
import type { ColoredFrame } from '../network/networks.ts'
import { NetworkLumaMaker, networkSize } from '../picture/networkLuma.ts'
import { CutMap } from './cutMap.ts'
import { footageIdentity } from './footageIdentity.ts'
import { readPinnedPicture, type PinnedPicture } from './pinnedPicture.ts'
import { extendRanges, planSegments, segmentAt, type Segment } from './segments.ts'

export interface Pin extends PinnedPicture {
  readonly frame: number
  readonly picturePath: string
  /** What the pass reads: the frame's own luma and the picture's chroma. */
  readonly memory: ColoredFrame
}

export interface FilmSetup {
  readonly tools: FfmpegTools
  readonly cache: ColorCache
  readonly cacheFolder: string
  /** Stands for the networks and everything else that decides how colors come out. */
  readonly networksVersion: string
  /** Short side of the networks' picture. */
  readonly shortSide: number
}

export class Film {
  readonly info: FootageInfo
  readonly networkWidth: number
  readonly networkHeight: number
  readonly lumaMaker: NetworkLumaMaker
  readonly reader: FrameReader
  readonly cuts: CutMap
  #pins: ReadonlyMap<number, Pin> = new Map()
  #segments: Segment[] | null = null
  #pinsVersion = 0
  /** Of the pins that were set when the segment was planned: a job that goes on with an old plan fills in old recipes. */
  readonly #recipes = new WeakMap<Segment, string>()

  private constructor(
    readonly tools: FfmpegTools,
    readonly footage: Footage,
    /** Names the film in the cache. */
    readonly identity: string,
    private readonly setup: FilmSetup,
  ) {
    this.info = footage.info
    ;[this.networkWidth, this.networkHeight] = networkSize(footage.info, setup.shortSide)
    this.lumaMaker = new NetworkLumaMaker(footage.layout, this.networkWidth, this.networkHeight)
    this.reader = createFrameReader(setup.tools, footage)
    this.cuts = new CutMap(join(setup.cacheFolder, 'cuts', `${identity}.json`))
  }

  /** Throws the UserErrors of openFootage. */
  static async open(setup: FilmSetup, path: string, id: string): Promise<Film> {
    const footage = await openFootage(setup.tools, path, { id })
    return new Film(setup.tools, footage, await footageIdentity(footage), setup)
  }

  get pins(): ReadonlyMap<number, Pin> {
    return this.#pins
  }

  /** Changes with the pins. */
  get pinsVersion(): number {
    return this.#pinsVersion
  }

  /** How colors run through the film, by what is known of its cuts. */
  get segments(): readonly Segment[] {
    if (!this.#segments) {
      this.#segments = planSegments(this.info.frameCount, this.cuts.cuts, [...this.#pins.keys()])
      for (const segment of this.#segments) this.#recipes.set(segment, this.#recipeOf(segment))
    }
    return this.#segments
  }

  segmentAt(frame: number): Segment {
    return segmentAt(this.segments, frame)
  }

  /** To be told for each frame looked at, in any order. */
  noteCut(frame: number, isCut: boolean): void {
    if (this.cuts.note(frame, isCut)) this.#segments = null
  }

  /** Whether a shot is known to begin with this frame. */
  isCut(frame: number): boolean {
    return this.cuts.isCut(frame)
  }

  /** Name of everything that the colorings of a segment of `segments` depend on; frames cached under it are up to date. */
  recipe(segment: Segment): string {
    const recipe = this.#recipes.get(segment)
    if (recipe === undefined) throw new RangeError('this segment was not planned for this film')
    return recipe
  }

  #recipeOf(segment: Segment): string {
    const pins = segment.pins.flatMap((frame) => [frame, this.#pins.get(frame)?.hash ?? 'gone'])
    return digest(this.setup.networksVersion, this.networkWidth, this.networkHeight, segment.kind, ...pins)
  }

  stored(segment: Segment, frame: number): StoredColoring | null {
    return this.setup.cache.get(this.identity, this.recipe(segment), frame)
  }

  isStored(segment: Segment, frame: number): boolean {
    return segment.kind === 'pin' || this.setup.cache.has(this.identity, this.recipe(segment), frame)
  }

  /** For asking about many frames of a segment at once. */
  storedFrames(segment: Segment): { has(frame: number): boolean } {
    return segment.kind === 'pin' ? { has: () => true } : this.setup.cache.framesOf(this.identity, this.recipe(segment))
  }

  store(segment: Segment, frame: number, coloring: StoredColoring): boolean {
    return this.setup.cache.put(this.identity, this.recipe(segment), frame, coloring)
  }

  /** Frames that need no more work. */
  coloredRanges(within: FrameRange = { from: 0, to: this.info.frameCount }): FrameRange[] {
    const ranges: FrameRange[] = []
    for (const segment of this.segments) {
      const from = Math.max(segment.from, within.from)
      const to = Math.min(segment.to, within.to)
      if (from >= to) continue
      const frames = this.storedFrames(segment)
      for (let frame = from; frame < to; frame++) if (frames.has(frame)) extendRanges(ranges, frame)
    }
    return ranges
  }

  /**
   * Takes a new set of pins and gives the frames whose coloring thereby changes, as ranges. Pictures that were read
   * before are not read again. When one can't be used nothing changes; throws its UserError.
   */
  async setKeyframes(keyframes: readonly Keyframe[]): Promise<FrameRange[]> {
    const pins = new Map<number, Pin>()
    for (const { frame, picturePath } of [...keyframes].sort((a, b) => a.frame - b.frame)) {
      if (frame >= this.info.frameCount) {
        throw new UserError(
          'bad-argument',
          `This film has ${this.info.frameCount} frames; frame ${frame} is not among them.`,
          'Choose a frame of the film; the first one is frame 0.',
        )
      }
      const picture = await readPinnedPicture(this.tools, this.footage, picturePath, this.networkWidth, this.networkHeight)
      const before = this.#pins.get(frame)
      const luma = before?.memory.luma ?? this.lumaMaker.make(await this.reader.read(frame))
      pins.set(frame, { ...picture, frame, picturePath, memory: { frame, luma, chroma: picture.chroma } })
    }
    const recipes = (): string[] => this.segments.map((segment) => this.recipe(segment))
    const [oldSegments, oldRecipes] = [this.segments, recipes()]
    this.#pins = pins
    this.#pinsVersion++
    this.#segments = null
    return changedRanges(oldSegments, oldRecipes, this.segments, recipes())
  }

  async close(): Promise<void> {
    this.cuts.save()
    await this.reader.close()
  }
}

/** Where two plans of the same film differ. */
function changedRanges(a: readonly Segment[], aRecipes: readonly string[], b: readonly Segment[], bRecipes: readonly string[]): FrameRange[] {
  const changed: FrameRange[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const from = Math.max(a[i]!.from, b[j]!.from)
    const to = Math.min(a[i]!.to, b[j]!.to)
    if (aRecipes[i] !== bRecipes[j]) {
      const last = changed[changed.length - 1]
      if (last && last.to === from) changed[changed.length - 1] = { from: last.from, to }
      else changed.push({ from, to })
    }
    if (a[i]!.to === to) i++
    if (b[j]!.to === to) j++
  }
  return changed
}
