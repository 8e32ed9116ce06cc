/**
 * Where things move from one picture to the next, and the colors that they take along: dense optical flow there and
 * back, at the size of the networks' chroma, in WebAssembly (assembly/). Milliseconds a picture on one core;
 * models/MOTION.md says how many.
 */
import { TOLD_CHANNELS, type NetworkChroma, type NetworkLuma, type ToldMotion } from '../picture/networkPictures.ts'
import { wasmInstance } from '../wasm/wasmModule.ts'

interface MotionModule extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory
  begin(width: number, height: number): void
  lumaAt(): number
  take(picture: number): void
  flow(from: number): void
  judge(from: number, lumaDoubt: number, wayDoubt: number): void
  meanCertainty(): number
  move(from: number): void
  weigh(from: number, least: number, pull: number, drift: number, renews: boolean): void
  tell(): void
  mix(): void
  setOut(): void
  draw(least: number, pictures: number): void
  join(ease: number): number
  meanOrigin(): number
  originAt(): number
  flowAt(from: number): number
  certaintyAt(): number
  chromaAt(): number
  othersAt(): number
  arrivedAt(): number
  toldAt(): number
  resultAt(): number
}

/** What leaves 1/e of the trust in the motion of a pixel. */
export interface Doubts {
  /** Of 255: how much luma differs around it on average, beyond what the fineness of the picture explains. */
  readonly luma: number
  /** In pixels of the chroma: how far from it the motion there and back leads. */
  readonly way: number
}

/** How much of a moved color is kept, all 0..1: max(certainty, least) (1 - pull) (1 - drift (1 - origin)). */
export interface MixRule {
  readonly least: number
  readonly pull: number
  /**
   * The pull toward the other color where nothing has come all the way from where colors set out; where all has, there
   * is none.
   */
  readonly drift: number
}

/** Colors that were carried by motion alone. */
export interface CarriedChroma {
  readonly chroma: NetworkChroma
  /** How much of each pixel's color has come all the way from where it set out, 0..1, row-major. */
  readonly origin: Float32Array
}

export class Motion {
  readonly #wasm: MotionModule
  /** Which of the two pictures is the newer one. */
  #newer = 0
  #isMoving = false

  /** @param width, height of the chroma: half of the luma's */
  constructor(
    readonly width: number,
    readonly height: number,
    private readonly doubts: Doubts,
  ) {
    this.#wasm = wasmInstance('motion') as MotionModule
    this.#wasm.begin(width, height)
  }

  /** Takes in the picture from which things move. */
  start(luma: NetworkLuma): void {
    this.#isMoving = false
    this.#take(luma)
    this.setOut()
  }

