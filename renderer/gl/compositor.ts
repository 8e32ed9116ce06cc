/** Draws one frame into a canvas with WebGL 2: uploads only what changed, composes in the shader. */
import type { FrameReply } from '../../electron/contract/frames.ts'
import type { Orientation } from '../../electron/contract/orientation.ts'
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import type { CompareMode, Placement } from '../state/viewer.svelte.ts'
import type { DrawnPicture } from './standInPicture.ts'
import { fragmentSource, vertexSource } from './composite.frag.ts'

/** What the picture is looked at with. Lengths in screen pixels. */
export interface Look {
  /** Size of the view. */
  readonly width: number
  readonly height: number
  readonly mode: CompareMode
  readonly left: Placement
  readonly right: Placement
  /** 0..1 of the picture's width. */
  readonly wipe: number
  readonly orientation: Orientation
  readonly matrix: ColorMatrix
  /** Single pixels as squares instead of smoothly. */
  readonly sharp: boolean
  /** In 'difference': how much it is amplified; in 'onion': share of the other picture, 0..1. */
  readonly amount?: number
}

/** Kr and Kb: ITU-R BT.601, BT.709, BT.2020. */
const lumaWeights: Readonly<Record<ColorMatrix, readonly [number, number]>> = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  bt2020: [0.2627, 0.0593],
}
const EVERYWHERE = 1e6

export class Compositor {
  readonly #gl: WebGL2RenderingContext
  #program!: WebGLProgram
  #textures!: Record<'luma' | 'model' | 'tint' | 'otherLuma' | 'otherModel', WebGLTexture>
  #other: FrameReply | null = null
  #picture: DrawnPicture | null = null
  /** Film and version of the model that is in its texture. */
  #uploadedModel: string | null = null
  /** As it was drawn last. */
  #look: Look | null = null
  readonly #places = new Map<string, WebGLUniformLocation | null>()
  #sizes = new Map<WebGLTexture, string>()

