/**
 * The shown frame for the scopes: drawn once more, small and whole, by the same compositor as the viewer's, so that
 * neither zoom nor wipe changes what is measured.
 */
import type { FrameReply } from '../../electron/contract/frames.ts'
import { uprightSize, type Orientation } from '../../electron/contract/orientation.ts'
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { Compositor } from '../gl/compositor.ts'
import type { Readback } from './readback.ts'

const LONGER_SIDE = 480

export interface ReadbackSetting {
  readonly matrix: ColorMatrix
  readonly orientation: Orientation
  /** False measures the film as it was. */
  readonly colored: boolean
}

export class FrameReadback {
  readonly #canvas = document.createElement('canvas')
  readonly #compositor: Compositor
  #shown: FrameReply | null = null
  #setting: ReadbackSetting | null = null

  /** @throws Error where there is no WebGL 2 */
  constructor() {
    this.#compositor = new Compositor(this.#canvas)
  }

  /** Null when there is no picture, or it is the same as the last time, looked at in the same way. */
  read(picture: FrameReply | null, setting: ReadbackSetting): Readback | null {
    if (!picture || (picture === this.#shown && this.#isSame(setting))) return null
    const [shownWidth, shownHeight] = uprightSize({ ...picture, ...setting.orientation })
    const scale = Math.min(1, LONGER_SIDE / Math.max(shownWidth, shownHeight))
    const width = Math.max(1, Math.round(shownWidth * scale))
    const height = Math.max(1, Math.round(shownHeight * scale))
    const place = { x: 0, y: 0, width, height }
    const mode = setting.colored ? 'color' : 'gray'
    this.#compositor.show(picture)
    this.#compositor.draw({
      width,
      height,
      mode,
      left: place,
      right: place,
      wipe: 1,
      orientation: setting.orientation,
      matrix: setting.matrix,
      sharp: false,
    })
    const gl = this.#canvas.getContext('webgl2')
    // Asked again once the graphics system is back.
    if (!gl || gl.isContextLost()) return null
    this.#shown = picture
    this.#setting = setting
    const pixels = new Uint8Array(width * height * 4)
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
    return { width, height, pixels }
  }

  close(): void {
    this.#compositor.close()
  }

  #isSame({ matrix, orientation, colored }: ReadbackSetting): boolean {
    const before = this.#setting
    if (before?.matrix !== matrix || before.colored !== colored) return false
    return before.orientation.rotation === orientation.rotation && before.orientation.mirrored === orientation.mirrored
  }
}
