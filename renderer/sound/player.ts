/**
 * Plays the film's sound with its pictures. Samples are handed to the sound card ahead of time, each for the moment at
 * which its picture is due by the leading clock; so pictures may be late or dropped, and the sound goes on.
 */
import { BLOCK_SAMPLES, SOUND_CHANNELS, SOUND_RATE } from '../../electron/contract/sound.ts'
import type { Playback, Run } from '../state/playback.svelte.ts'
import { LeadingClock } from './leadingClock.ts'
import { behind, blocksAhead, isContinued, placeOf, plan, type Planned } from './plannedSound.ts'
import type { Block, SoundBlocks } from './soundBlocks.ts'

/** Sound is handed over this far ahead, in seconds. */
const AHEAD = 1.2
/** And fetched this far ahead, in seconds. */
const FETCHED_AHEAD = 3
/** And never later than this before it is due. */
const LEAST_AHEAD = 0.03
/** Faster sound is noise. */
const FASTEST = 4
/** A bit of sound is as long as its frame, but within these, in seconds. */
const BIT = { least: 0.05, most: 0.12 }
/** Sound that is cut off is faded for so long, so that it does not click, in seconds. */
const FADE = 0.004
/** Without use the sound card is let go after this, in ms. */
const IDLE_MS = 3000

export class SoundPlayer {
  readonly #clock = new LeadingClock()
  #context: AudioContext | null = null
  #volume: GainNode | null = null
  #gain = 1
  /** What is heard of the present run; let go of as a whole. */
  #voice: GainNode | null = null
  #run: Run | null = null
  #changes = 0
  /** Sample of the film that comes next; see plan(). */
  #place = 0
  #idle: ReturnType<typeof setTimeout> | null = null
  /** The frame whose bit is being fetched, or is wanted next. */
  #wantedBit: number | null = null

  constructor(
    private readonly playback: Playback,
    private readonly blocks: SoundBlocks,
  ) {}

