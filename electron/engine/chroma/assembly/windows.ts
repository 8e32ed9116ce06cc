/**
 * Means over the window around each texel, of the texels that exist: sums over the rows of a window for each column,
 * and over the columns as the window moves along a row. Channels are interleaved, 32-bit floats; sums are of 64 bits.
 */

/** Half a window's side, in texels. */
const RADIUS: i32 = 1

export class Windows {
  /** Sums over rows, per column; zeros on both sides spare the loop along a row the borders. */
  private readonly columns: usize
  private readonly sums: usize
  private readonly bytes: usize
  /** Of a channel of the window where it stands. */
  readonly means: usize

  /** @param channels an even number */
  constructor(
    private readonly width: i32,
    private readonly height: i32,
    private readonly channels: i32,
  ) {
    const bytes = <usize>((width + 2 * RADIUS + 1) * channels) << 3
    this.bytes = bytes
    this.columns = heap.alloc(bytes)
    this.sums = heap.alloc(<usize>channels << 3)
    this.means = heap.alloc(<usize>channels << 3)
  }

  /** Before the first row. */
  begin(values: usize): void {
    memory.fill(this.columns, 0, this.bytes)
    for (let y = 0; y < min(RADIUS, this.height); y++) this.addRow(values, y)
  }

  /** Goes on to a row, the next one. @returns how many rows the window has there */
  enterRow(values: usize, y: i32): i32 {
    if (y + RADIUS < this.height) this.addRow(values, y + RADIUS)
    if (y - RADIUS - 1 >= 0) this.takeRow(values, y - RADIUS - 1)
    memory.fill(this.sums, 0, <usize>this.channels << 3)
    // The first columns are zeros, so nothing leaves before the window stands at the border.
    for (let x = -RADIUS; x < 0; x++) this.move(x)
    return min(this.height - 1, y + RADIUS) - max(0, y - RADIUS) + 1
  }

  /** Goes on to a texel of the row, the next one, and tells its means. */
  enter(x: i32, rows: i32): void {
    this.move(x)
    const count = rows * (min(this.width - 1, x + RADIUS) - max(0, x - RADIUS) + 1)
    const share = f64x2.splat(1 / <f64>count)
    for (let k: usize = 0, end = <usize>this.channels << 3; k < end; k += 16)
      v128.store(this.means + k, f64x2.mul(v128.load(this.sums + k), share))
  }

  private move(x: i32): void {
    const into = this.columns + (<usize>((x + 2 * RADIUS + 1) * this.channels) << 3)
    const from = this.columns + (<usize>(max(0, x) * this.channels) << 3)
    for (let k: usize = 0, end = <usize>this.channels << 3; k < end; k += 16) {
      const change = f64x2.sub(v128.load(into + k), v128.load(from + k))
      v128.store(this.sums + k, f64x2.add(v128.load(this.sums + k), change))
    }
  }

  private addRow(values: usize, y: i32): void {
    const count = this.width * this.channels
    let from = values + (<usize>(y * count) << 2)
    let at = this.columns + (<usize>((RADIUS + 1) * this.channels) << 3)
    for (let i = 0; i < count; i += 2, from += 8, at += 16)
      v128.store(at, f64x2.add(v128.load(at), f64x2.promote_low_f32x4(v128.load64_zero(from))))
  }

  private takeRow(values: usize, y: i32): void {
    const count = this.width * this.channels
    let from = values + (<usize>(y * count) << 2)
    let at = this.columns + (<usize>((RADIUS + 1) * this.channels) << 3)
    for (let i = 0; i < count; i += 2, from += 8, at += 16)
      v128.store(at, f64x2.sub(v128.load(at), f64x2.promote_low_f32x4(v128.load64_zero(from))))
  }
}
