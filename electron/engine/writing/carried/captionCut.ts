/**
 * Cuts closed captions to the pieces of a film that an export consists of. Line 21 is a stream of commands, two bytes a
 * picture: a caption that stands where a piece begins was sent long before, and one that stands where a piece ends is
 * taken away long after. So each piece begins with what takes away the one before, and with what brings on what stands
 * there, and its own commands follow as soon as there is room (CEA-608-E; 47 CFR 15.119). Pure.
 */
import type { FrameRange } from '../../../contract/schemas.ts'
import { firstFieldPairs, isFirstField, piecesOf } from '../../reading/decoding/captionData.ts'

/** cc_data of the frames that have some. */
export type CaptionFrames = ReadonlyMap<number, Buffer>

/** Two bytes of line 21, with their parity. */
type Pair = readonly [number, number]

/** How far before a piece captions are looked at for what stands where it begins. */
export const LEAD_SECONDS = 30
/** More pairs than a caption of four rows takes. */
const MOST_PAIRS = 200
const NO_PAIR: Pair = [0x80, 0x80]
/** The piece of cc_data that a pair of the first field lies in. */
const FIRST_FIELD = 0xfc
/** Commands of the first field's first channel. */
const COMMAND = 0x14
const [RESUME_LOADING, ROLL_UP, LAST_ROLL_UP, RESUME_DIRECT] = [0x20, 0x25, 0x27, 0x29]
const [ERASE_SHOWN, RETURN, ERASE_LOADED, SHOW] = [0x2c, 0x2d, 0x2e, 0x2f]
/** With odd parity. */
const resumeLoading: Pair = [0x94, 0x20]
const eraseShown: Pair = [0x94, 0x2c]
const eraseLoaded: Pair = [0x94, 0xae]

/** What stands on the screen and what is being loaded, as the pairs that bring it on. */
class Screen {
  #shown: Pair[] = []
  #loaded: Pair[] = []
  /** Which of the two the last pair is kept for; null where it is done with. */
  #last: 'shown' | 'loaded' | null = null
  #lastCommand = -1
  #isLoading = false
  /** Brings rolling and direct captions on again. */
  #mode: Pair | null = null

  get pairs(): readonly Pair[] {
    return [...this.#shown, ...this.#loaded]
  }

  take(pair: Pair): void {
    const [first, second] = [pair[0] & 0x7f, pair[1] & 0x7f]
    const isControl = first >= 0x10 && first < 0x20
    const code = first * 256 + second
    // Commands are sent twice.
    const isAgain = isControl && code === this.#lastCommand
    this.#lastCommand = isControl && !isAgain ? code : -1
    if (isAgain) return this.#add(this.#last, pair)
    if ((first & ~8) === COMMAND) this.#command(second, pair)
    else this.#add(this.#isLoading ? 'loaded' : 'shown', pair)
  }

  #add(to: 'shown' | 'loaded' | null, pair: Pair): void {
    if (to === null) return
    const list = to === 'shown' ? this.#shown : this.#loaded
    if (list.length < MOST_PAIRS) list.push(pair)
    this.#last = to
  }

  #command(command: number, pair: Pair): void {
    if (command === RESUME_LOADING) {
      this.#isLoading = true
      this.#add('loaded', pair)
    } else if ((command >= ROLL_UP && command <= LAST_ROLL_UP) || command === RESUME_DIRECT) {
      if (this.#isLoading) this.#shown = []
      this.#isLoading = false
      this.#mode = pair
      this.#add('shown', pair)
    } else if (command === SHOW) {
      this.#shown = this.#loaded
      this.#loaded = []
      this.#isLoading = true
      this.#add('shown', pair)
    } else if (command === ERASE_SHOWN || command === RETURN) {
      this.#shown = this.#isLoading || this.#mode === null ? [] : [this.#mode, this.#mode]
      this.#last = null
      if (command === RETURN) this.#add('shown', pair)
    } else if (command === ERASE_LOADED) {
      this.#loaded = this.#isLoading ? [resumeLoading, resumeLoading] : []
      this.#add('loaded', pair)
    } else this.#add(this.#isLoading ? 'loaded' : 'shown', pair)
  }
}

/** What brings on the captions that stand, or are being loaded, where a frame begins. */
function screenAt(frames: CaptionFrames, at: number, leadFrames: number): Pair[] {
  const screen = new Screen()
  for (let frame = Math.max(0, at - leadFrames); frame < at; frame++)
    for (const pair of pairsOf(frames.get(frame) ?? Buffer.alloc(0))) screen.take(pair)
  return [...screen.pairs]
}

const pairsOf = (data: Buffer): Pair[] => firstFieldPairs(data).map((pair) => [pair[0]!, pair[1]!])

/** The same cc_data, its pairs of the first field taken from a queue, which its own ones join; none gets longer. */
function requeued(data: Buffer | undefined, queue: Pair[]): Buffer {
  queue.push(...pairsOf(data ?? Buffer.alloc(0)))
  const pieces = data ? piecesOf(data) : []
  const places = pieces.some(isFirstField) ? pieces : [Buffer.from([FIRST_FIELD, ...NO_PAIR]), ...pieces]
  return Buffer.concat(
    places.map((piece) => (isFirstField(piece) ? Buffer.from([FIRST_FIELD, ...(queue.shift() ?? NO_PAIR)]) : piece)),
  )
}

/**
 * Captions of an export's pictures, counted from 0; those of a whole film are the very same.
 * @param pieces of the film, one behind the other
 * @param leadFrames how many frames before a piece are looked at
 */
export function cutCaptions(frames: CaptionFrames, pieces: readonly FrameRange[], leadFrames: number): CaptionFrames {
  const cut = new Map<number, Buffer>()
  // Nothing has to be taken away where nothing is ever said.
  const speaks = [...frames.values()].some((data) => pairsOf(data).length > 0)
  let begin = 0
  let queue: Pair[] = []
  for (const [n, { from, to }] of pieces.entries()) {
    if (n === 0) queue = screenAt(frames, from, leadFrames)
    else if (speaks && pieces[n - 1]!.to !== from)
      queue = [eraseShown, eraseShown, eraseLoaded, eraseLoaded, ...screenAt(frames, from, leadFrames)]
    for (let frame = from; frame < to; frame++) {
      const own = frames.get(frame)
      const data = queue.length > 0 ? requeued(own, queue) : own
      if (data) cut.set(begin + frame - from, data)
    }
    begin += to - from
  }
  return cut
}

/** Captions of frames of which two pictures are made: each has the field that it is made of, and half of the rest. */
export function halvedCaptions(frames: CaptionFrames): CaptionFrames {
  const halved = new Map<number, Buffer>()
  for (const [frame, data] of frames) {
    const pieces = piecesOf(data)
    const digital = pieces.filter((piece) => (piece[0]! & 2) !== 0)
    const half = Math.ceil(digital.length / 2)
    const isSecond = (piece: Buffer): boolean => (piece[0]! & 3) === 1
    const fields = pieces.filter((piece) => (piece[0]! & 2) === 0)
    const first = [...fields.filter((piece) => !isSecond(piece)), ...digital.slice(0, half)]
    const second = [...fields.filter(isSecond), ...digital.slice(half)]
    if (first.length > 0) halved.set(2 * frame, Buffer.concat(first))
    if (second.length > 0) halved.set(2 * frame + 1, Buffer.concat(second))
  }
  return halved
}
