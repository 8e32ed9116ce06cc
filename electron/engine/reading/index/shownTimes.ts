/** When the frames of a film are shown. Pure. */
import type { Footage } from '../footage.ts'

/**
 * Seconds from the first frame to each frame, and at last to the end of the last one; null for films whose frames come
 * evenly, which are shown by their rate alone.
 */
export function frameTimes({ index, info }: Pick<Footage, 'index' | 'info'>): Float64Array<ArrayBuffer> | null {
  if (!info.variableRate) return null
  const { pts, end, timeBase } = index
  const first = pts[0] ?? 0
  return Float64Array.from([...pts, end], (ticks) => ((ticks - first) * timeBase.num) / timeBase.den)
}
