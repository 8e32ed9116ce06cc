/** Draws one frame into a canvas with WebGL 2: uploads only what changed, composes in the shader. */
import type { FrameReply } from '../../electron/contract/frames.ts'
import type { Orientation } from '../../electron/contract/orientation.ts'
import type { ColorMatrix } from '../../electron/contract/schemas.ts'
import { fragmentSource, vertexSource, type ShaderParts } from './composite.frag.ts'
import { panesOf, type Pane, type PaneLook } from './panes.ts'
import type { DrawnPicture } from './standInPicture.ts'

/** What the picture is looked at with. */
export interface Look extends PaneLook {
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
/** Texture units. */
const units = { luma: 0, model: 1, tint: 2, otherLuma: 3, otherModel: 4 } as const
type TextureName = keyof typeof units

/** A program, and where its uniforms are. */
interface Shader {
  readonly program: WebGLProgram
  readonly places: Map<string, WebGLUniformLocation | null>
}

export class Compositor {
  readonly #gl: WebGL2RenderingContext
  #vertexShader!: WebGLShader
  /** As the numbers come, where such textures can be read between their texels: nothing is converted then. */
  #modelFormat!: GLenum
  #textures!: Record<TextureName, WebGLTexture>
  /** Made when they are first needed, by their parts. */
  readonly #shaders = new Map<string, Shader>()
  #other: FrameReply | null = null
  #picture: DrawnPicture | null = null
  /** Film and version of the model that is in its texture. */
  #uploadedModel: string | null = null
  /** As it was drawn last. */
  #look: Look | null = null
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
        this.#modelFormat,
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
        this.#modelFormat,
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
    for (const name of Object.keys(units) as TextureName[]) {
      gl.activeTexture(gl.TEXTURE0 + units[name])
      gl.bindTexture(gl.TEXTURE_2D, this.#textures[name])
    }
    gl.activeTexture(gl.TEXTURE0 + units.luma)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, look.sharp ? gl.NEAREST : gl.LINEAR)
    gl.enable(gl.SCISSOR_TEST)
    try {
      for (const pane of panesOf(look)) this.#drawPane(pane, picture, look)
    } finally {
      gl.disable(gl.SCISSOR_TEST)
    }
  }

  #drawPane({ x, y, width, height, place, isColored }: Pane, picture: DrawnPicture, look: Look): void {
    const gl = this.#gl
    const other = this.#other
    const comparison = other !== null && (look.mode === 'difference' || look.mode === 'onion') ? look.mode : 'none'
    const { program, places } = this.#shader({
      colors: isColored && picture.coloring ? 'model' : picture.sourceChroma ? 'tint' : 'none',
      comparison,
      isOtherColored: comparison !== 'none' && other?.coloring != null,
    })
    gl.useProgram(program)
    const at = (name: string): WebGLUniformLocation | null => {
      let found = places.get(name)
      if (found === undefined) places.set(name, (found = gl.getUniformLocation(program, name)))
      return found
    }
    for (const [name, unit] of Object.entries(units)) gl.uniform1i(at(name), unit)
    gl.uniform1i(at('plain'), picture.coloring?.picture === 'drawn' ? 1 : 0)
    gl.uniform1i(at('otherPlain'), other?.coloring?.picture === 'drawn' ? 1 : 0)
    gl.uniform1f(at('amount'), look.amount ?? 1)
    gl.uniform1f(at('viewHeight'), look.height)
    gl.uniform4f(at('place'), place.x, place.y, place.width, place.height)
    gl.uniformMatrix3x2fv(at('stored'), false, fromUpright(look.orientation))
    gl.uniform2f(at('weights'), ...lumaWeights[look.matrix])
    gl.scissor(x, look.height - y - height, width, height)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }

  #shader(parts: ShaderParts): Shader {
    const key = Object.values(parts).join(' ')
    let shader = this.#shaders.get(key)
    if (!shader) this.#shaders.set(key, (shader = { program: this.#link(fragmentSource(parts)), places: new Map() }))
    return shader
  }

  #prepare(): void {
    const gl = this.#gl
    this.#sizes.clear()
    this.#shaders.clear()
    this.#uploadedModel = null
    this.#vertexShader = this.#compile(gl.VERTEX_SHADER, vertexSource)
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
    this.#modelFormat = gl.getExtension('OES_texture_float_linear') ? gl.RGBA32F : gl.RGBA16F
    this.#textures = {
      luma: this.#texture(),
      model: this.#texture(),
      tint: this.#texture(),
      otherLuma: this.#texture(),
      otherModel: this.#texture(),
    }
    // That of most views: who has no card for it is told so before there is a picture.
    this.#shader({ colors: 'model', comparison: 'none', isOtherColored: false })
  }

  #link(source: string): WebGLProgram {
    const gl = this.#gl
    const program = gl.createProgram()
    gl.attachShader(program, this.#vertexShader)
    gl.attachShader(program, this.#compile(gl.FRAGMENT_SHADER, source))
    gl.linkProgram(program)
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
      throw new Error(gl.getProgramInfoLog(program) ?? 'program')
    return program
  }

  #compile(type: number, source: string): WebGLShader {
    const gl = this.#gl
    const shader = gl.createShader(type)
    if (!shader) throw new Error('no shader')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
      throw new Error(gl.getShaderInfoLog(shader) ?? 'shader')
    return shader
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

/** Column by column: from a place of the upright picture to the same one of the stored picture. */
function fromUpright({ rotation, mirrored }: Orientation): number[] {
  const turns = ((Math.round(rotation / 90) % 4) + 4) % 4
  const [ux, uy, vx, vy, x, y] = (
    [
      [1, 0, 0, 1, 0, 0],
      [0, -1, 1, 0, 0, 1],
      [-1, 0, 0, -1, 1, 1],
      [0, 1, -1, 0, 1, 0],
    ] as const
  )[turns]!
  return mirrored ? [-ux, uy, -vx, vy, 1 - x, y] : [ux, uy, vx, vy, x, y]
}