  /** @throws Error where there is no WebGL 2 */
  constructor(private readonly canvas: HTMLCanvasElement) {
    // Pictures are read back by scopes and tests right after drawing, so the buffer is kept.
    const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, preserveDrawingBuffer: true })
    if (!gl) throw new Error('no WebGL 2')
    this.#gl = gl
    this.#prepare()
    canvas.addEventListener('webglcontextlost', (event) => event.preventDefault())
    canvas.addEventListener('webglcontextrestored', () => {
      this.#prepare()
      if (this.#picture) this.show(this.#picture)
      const other = this.#other
      this.#other = null
      this.compareWith(other)
      // What it had drawn went with the graphics process, and nobody else knows that it has to be drawn again.
      if (this.#look) this.draw(this.#look)
    })
  }

  /** Takes the picture to draw from now on; null draws nothing. */
  show(picture: DrawnPicture | null): void {
    this.#picture = picture
    if (!picture) return
    const gl = this.#gl
    const { footageId, width, height, luma, sourceChroma, coloring } = picture
    this.#upload(this.#textures.luma, gl.R8, gl.RED, gl.UNSIGNED_BYTE, width, height, luma)
    if (sourceChroma) {
      this.#upload(
        this.#textures.tint,
        gl.RG8,
        gl.RG,
        gl.UNSIGNED_BYTE,
        sourceChroma.width,
        sourceChroma.height,
        sourceChroma.samples,
      )
    }
    // Versions tell the colorings of one film apart, not those of two.
    const model = coloring && `${footageId} ${coloring.version}`
    if (coloring && model !== this.#uploadedModel) {
      this.#upload(
        this.#textures.model,
        gl.RGBA16F,
        gl.RGBA,
        gl.FLOAT,
        coloring.width,
        coloring.height,
        coloring.coefficients,
      )
      this.#uploadedModel = model
    }
  }

  /** The picture that 'difference' and 'onion' compare with; null is as good as the picture itself. */
  compareWith(other: FrameReply | null): void {
    if (other === this.#other) return
    this.#other = other
    if (!other) return
    const gl = this.#gl
    this.#upload(this.#textures.otherLuma, gl.R8, gl.RED, gl.UNSIGNED_BYTE, other.width, other.height, other.luma)
    const { coloring } = other
    if (coloring) {
      this.#upload(
        this.#textures.otherModel,
        gl.RGBA16F,
        gl.RGBA,
        gl.FLOAT,
        coloring.width,
        coloring.height,
        coloring.coefficients,
      )
    }
  }

  /**
   * Gives the graphics memory back at once: a browser keeps few contexts, and takes the oldest one away for a new one.
   */
  close(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  draw(look: Look): void {
    const gl = this.#gl
    const { canvas } = this
    this.#look = look
    // Setting a size anew makes a new buffer, even where it is the same.
    if (canvas.width !== look.width) canvas.width = look.width
    if (canvas.height !== look.height) canvas.height = look.height
    gl.viewport(0, 0, canvas.width, canvas.height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    const picture = this.#picture
    if (!picture || gl.isContextLost()) return
    gl.useProgram(this.#program)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.#textures.luma)
    const filter = look.sharp ? gl.NEAREST : gl.LINEAR
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter)
    gl.activeTexture(gl.TEXTURE1)
    gl.bindTexture(gl.TEXTURE_2D, this.#textures.model)
    gl.activeTexture(gl.TEXTURE2)
    gl.bindTexture(gl.TEXTURE_2D, this.#textures.tint)
    const at = (name: string): WebGLUniformLocation | null => this.#place(name)
    gl.uniform1i(at('luma'), 0)
    gl.uniform1i(at('model'), 1)
    gl.uniform1i(at('tint'), 2)
    for (const [unit, name] of [[3, 'otherLuma'] as const, [4, 'otherModel'] as const]) {
      gl.activeTexture(gl.TEXTURE0 + unit)
      gl.bindTexture(gl.TEXTURE_2D, this.#textures[name])
      gl.uniform1i(at(name), unit)
    }
    const comparing = this.#other !== null && (look.mode === 'difference' || look.mode === 'onion')
    gl.uniform1i(at('comparison'), comparing ? (look.mode === 'difference' ? 1 : 2) : 0)
    gl.uniform1i(at('otherColored'), this.#other?.coloring ? 1 : 0)
    gl.uniform1i(at('plain'), picture.coloring?.picture === 'drawn' ? 1 : 0)
    gl.uniform1i(at('otherPlain'), this.#other?.coloring?.picture === 'drawn' ? 1 : 0)
    gl.uniform1f(at('amount'), look.amount ?? 1)
    gl.uniform2f(at('viewSize'), canvas.width, canvas.height)
    for (const [name, { x, y, width, height }] of [
      ['leftPlace', look.left] as const,
      ['rightPlace', look.right] as const,
    ]) {
      gl.uniform4f(at(name), x, y, width, height)
    }
    gl.uniform1f(at('paneEdge'), look.mode === 'side' ? canvas.width / 2 : EVERYWHERE)
    gl.uniform1f(at('wipeEdge'), look.mode === 'wipe' ? look.left.x + look.wipe * look.left.width : EVERYWHERE)
    gl.uniform1i(at('turns'), ((Math.round(look.orientation.rotation / 90) % 4) + 4) % 4)
    gl.uniform1i(at('mirrored'), look.orientation.mirrored ? 1 : 0)
    gl.uniform1i(at('colored'), picture.coloring ? 1 : 0)
    gl.uniform1i(at('tinted'), picture.sourceChroma ? 1 : 0)
    gl.uniform1i(at('leftColored'), look.mode === 'gray' || look.mode === 'side' ? 0 : 1)
    gl.uniform1i(at('rightColored'), 1)
    gl.uniform2f(at('weights'), ...lumaWeights[look.matrix])
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }

  #place(name: string): WebGLUniformLocation | null {
    let place = this.#places.get(name)
    if (place === undefined) {
      place = this.#gl.getUniformLocation(this.#program, name)
      this.#places.set(name, place)
    }
    return place
  }

  #prepare(): void {
    const gl = this.#gl
    this.#sizes.clear()
    this.#places.clear()
    this.#uploadedModel = null
    const program = gl.createProgram()
    for (const [type, source] of [
      [gl.VERTEX_SHADER, vertexSource],
      [gl.FRAGMENT_SHADER, fragmentSource],
    ] as const) {
      const shader = gl.createShader(type)
      if (!shader) throw new Error('no shader')
      gl.shaderSource(shader, source)
      gl.compileShader(shader)
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
        throw new Error(gl.getShaderInfoLog(shader) ?? 'shader')
      gl.attachShader(program, shader)
    }
    gl.linkProgram(program)
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
      throw new Error(gl.getProgramInfoLog(program) ?? 'program')
    this.#program = program
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
    this.#textures = {
      luma: this.#texture(),
      model: this.#texture(),
      tint: this.#texture(),
      otherLuma: this.#texture(),
      otherModel: this.#texture(),
    }
  }

  #texture(): WebGLTexture {
    const gl = this.#gl
    const texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, texture)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
    return texture
  }

  #upload(
    texture: WebGLTexture,
    internal: number,
    format: number,
    type: number,
    width: number,
    height: number,
    data: ArrayBufferView,
  ): void {
    const gl = this.#gl
    gl.bindTexture(gl.TEXTURE_2D, texture)
    const size = `${width}x${height}`
    if (this.#sizes.get(texture) === size) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, format, type, data)
    else {
      gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, height, 0, format, type, data)
      this.#sizes.set(texture, size)
    }
  }
}
