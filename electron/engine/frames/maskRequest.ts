/** The part of a picture that a region takes, for drawing it while it is made. */
import { z } from 'zod'
import type { MaskReply, MaskRequest } from '../../contract/frames.ts'
import { regionShapeSchema } from '../../contract/operations.ts'
import type { Film } from '../film/film.ts'
import { lumaOfCells } from '../overrides/grid.ts'
import { selectionMask } from '../overrides/shapes.ts'

export const maskRequestSchema = z.object({
  type: z.literal('mask'),
  requestId: z.number().int(),
  footageId: z.string(),
  frame: z.number().int(),
  shape: regionShapeSchema,
  inverted: z.boolean(),
  feather: z.number().min(0).max(0.5),
})

export async function drawMask(film: Film, request: MaskRequest): Promise<MaskReply> {
  const luma = await film.luma(Math.min(film.info.frameCount - 1, Math.max(0, request.frame)))
  const grid = { width: luma.width >> 1, height: luma.height >> 1, aspect: film.aspect }
  const mask = selectionMask(grid, lumaOfCells(luma), request)
  const alpha = Uint8Array.from(mask, (share) => Math.round(255 * share))
  return { type: 'mask', requestId: request.requestId, width: grid.width, height: grid.height, alpha }
}
