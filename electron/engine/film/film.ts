/**
 * One opened film in the engine: its pictures, what its document says, and the colorings that the cache holds of it.
 */
import { join } from 'node:path'
import { setImmediate as othersTurn } from 'node:timers/promises'
import type { FilmEdits, FilmLayout, FrameColoring, PlannedSegment } from '../../contract/filmEdits.ts'
import type { ReferenceOperation } from '../../contract/operations.ts'
import type { FootageInfo, FrameRange } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { digest } from '../../content/digest.ts'
import type { ColorCache } from '../cache/colorCache.ts'
import { asStored, type ColoringMeasure, type StoredColoring } from '../cache/coloringCodec.ts'
import { notKept } from '../cache/notKept.ts'
import { Recent } from '../cache/recent.ts'
import type { Footage, FrameReader, SourceFrame } from '../reading/footage.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import type { IndexCache } from '../reading/index/indexCache.ts'
import { createFrameReader } from '../reading/decoding/reader.ts'
import type { ColoredFrame, Networks } from '../network/networks.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { picturesNeeded } from '../overrides/applyOperations.ts'
import { networkSize } from '../picture/networkSize.ts'
import { NetworkLumaMaker } from '../scaling/networkLumaMaker.ts'
import { FilmSound } from '../sound/filmSound.ts'
import { Composition, type LumaOf } from './composition.ts'
import { CutMap } from './cutMap.ts'
import {
  baseSource,
  changedFrames,
  emptyLayout,
  mergedFrames,
  type FilmView,
  type IsStored,
  type RunningResults,
} from './filmView.ts'
import { footageIdentity, identityBefore, type FootageIdentity } from './footageIdentity.ts'
import { LockedColorings } from './lockedColorings.ts'
import { OwnBases } from './ownBases.ts'
import { PinDetails } from './pinDetails.ts'
import { ReferencePictures } from './referencePictures.ts'
import { extendRanges, within } from '../../contract/ranges.ts'
import { resizedChroma } from './resizedChroma.ts'
import { StandIns } from './standIns.ts'

export interface FilmSetup {
  readonly tools: FfmpegTools
  readonly cache: ColorCache
  readonly cacheFolder: string
  readonly indexes: IndexCache
  readonly networks: Networks
  /** Stands for the networks and everything else that decides how colors come out. */
  readonly networksVersion: string
  /** Short side of the networks' picture. */
  readonly shortSide: number
}

/** Lumas at the networks' size that are kept: half a megabyte each. */
const KEPT_LUMAS = 32
/** The color model's own coloring of a frame, kept under this key. */
const GUESS = 'color model'
/** What a job has colored is shown this long after its end: by then the document says what becomes of it. */
const AFTERGLOW_MS = 1000

/** So long the cache is asked in one go, where nobody waits for the answer. */
const AT_A_TIME_MS = 20

interface Closable {
  close(): Promise<void>
}

export class Film {
  readonly info: FootageInfo
  readonly networkWidth: number
  readonly networkHeight: number
  readonly lumaMaker: NetworkLumaMaker
  /** The viewer's. */
  readonly reader: FrameReader
  /** For single frames that other work needs: the viewer's decoder must not lose its place. */
  readonly background: FrameReader
  readonly sound: FilmSound
  readonly cuts: CutMap
  readonly standIns: StandIns
  readonly composition: Composition
  readonly pinDetails: PinDetails
  /** Told of frames that look different though nobody has set an edit: what a job has colored is no longer shown. */
  onChanged: (ranges: readonly FrameRange[]) => void = () => undefined
  readonly #bases: OwnBases
  readonly #references: ReferencePictures
  readonly #lumas = new Recent<NetworkLuma>(KEPT_LUMAS)
  readonly #recipes = new Recent<string>(4096)
  /** Colorings that the project keeps itself, by the key that the layout names them by. */
  readonly #locked = new Map<string, LockedColorings>()
  #document: Pick<FilmView, 'frames' | 'pictures' | 'layout'> = { frames: new Map(), pictures: {}, layout: emptyLayout }
  #running: RunningResults[] = []
  readonly #ended = new Map<RunningResults, NodeJS.Timeout>()
  #view: FilmView | null = null
  #isClosed = false
  /** What is kept beside it, of use only while it is open. */
  readonly #besides = new Set<Closable>()
  /** The name of the film in the cache of versions before, once it was asked for. */
  #before: Promise<string | null> | null = null
  #setting: Promise<unknown> = Promise.resolve()