  /** How loud all of it is, 0..1 of how it is recorded. */
  set gain(gain: number) {
    this.#gain = gain
    if (this.#volume && this.#context) this.#volume.gain.setTargetAtTime(gain, this.#context.currentTime, FADE)
  }

  /** Milliseconds by which the film is to be advanced. @param page the window's clock */
  now(page: number): number {
    return this.#clock.read(page, this.#heard(page))
  }

  /** To be called whenever the film was advanced. @param now as `now` gave it */
  follow(now: number): void {
    const { run } = this.playback
    // What is heard already goes on.
    if (run && this.#run && isContinued(this.#run, run, this.#place)) this.#run = run
    if (run !== this.#run || this.#clock.changes !== this.#changes) {
      this.silence()
      this.#run = run
      this.#changes = this.#clock.changes
      if (run) this.#place = placeOf(run, Math.max(0, now - run.time) / 1000)
    }
    if (!run) return
    this.#wake()
    const context = this.#context
    if (!context || Math.abs(run.speed) > FASTEST) return
    const passed = (now - run.time) / 1000
    this.blocks.want(blocksAhead(run, passed, FETCHED_AHEAD))
    // What is over before it could be heard is passed over.
    const soon = placeOf(run, passed + LEAST_AHEAD)
    if (run.speed > 0 ? this.#place < soon : this.#place > soon) this.#place = soon
    for (;;) {
      const next = plan(run, this.#place)
      if (!next || next.after - passed > AHEAD) return
      const block = this.blocks.get(next.block)
      const due = this.#clock.heardAt(run.time + next.after * 1000)
      if (block === undefined || due === null) return
      this.#play(context, run, next, block, due)
      this.#place = behind(run, next)
    }
  }

  /** Ends what is heard, and what was to be. */
  silence(): void {
    this.#run = null
    if (this.#voice && this.#context) fadeOut(this.#context, this.#voice)
    this.#voice = null
  }

  /** A bit of the sound of a frame, as it is gone to. Of those asked for meanwhile the latest is next. */
  async bit(frame: number): Promise<void> {
    const isServing = this.#wantedBit !== null
    this.#wantedBit = frame
    if (isServing) return
    for (let served = -1; this.#wantedBit !== served;) await this.#playBit((served = this.#wantedBit))
    this.#wantedBit = null
  }

  async #playBit(frame: number): Promise<void> {
    const { clock } = this.playback
    const from = Math.round(clock.secondsOf(frame) * SOUND_RATE)
    const seconds = Math.min(BIT.most, Math.max(BIT.least, clock.secondsOf(frame + 1) - clock.secondsOf(frame)))
    const to = from + Math.round(seconds * SOUND_RATE)
    const [first, last] = [Math.floor(from / BLOCK_SAMPLES), Math.floor((to - 1) / BLOCK_SAMPLES)]
    this.#wake()
    await Promise.all([this.blocks.load(first), this.blocks.load(last)])
    const context = this.#context
    if (!context || this.playback.playing || clock !== this.playback.clock) return
    this.silence()
    const buffer = context.createBuffer(SOUND_CHANNELS, to - from, SOUND_RATE)
    for (let block = first; block <= last; block++) {
      const start = block * BLOCK_SAMPLES
      this.blocks
        .get(block)
        ?.forEach((samples, channel) =>
          buffer.copyToChannel(
            samples.subarray(Math.max(0, from - start), to - start),
            channel,
            Math.max(0, start - from),
          ),
        )
    }
    const voice = this.#newVoice(context)
    const at = context.currentTime + LEAST_AHEAD
    voice.gain.setValueAtTime(0, at)
    voice.gain.linearRampToValueAtTime(1, at + FADE)
    voice.gain.setValueAtTime(1, at + seconds - FADE)
    voice.gain.linearRampToValueAtTime(0, at + seconds)
    const source = new AudioBufferSourceNode(context, { buffer })
    source.connect(voice)
    source.start(at)
  }

  close(): void {
    if (this.#idle) clearTimeout(this.#idle)
    void this.#context?.close().catch(() => undefined)
    this.#context = null
  }

  #play(context: AudioContext, run: Run, planned: Planned, block: Block, due: number): void {
    if (block === null) return
    const rate = Math.abs(run.speed)
    const { from, to } = planned
    const buffer = context.createBuffer(SOUND_CHANNELS, to - from, SOUND_RATE)
    block.forEach((samples, channel) => {
      const part = samples.slice(from, to)
      buffer.copyToChannel(run.speed < 0 ? part.reverse() : part, channel)
    })
    const source = new AudioBufferSourceNode(context, { buffer, playbackRate: rate })
    this.#voice ??= this.#newVoice(context)
    source.connect(this.#voice)
    // On the card's own grid of samples, so that one block joins the next without a seam.
    source.start(Math.round(due * context.sampleRate) / context.sampleRate)
  }

  #newVoice(context: AudioContext): GainNode {
    this.#voice = context.createGain()
    this.#voice.connect(this.#volume!)
    return this.#voice
  }

  /** Seconds of the card's clock that are heard just now; null where nothing is played. */
  #heard(page: number): number | null {
    const context = this.#context
    if (context?.state !== 'running') return null
    const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
    if (performanceTime <= 0) return null
    return Math.min(context.currentTime, contextTime + (page - performanceTime) / 1000)
  }

  /** Where there is no sound card, or it can not be had, nothing is heard; the film runs by the window's clock. */
  #wake(): void {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      if (this.#run === null) void this.#context?.suspend().catch(() => undefined)
    }, IDLE_MS)
    try {
      if (this.#context === null) {
        const context = new AudioContext({ sampleRate: SOUND_RATE, latencyHint: 'interactive' })
        this.#volume = new GainNode(context, { gain: this.#gain })
        this.#volume.connect(context.destination)
        this.#context = context
      }
    } catch {
      return
    }
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined)
  }
}

function fadeOut(context: AudioContext, voice: GainNode): void {
  voice.gain.cancelScheduledValues(context.currentTime)
  voice.gain.setTargetAtTime(0, context.currentTime, FADE)
  setTimeout(() => voice.disconnect(), 20 * FADE * 1000)
}
