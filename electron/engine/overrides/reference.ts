/** Colors from a colored picture. */
import type { ReferenceOperation } from '../../contract/operations.ts'
import { transferColors } from './colorTransfer.ts'
import type { Grid } from './grid.ts'
import { resizeReference, type ReferencePicture } from './referencePicture.ts'

/** Longer side of the picture whose colors are counted; more does not change them. */
const COUNTED_SIDE = 256

/**
 * @param luma of the cells (grid.ts), 0..1
 * @param chroma (height, width, 2); not changed
 * @param picture for 'replace' it shows the whole frame, at any size and pixel shape
 * @returns the new chroma; the same values where the picture is transparent (when it replaces)
 */
export function applyReference(
  grid: Grid,
  luma: Float32Array,
  chroma: Float32Array,
  { mode, strength }: Pick<ReferenceOperation, 'mode' | 'strength'>,
  picture: ReferencePicture,
): Float32Array {
  const { chroma: wanted, opacity } =
    mode === 'replace' ? resizeReference(picture, grid.width, grid.height) : colorsLike(luma, chroma, picture)
  return chroma.map((value, i) => value + (wanted[i]! - value) * strength * (opacity ? opacity[i >> 1]! : 1))
}

function colorsLike(
  luma: Float32Array,
  chroma: Float32Array,
  picture: ReferencePicture,
): Pick<ReferencePicture, 'chroma' | 'opacity'> {
  const scale = Math.min(1, COUNTED_SIDE / Math.max(picture.width, picture.height))
  const small = resizeReference(
    picture,
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  )
  const reference = { luma: small.luma, chroma: small.chroma, weight: small.opacity }
  return { chroma: transferColors({ luma, chroma, weight: null }, reference), opacity: null }
}
