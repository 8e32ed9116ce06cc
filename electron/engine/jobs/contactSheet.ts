/** All pinned frames on one picture, each with its number: what the artist has decided, at a glance. */
import type { Film } from '../film/film.ts'
import { smallPicture } from '../writing/smallPicture.ts'
import type { FinishedFile } from '../writing/files/targetFile.ts'
import { writeRawPicture } from '../writing/writePicture.ts'
import { shownFrame, type PictureOrder } from './exportFrame.ts'

/** Of each picture, in pixels; less where there are hundreds. */
const [TALL, SMALL, MANY] = [216, 108, 100]
const GAP = 12
/** Gray of the sheet and of its numbers, of 255. */
const [GROUND, INK] = [28, 200]
/** Digits of three by five dots, a row a number, and how large a dot is. */
const DIGITS = [
  [7, 5, 5, 5, 7],
  [2, 6, 2, 2, 7],
  [7, 1, 7, 4, 7],
  [7, 1, 3, 1, 7],
  [5, 5, 7, 1, 1],
  [7, 4, 7, 1, 7],
  [7, 4, 7, 5, 7],
  [7, 1, 1, 2, 2],
  [7, 5, 7, 5, 7],
  [7, 5, 7, 1, 7],
] as const
const DOT = 2
const CAPTION = 5 * DOT + 6

interface Cell {
  readonly frame: number
  readonly width: number
  readonly height: number
  /** Red, green and blue, row by row. */
  readonly samples: Uint8Array
}

class Sheet {
  readonly samples: Uint8Array

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.samples = new Uint8Array(width * height * 3).fill(GROUND)
  }

  place({ width, height, samples }: Cell, left: number, top: number): void {
    for (let row = 0; row < height; row++) {
      this.samples.set(samples.subarray(row * width * 3, (row + 1) * width * 3), ((top + row) * this.width + left) * 3)
    }
  }

  write(number: number, left: number, top: number): void {
    for (const [place, letter] of `${number}`.split('').entries()) {
      DIGITS[Number(letter)]!.forEach((dots, row) => {
        for (let column = 0; column < 3; column++) {
          if ((dots & (4 >> column)) === 0) continue
          this.#dot(left + (4 * place + column) * DOT, top + row * DOT)
        }
      })
    }
  }

  #dot(left: number, top: number): void {
    for (let row = top; row < top + DOT; row++) {
      const at = (row * this.width + left) * 3
      this.samples.fill(INK, at, at + 3 * DOT)
    }
  }
}

/**
 * PNG or TIFF of 8 bits a sample, whole or not at all. Throws the UserErrors of writeRawPicture.
 * @param frames at least one
 */
export async function contactSheet(film: Film, frames: readonly number[], order: PictureOrder): Promise<FinishedFile> {
  const height = frames.length > MANY ? SMALL : TALL
  const cells: Cell[] = []
  let allOwn = true
  for (const frame of frames) {
    const { planes, footage, isOwn } = await shownFrame(film, frame, 'png-sequence')
    const samples = await smallPicture(film.tools, footage, planes, height, 'rgb')
    cells.push({ frame, width: samples.length / (3 * height), height, samples })
    allOwn &&= isOwn
  }
  const across = Math.ceil(Math.sqrt(cells.length))
  const down = Math.ceil(cells.length / across)
  const step = { x: Math.max(...cells.map(({ width }) => width)) + GAP, y: height + CAPTION + GAP }
  const sheet = new Sheet(GAP + across * step.x, GAP + down * step.y)
  cells.forEach((cell, n) => {
    const [left, top] = [GAP + (n % across) * step.x, GAP + Math.floor(n / across) * step.y]
    sheet.place(cell, left, top)
    sheet.write(cell.frame, left, top + height + 4)
  })
  const { width, height: whole, samples } = sheet
  const raw = { pixelFormat: 'rgb24', width, height: whole, parts: [samples] }
  const picture = { ...raw, filters: '', encoding: { pixelFormat: 'rgb24', args: [] } }
  return writeRawPicture(film.tools, film.footage, picture, order.target, {
    ...order,
    label: allOwn ? null : (order.label ?? null),
  })
}