  /**
   * Takes in the next picture and finds what has moved since the one before.
   * @returns for each pixel of the chroma, row-major, how certain it is where it has come from, 0..1
   */
  advance(luma: NetworkLuma): Float32Array {
    const wasm = this.#wasm
    this.#take(luma)
    wasm.flow(this.#newer)
    wasm.flow(1 - this.#newer)
    wasm.judge(this.#newer, this.doubts.luma, this.doubts.way)
    this.#isMoving = true
    return this.#floats(wasm.certaintyAt(), this.width * this.height).slice()
  }

  /** The same from the picture that was started with, whatever was looked at since. */
  look(luma: NetworkLuma): Float32Array {
    if (this.#isMoving) this.#newer = 1 - this.#newer
    return this.advance(luma)
  }

  /** How much of the whole picture's colors has come all the way, 0..1. */
  get meanOrigin(): number {
    return this.#wasm.meanOrigin()
  }

  /** How certain the whole newer picture is of where it has come from, 0..1. */
  get meanCertainty(): number {
    this.#mustMove()
    return this.#wasm.meanCertainty()
  }

  /** The chroma of the picture before, moved to where its things are in the newer one. */
  move(chroma: NetworkChroma): NetworkChroma {
    this.#mustMove()
    this.#put(this.#wasm.chromaAt(), chroma)
    this.#wasm.move(this.#newer)
    return this.#result()
  }

  /** Colors set out from the picture taken in last: all of them have come all the way as yet. */
  setOut(): void {
    this.#wasm.setOut()
  }

  /**
   * Weighs how much of its moved color each pixel keeps, for mix. With a drift to be called once for each picture: what
   * has come all the way is less by what is not kept.
   */
  weigh({ least, pull, drift }: MixRule): void {
    this.#mustMove()
    this.#wasm.weigh(this.#newer, least, pull, drift, drift > 0)
  }

  /** What has been weighed of moved colors, as the pass is told of it. */
  tell(moved: NetworkChroma): ToldMotion {
    this.#put(this.#wasm.chromaAt(), moved)
    this.#wasm.tell()
    return { values: this.#floats(this.#wasm.toldAt(), TOLD_CHANNELS * this.width * this.height).slice() }
  }

  /** Of every pixel as much of its moved color as was weighed last, and the rest of the other one. */
  mix(moved: NetworkChroma, other: NetworkChroma): NetworkChroma {
    this.#put(this.#wasm.chromaAt(), moved)
    this.#put(this.#wasm.othersAt(), other)
    this.#wasm.mix()
    return this.#result()
  }

  /**
   * The same as move, of colors that nothing is ever mixed into. To be called once for each picture.
   * @returns origin: how much of each pixel's color has come all the way from where it set out, 0..1, row-major
   */
  carry(chroma: NetworkChroma): CarriedChroma {
    const moved = this.move(chroma)
    this.#wasm.weigh(this.#newer, 0, 0, 0, true)
    return { chroma: moved, origin: this.origin() }
  }

  /** How much of each pixel's color has come all the way from where it set out, 0..1, row-major. */
  origin(): Float32Array {
    return this.#floats(this.#wasm.originAt(), this.width * this.height).slice()
  }

  /** Colors set out, but have come only so far as yet. @param origin as carry gives it */
  setOutWith(origin: Float32Array): void {
    this.#floats(this.#wasm.originAt(), this.width * this.height).set(origin)
  }

  /**
   * Draws mixed colors toward others that were carried from elsewhere, to be there after so many more pictures. What
   * has come all the way is drawn evenly, what has not the sooner.
   */
  draw(mixed: NetworkChroma, { chroma, origin }: CarriedChroma, least: number, pictures: number): NetworkChroma {
    this.#put(this.#wasm.chromaAt(), mixed)
    this.#put(this.#wasm.othersAt(), chroma)
    this.#floats(this.#wasm.arrivedAt(), origin.length).set(origin)
    this.#wasm.draw(least, pictures)
    return this.#result()
  }

  /**
   * Joins others, which came another way, to colors of the newer picture: where more of theirs has come all the way
   * than of these, a pixel goes so much of what makes up for it, and that much more of it has come all the way from
   * then on.
   * @param ease 0..1; @returns gain: mean over the picture of how much more of theirs has come, 0..1
   */
  join(known: NetworkChroma, other: CarriedChroma, ease: number): { chroma: NetworkChroma; gain: number } {
    this.#put(this.#wasm.chromaAt(), known)
    this.#put(this.#wasm.othersAt(), other.chroma)
    this.#floats(this.#wasm.arrivedAt(), other.origin.length).set(other.origin)
    const gain = this.#wasm.join(ease)
    return { chroma: this.#result(), gain }
  }

  /** Pixels by which each pixel of the newer picture lies elsewhere in the one before: x, then y, row-major. */
  flow(): { readonly x: Float32Array; readonly y: Float32Array } {
    const count = this.width * this.height
    const both = this.#floats(this.#wasm.flowAt(this.#newer), 2 * count)
    return { x: both.slice(0, count), y: both.slice(count) }
  }

  #take(luma: NetworkLuma): void {
    const { width, height } = this
    if (luma.width !== 2 * width || luma.height !== 2 * height) throw new RangeError('the picture has another size')
    this.#newer = 1 - this.#newer
    this.#floats(this.#wasm.lumaAt(), luma.values.length).set(luma.values)
    this.#wasm.take(this.#newer)
  }

  #mustMove(): void {
    if (!this.#isMoving) throw new RangeError('there is no second picture yet')
  }

  #put(address: number, { values }: NetworkChroma): void {
    this.#floats(address, 2 * this.width * this.height).set(values)
  }

  #result(): NetworkChroma {
    const { width, height } = this
    return { width, height, values: this.#floats(this.#wasm.resultAt(), 2 * width * height).slice() }
  }

  /** The module's memory may have moved since it was last looked at. */
  #floats(address: number, count: number): Float32Array {
    return new Float32Array(this.#wasm.memory.buffer, address, count)
  }
}
