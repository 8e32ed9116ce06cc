/**
 * What ffmpeg says of a file as it opens it, and what its showinfo filter says of the first picture: heard line by
 * line, and nothing kept but what comes of it. The one place where both are gathered, for films that are opened and for
 * exports that are read back.
 */
import { heardLight, noLight } from './lightLevels.ts'
import {
  BannerReader,
  parseShownColors,
  parseShownFrame,
  type Banner,
  type ColorTags,
  type ShownFrame,
} from './probeText.ts'

export class FirstWords {
  readonly #banner = new BannerReader()
  frame: ShownFrame | null = null
  colors: ColorTags | null = null
  light = noLight

  /** @returns whether ffmpeg says this itself, and no tag of the film */
  hear(line: string): boolean {
    if (!this.#banner.hear(line)) return false
    this.frame ??= parseShownFrame(line)
    this.colors ??= this.frame ? parseShownColors(line) : null
    this.light = heardLight(this.light, line)
    return true
  }

  /** Null when ffmpeg could not open the file. */
  get banner(): Banner | null {
    return this.#banner.banner
  }
}