  private constructor(
    readonly tools: FfmpegTools,
    readonly footage: Footage,
    /** Names its frames in the cache. */
    private readonly identity: FootageIdentity,
    private readonly setup: FilmSetup,
  ) {
    this.info = footage.info
    ;[this.networkWidth, this.networkHeight] = networkSize(footage.info, setup.shortSide)
    this.lumaMaker = new NetworkLumaMaker(footage.layout, this.networkWidth, this.networkHeight)
    this.reader = createFrameReader(setup.tools, footage)
    this.background = createFrameReader(setup.tools, footage, 0, false)
    this.sound = new FilmSound({
      tools: setup.tools,
      footage,
      folder: join(setup.cacheFolder, 'sounds'),
      film: identity.film,
    })
    this.cuts = CutMap.share(join(setup.cacheFolder, 'cuts', `${identity.film}.json`))
    this.standIns = new StandIns(setup.cache, identity.film, this.cuts)
    this.#bases = new OwnBases({
      tools: setup.tools,
      footage,
      networkWidth: this.networkWidth,
      networkHeight: this.networkHeight,
      stored: (key) => this.stored(key, 0)?.chroma ?? null,
      store: (key, chroma) => void this.store(key, 0, { chroma, confidence: 1 }),
    })
    this.#references = new ReferencePictures(setup.tools, footage)
    this.pinDetails = new PinDetails({
      footage,
      reader: this.background,
      bases: this.#bases,
      lumaOf: (source) => this.lumaOf(source),
      composition: () => this.composition,
    })
    this.composition = new Composition({
      aspect: this.aspect,
      bases: this.#bases,
      references: this.#references,
      isStored: this.isStored,
      stored: (key, frame) => this.stored(key, frame),
      details: this.pinDetails,
      guess: (frame, luma) => this.guess(frame, luma),
    })
  }

  /** @param footage opened with openFootage */
  static async open(setup: FilmSetup, footage: Footage): Promise<Film> {
    return new Film(setup.tools, footage, await footageIdentity(footage), setup)
  }

  /** Width / height of the stored picture, in its pixels. */
  get aspect(): number {
    return this.info.width / this.info.height
  }

  /** What the frames show, and how they are to be colored, as of now. Never changes; a later one takes its place. */
  get view(): FilmView {
    this.#view ??= { ...this.#document, running: [...this.#running] }
    return this.#view
  }

  /** A picture that was added at the moment of opening has no name yet. */
  #owner(frame: number): string {
    return this.identity.pictures?.[frame] ?? this.identity.film
  }

  /** Where the cache keeps the colorings of a key. */
  #recipe(key: string): string {
    const { networkWidth, networkHeight, footage } = this
    const { networksVersion } = this.setup
    // Of interlaced films the networks once saw one picture's lines of two moments.
    const seen = footage.layout.interlaced
      ? [networkWidth, networkHeight, 'both fields']
      : [networkWidth, networkHeight]
    return this.#recipes.get(key) ?? this.#recipes.set(key, digest(networksVersion, ...seen, key))
  }

  /** Stands for its frames as they are, and for all but the document that decides how they are colored. */
  get name(): string {
    return digest(this.identity.film, this.#recipe(''))
  }

  /** What is kept under a key: in the project where that is a lock's, else in the cache. */
  stored(key: string, frame: number): StoredColoring | null {
    const locked = this.#locked.get(key)
    if (!locked) return this.setup.cache.get(this.#owner(frame), this.#recipe(key), frame)
    const kept = locked.get(frame)
    return kept && { ...kept, chroma: resizedChroma(kept.chroma, this.networkWidth >> 1, this.networkHeight >> 1) }
  }

  /** The same as encodeColoring gave it. */
  storedBytes(key: string, frame: number): Buffer | null {
    const locked = this.#locked.get(key)
    return locked ? locked.bytes(frame) : this.setup.cache.read(this.#owner(frame), this.#recipe(key), frame)
  }

  /** What the cache of versions before held under a key, encoded; that knew the film by its time too. */
  async storedBefore(key: string, frame: number): Promise<Buffer | null> {
    this.#before ??= identityBefore(this.footage)
    const before = await this.#before
    return before === null ? null : this.setup.cache.read(before, this.#recipe(key), frame)
  }

  readonly isStored = (key: string, frame: number): boolean =>
    this.#locked.get(key)?.has(frame) ?? this.setup.cache.has(this.#owner(frame), this.#recipe(key), frame)

  /** For asking about many frames of a key at once. */
  storedFrames(key: string): { has(frame: number): boolean } {
    const locked = this.#locked.get(key)
    if (locked) return locked
    const recipe = this.#recipe(key)
    if (this.identity.pictures === null) return this.setup.cache.framesOf(this.identity.film, recipe)
    return { has: (frame) => this.setup.cache.has(this.#owner(frame), recipe, frame) }
  }

  /** isStored for many questions in one go: knows of nothing that is stored meanwhile. */
  #storedNow(): IsStored {
    const known = new Map<string, { has(frame: number): boolean }>()
    return (key, frame) => {
      let frames = known.get(key)
      if (!frames) known.set(key, (frames = this.storedFrames(key)))
      return frames.has(frame)
    }
  }

  measure(key: string, frame: number): ColoringMeasure | null {
    const locked = this.#locked.get(key)
    return locked ? locked.measure(frame) : this.setup.cache.measure(this.#owner(frame), this.#recipe(key), frame)
  }

  /** False when there was no room for it. */
  store(key: string, frame: number, coloring: StoredColoring): boolean {
    return this.setup.cache.put(this.#owner(frame), this.#recipe(key), frame, coloring)
  }

  /** Why what was stored is not there. */
  notKept(): UserError {
    return notKept(this.setup.cacheFolder, this.setup.cache.failedWith)
  }

  /** The color model's own coloring of a frame. */
  async guess(frame: number, luma: NetworkLuma): Promise<StoredColoring> {
    const known = this.stored(GUESS, frame)
    if (known) return known
    const { chroma, confidence } = await this.setup.networks.colorModel.color(luma)
    const coloring = { chroma: asStored(chroma), confidence: Math.min(1, Math.max(0, confidence)) }
    if (!this.footage.source.pictures?.isReplaced(frame)) this.store(GUESS, frame, coloring)
    return coloring
  }

  /** The networks' picture of a frame; those seen lately are kept. */
  lumaOf(source: SourceFrame): NetworkLuma {
    const key = String(source.number)
    const luma = this.#lumas.get(key) ?? this.lumaMaker.make(source)
    // What is merely shown must not come to be worked with.
    return this.footage.source.pictures?.isReplaced(source.number) ? luma : this.#lumas.set(key, luma)
  }

  async luma(frame: number, reader = this.reader): Promise<NetworkLuma> {
    return this.#lumas.get(String(frame)) ?? this.lumaOf(await reader.read(frame))
  }

  /**
   * What the pass reads of a pin. Throws UserError where its coloring can't be read: colors made without it must not be
   * taken for those made by it.
   */
  async pinMemory(view: FilmView, frame: number): Promise<ColoredFrame> {
    const coloring = view.frames.get(frame)
    if (!coloring || coloring.base.kind === 'automatic') {
      throw new UserError(
        'bad-picture',
        sentence`The coloring of the pin at frame ${frame} could not be read.`,
        sentence`Pin the frame again, or remove its pin; then color the frames beside it.`,
      )
    }
    const luma = await this.luma(frame, this.background)
    const base = await this.composition.ownBase(coloring, frame)
    return { frame, luma, chroma: await this.composition.withOperations(view, frame, base, () => luma) }
  }

  /**
   * A colored picture of something else, as large as the networks' pictures. Throws the UserErrors of
   * ReferencePictures.load.
   */
  exampleOf(path: string): Promise<Pick<ColoredFrame, 'luma' | 'chroma'>> {
    return this.#references.example(path, this.networkWidth, this.networkHeight)
  }

  lumaSource(frame: number): LumaOf {
    return () => this.luma(frame)
  }

  /** Frames whose shown coloring is at hand: of their own, or in the cache. */
  coloredRanges(within: FrameRange = { from: 0, to: this.info.frameCount }): FrameRange[] {
    const { view } = this
    const isStored = this.#storedNow()
    const ranges: FrameRange[] = []
    for (let frame = within.from; frame < within.to; frame++) {
      const source = baseSource(view, frame, isStored)
      if (source && source.kind !== 'guess') extendRanges(ranges, frame)
    }
    return ranges
  }

  /**
   * Of these frames (in order, disjoint) those that would show a coloring at once if they were colored now. Asks only
   * of keys under which some of them go, each by the indexes of its packs, and lets others in between: of numbered
   * pictures each has a pack of its own.
   * @param key under which they are looked for instead
   */
  async storedRanges(asked: readonly FrameRange[], key?: string): Promise<FrameRange[]> {
    const ranges: FrameRange[] = []
    let since = performance.now()
    const whole = { from: 0, to: this.info.frameCount }
    for (const segment of key === undefined ? this.view.layout.wanted : [{ ...whole, kind: 'automatic', key }]) {
      if (segment.kind === 'pin' || segment.kind === 'own' || segment.kind === 'kept') continue
      const parts = within(asked, segment)
      if (parts.length === 0) continue
      const stored = this.storedFrames(segment.key)
      for (const { from, to } of parts)
        for (let frame = from; frame < Math.min(to, this.info.frameCount); frame++) {
          if (stored.has(frame)) extendRanges(ranges, frame)
          if (performance.now() - since < AT_A_TIME_MS) continue
          await othersTurn()
          since = performance.now()
        }
    }
    return ranges
  }

  /**
   * Takes a change of the document and gives the frames that look different, or are no longer up to date. Files that
   * were read before are not read again. When one can't be used nothing changes; throws its UserError.
   */
  setEdits(edits: FilmEdits): Promise<FrameRange[]> {
    const set = this.#setting.then(() => this.#set(edits))
    this.#setting = set.catch(() => undefined)
    return set
  }

  async #set(edits: FilmEdits): Promise<FrameRange[]> {
    const outside = edits.frames.find(([frame]) => frame >= this.info.frameCount)
    if (outside) {
      throw new UserError(
        'bad-argument',
        sentence`This film has ${this.info.frameCount} frames; frame ${outside[0]} is not among them.`,
        sentence`Choose a frame of the film; the first one is frame 0.`,
      )
    }
    const frames = mergedFrames(this.#document.frames, edits)
    const pictures = { ...this.#document.pictures, ...edits.pictures }
    for (const [frame, coloring] of frames)
      if (this.#document.frames.get(frame) !== coloring) await this.#check(coloring, pictures)
    const before = this.view
    this.#document = { frames, pictures, layout: edits.layout ?? this.#document.layout }
    if (edits.layout) {
      this.#openLocked(edits.layout.locked)
      this.#forgetEnded()
    }
    this.#view = null
    return changedFrames(before, this.view, this.info.frameCount, this.#storedNow())
  }

  /**
   * Throws UserError where this is no picture of the film's shape. What was read is at hand when it is pinned.
   * @returns whether it shows what is behind it in places
   */
  async checkPicture(path: string): Promise<boolean> {
    await this.#bases.load({ kind: 'picture', path })
    return (await this.#references.load(path)).opacity !== null
  }

  /** A file that is gone leaves its frames without their colors: whoever colors them says so. */
  #openLocked(files: FilmLayout['locked']): void {
    const known = new Map(this.#locked)
    this.#locked.clear()
    for (const [key, path] of Object.entries(files)) {
      const before = known.get(key)
      const locked = before?.path === path ? before : LockedColorings.open(path)
      if (locked) this.#locked.set(key, locked)
    }
  }

  /** Throws UserError where this is no picture that colors can be taken from, or be laid over a frame. */
  async checkReference(path: string, mode: ReferenceOperation['mode']): Promise<void> {
    if (mode === 'replace') await this.#references.checkShape(path)
    else await this.#references.load(path)
  }

  /** Reads the files of a coloring. */
  async #check(coloring: FrameColoring, pictures: FilmView['pictures']): Promise<void> {
    if (coloring.base.kind !== 'automatic') await this.#bases.load(coloring.base)
    for (const id of picturesNeeded(coloring.operations)) {
      const path = pictures[id]
      if (path === undefined) {
        throw new UserError(
          'not-found',
          sentence`A reference picture of this frame is missing from the project.`,
          sentence`Bring the picture in again, or remove the reference from the frame.`,
          id,
        )
      }
      await this.#references.load(path)
    }
  }

  /** From now on the frames that a job is to color show its colors, as soon as they are there. For endRunning. */
  startRunning({
    view,
    segments,
    ranges,
  }: {
    readonly view: FilmView
    readonly segments: readonly PlannedSegment[]
    readonly ranges: readonly FrameRange[]
  }): RunningResults {
    const results = segments
      .filter(({ kind }) => kind !== 'pin' && kind !== 'kept' && kind !== 'own')
      .flatMap(({ key, ...segment }) => within(ranges, segment).map(({ from, to }) => ({ key, from, to })))
    const running = { results: results.sort((a, b) => a.from - b.from), wanted: view.layout.wanted }
    this.#running.push(running)
    this.#view = null
    return running
  }

  /** The job is over: from the next change of the document on, or shortly, frames show what the document says. */
  endRunning(running: RunningResults): void {
    if (this.#isClosed || !this.#running.includes(running)) return
    const timer = setTimeout(() => {
      const before = this.view
      this.#forgetEnded()
      this.onChanged(changedFrames(before, this.view, this.info.frameCount, this.#storedNow()))
    }, AFTERGLOW_MS)
    this.#ended.set(running, timer)
  }

  #forgetEnded(): void {
    for (const timer of this.#ended.values()) clearTimeout(timer)
    this.#running = this.#running.filter((running) => !this.#ended.has(running))
    this.#ended.clear()
    this.#view = null
  }

  /** Closed with the film: nobody keeps anything of one that is closed. @returns for what is closed before */
  closeAlong(beside: Closable): () => void {
    this.#besides.add(beside)
    return () => void this.#besides.delete(beside)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#ended.values()) clearTimeout(timer)
    this.#ended.clear()
    this.cuts.release()
    await this.#setting
    const all: readonly Closable[] = [this.reader, this.background, this.sound, ...this.#besides]
    await Promise.all(all.map((each) => each.close()))
  }
}
