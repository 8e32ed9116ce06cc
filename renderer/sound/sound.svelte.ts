/** The sound of the film in view: played with its pictures, as loud as the artist likes it. */
import { UserError } from '../../electron/contract/userError.ts'
import type { Editor } from '../state/editor.svelte.ts'
import type { OpenFilm } from '../state/film.svelte.ts'
import { inWords } from '../text/sentences.ts'
import { SoundPlayer } from './player.ts'
import { SoundBlocks } from './soundBlocks.ts'

/** What a press of a key changes the volume by. */
const STEP = 0.1

export class Sound {
  readonly #blocks: SoundBlocks
  readonly #player: SoundPlayer
  /**
   * Clips whose sound can't be decoded, and what was known of their films: another film in the place of one may be
   * heard. Said once of each.
   */
  #unreadable = $state.raw<ReadonlyMap<string, string>>(new Map())

  constructor(
    private readonly editor: Pick<
      Editor,
      'film' | 'frames' | 'playback' | 'preferences' | 'notices' | 'changePreferences'
    >,
  ) {
    this.#blocks = new SoundBlocks(
      (block) => editor.frames.sound(editor.film!.id, block),
      (error) => this.#failed(error),
    )
    this.#player = new SoundPlayer(editor.playback, this.#blocks)
  }

  /** Whether the film in view has sound that can be heard, as far as is known. */
  get isThere(): boolean {
    const { film } = this.editor
    return film !== null && film.info.audio.length > 0 && !this.#isUnreadable(film)
  }

  #isUnreadable({ id, info }: OpenFilm): boolean {
    const known = this.#unreadable.get(id)
    return known !== undefined && known === JSON.stringify(info)
  }

  /** Moves the film on to where it should be by now. @param page the window's clock, in ms */
  advance(page: number): void {
    const now = this.#player.now(page)
    this.editor.playback.advance(now)
    if (this.isThere) this.#player.follow(now)
  }

  /** The film was stopped. */
  stop(): void {
    this.#player.silence()
  }

  /** Another frame is looked at while the film stands. */
  visit(): void {
    const { playback, preferences } = this.editor
    if (!this.isThere || playback.playing || preferences.muted) return
    // Nobody has asked to hear anything yet: what was in view is shown again.
    if (navigator.userActivation.hasBeenActive) void this.#player.bit(playback.frame)
  }

  /** Another film is in view, or the same one is read anew. */
  leave(): void {
    this.#player.silence()
    this.#blocks.clear()
  }

  /** As the artist has set it: by ear half of the way is half as loud, which is a quarter of the power. */
  follow(): void {
    const { volume, muted } = this.editor.preferences
    this.#player.gain = muted ? 0 : volume ** 2
  }

  async setVolume(volume: number): Promise<void> {
    const heard = Math.min(1, Math.max(0, volume))
    await this.editor.changePreferences({ volume: heard, muted: false })
  }

  async change(direction: 1 | -1): Promise<void> {
    await this.setVolume(Math.round((this.editor.preferences.volume + direction * STEP) / STEP) * STEP)
  }

  async toggleMute(): Promise<void> {
    await this.editor.changePreferences({ muted: !this.editor.preferences.muted })
  }

  /** Whether the timeline shows how loud the film is. */
  get isDrawn(): boolean {
    return this.isThere && this.editor.preferences.soundLane
  }

  async toggleLane(): Promise<void> {
    await this.editor.changePreferences({ soundLane: !this.editor.preferences.soundLane })
  }

  close(): void {
    this.#player.close()
  }

  /** The pictures play on. What could not be read just now is asked for again with the next run. */
  #failed(error: unknown): void {
    const { film, notices } = this.editor
    if (!(error instanceof UserError) || error.code !== 'sound-unreadable' || !film) return
    if (this.#isUnreadable(film)) return
    this.#unreadable = new Map([...this.#unreadable, [film.id, JSON.stringify(film.info)]])
    notices.warn(inWords(error.said), inWords(error.advice))
  }
}
