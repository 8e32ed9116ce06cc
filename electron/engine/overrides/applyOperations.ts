/** A frame's coloring after everything the artist did to it. */
import type { AssetId, HintOperation, Operation } from '../../contract/operations.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import { applyGrade } from './grade.ts'
import { gridOf, lumaOfCells } from './grid.ts'
import { spreadHints } from './hints.ts'
import { applyReference } from './reference.ts'
import type { ReferencePicture } from './referencePicture.ts'
import { adjustRegion } from './regions.ts'

export interface OperationContext {
  /** Width / height of the stored picture in its pixels: what lengths of operations are measured by. */
  readonly aspect: number
  /** The pictures that 'reference' operations name, decoded. */
  readonly pictures: ReadonlyMap<AssetId, ReferencePicture>
}

/** The pictures that have to be decoded before the operations can be applied. */
export function picturesNeeded(operations: readonly Operation[]): AssetId[] {
  const needed = operations.flatMap((operation) =>
    operation.enabled && operation.type === 'reference' ? [operation.asset] : [],
  )
  return [...new Set(needed)]
}

/**
 * Applies operations in the order of their list; disabled ones are passed over. All hints are solved together at the
 * place of the first enabled one. The same arguments always give the same result; none of them is changed.
 * Throws UserError 'not-found' when a reference's picture is not among the context's.
 * @param luma of the frame, at the networks' size
 * @param chroma the coloring to start from, at half that size
 */
export function applyOperations(
  luma: NetworkLuma,
  chroma: NetworkChroma,
  operations: readonly Operation[],
  { aspect, pictures }: OperationContext,
): NetworkChroma {
  if (luma.width !== 2 * chroma.width || luma.height !== 2 * chroma.height) {
    throw new RangeError(
      `chroma of ${chroma.width} x ${chroma.height} does not belong to luma of ${luma.width} x ${luma.height}`,
    )
  }
  const enabled = operations.filter((operation) => operation.enabled)
  if (enabled.length === 0) return chroma
  const grid = gridOf(chroma, aspect)
  const cells = lumaOfCells(luma)
  const hints = enabled.filter((operation): operation is HintOperation => operation.type === 'hint')
  let values = chroma.values
  for (const operation of enabled) {
    switch (operation.type) {
      case 'hint':
        if (operation === hints[0]) values = spreadHints(grid, cells, values, hints)
        break
      case 'region':
        values = adjustRegion(grid, cells, values, operation)
        break
      case 'grade':
        values = applyGrade(cells, values, operation.grade)
        break
      case 'reference': {
        const picture = pictures.get(operation.asset)
        if (!picture) {
          throw new UserError(
            'not-found',
            sentence`A reference picture of this frame is missing from the project.`,
            sentence`Bring the picture in again, or remove the reference from the frame.`,
            operation.asset,
          )
        }
        values = applyReference(grid, cells, values, operation, picture)
        break
      }
    }
  }
  return { width: chroma.width, height: chroma.height, values }
}
