/** Systems of equations over a grid whose neighbors are coupled, solved in WebAssembly (assembly/edges.ts). */
import { wasmInstance } from '../wasm/wasmModule.ts'

interface EdgesModule extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory
  begin(width: number, height: number): void
  rightAt(): number
  downAt(): number
  anchorAt(): number
  givenAt(): number
  solutionAt(): number
  solve(tolerance: number, mostRounds: number): number
}

/**
 * For two channels at once
 *   sum over neighbors q of w_pq (x_p - x_q) + a_p x_p = b_p      (all cells p; w symmetric and >= 0, a >= 0)
 * What is put into its arrays stays there until it is put otherwise; all of it is 0 at first.
 */
export class EdgeSystem {
  /** Weight between each cell and its right neighbor; 0 in the last column. */
  readonly right: Float32Array
  /** Weight between each cell and the one below; 0 in the last row. */
  readonly down: Float32Array
  /** a, per cell; somewhere greater than 0. */
  readonly anchor: Float32Array
  /** (height, width, 2) */
  readonly b: Float32Array
  /** (height, width, 2): a first guess, which solve overwrites with the solution. */
  readonly x: Float32Array
  readonly #wasm: EdgesModule

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#wasm = wasmInstance('edges') as EdgesModule
    this.#wasm.begin(width, height)
    // Nothing more is allocated, so that the module's memory stays where it is.
    const floats = (address: number, each: number): Float32Array =>
      new Float32Array(this.#wasm.memory.buffer, address, each * width * height)
    this.right = floats(this.#wasm.rightAt(), 1)
    this.down = floats(this.#wasm.downAt(), 1)
    this.anchor = floats(this.#wasm.anchorAt(), 1)
    this.b = floats(this.#wasm.givenAt(), 2)
    this.x = floats(this.#wasm.solutionAt(), 2)
  }

  /**
   * @param tolerance of the residual's norm, relative to that of `b`
   * @returns rounds taken
   */
  solve(tolerance = 1e-3, mostRounds = 80): number {
    return this.#wasm.solve(tolerance, mostRounds)
  }
}
