/**
 * Chroma of an interlaced picture for each of its lines. Where it has half of luma's rows, neighboring rows belong to
 * different fields, a picture's moment apart: between them nothing may be interpolated, only within a field.
 */
import { chromaRow, chromaSize, type PixelLayout, type Plane } from './pixelLayout.ts'

/** Samples, row-major. */
export interface ChromaRows {
  readonly width: number
  readonly height: number
  readonly samples: Plane | Float32Array
}

/** Whether rows of chroma belong to fields in turn, each to lines of its own. */
export function hasFieldRows(layout: Pick<PixelLayout, 'height' | 'sampling' | 'interlaced'>): boolean {
  return layout.sampling !== 'gray' && layout.interlaced === true && chromaRow(layout, 0).rows.length === 2
}

/**
 * A chroma plane as it is; that of an interlaced picture which has half the rows brought to one for each line of luma,
 * linearly between the two rows of its own field that lie nearest (chromaRow says where), the outermost going on.
 * @param plane of the layout; not gray
 */
export function chromaOfLines(plane: Plane, layout: PixelLayout): ChromaRows {
  const [width, rows] = chromaSize(layout)
  if (!hasFieldRows(layout)) return { width, height: rows, samples: plane }
  const { height } = layout
  const samples = new Float32Array(width * height)
  for (let line = 0; line < height; line++) {
    // A picture of one or two lines has a single row for both fields.
    const field = rows === 1 ? 0 : line & 1
    const last = (rows - 1 - field) >> 1
    const at = Math.min(last, Math.max(0, (line - (field === 0 ? 0.5 : 2.5)) / 4))
    const upper = Math.floor(at)
    const share = at - upper
    const a = (2 * upper + field) * width
    const b = (2 * Math.min(last, upper + 1) + field) * width
    for (let i = 0; i < width; i++) samples[line * width + i] = plane[a + i]! + (plane[b + i]! - plane[a + i]!) * share
  }
  return { width, height, samples }
}
