/** What the module shows to JavaScript (../motion.ts): pictures go in, motion is found, colors are moved along it. */
import { arrived, beginCarrying, certainty, chroma, others, result, told } from './carry'
import { beginFlow, results } from './flow'
import { beginPictures } from './pictures'

export { draw, join, judge, meanCertainty, meanOrigin, mix, move, originAt, setOut, tell, weigh } from './carry'
export { flow } from './flow'
export { lumaAt, take } from './pictures'

/** To be called once, before all else. Sizes in pixels of the finest level. */
export function begin(width: i32, height: i32): void {
  beginPictures(width, height)
  beginFlow(width, height)
  beginCarrying(width, height)
}

export function flowAt(from: i32): usize {
  return results[from]
}
export function certaintyAt(): usize {
  return certainty
}
export function chromaAt(): usize {
  return chroma
}
export function othersAt(): usize {
  return others
}
export function toldAt(): usize {
  return told
}
export function arrivedAt(): usize {
  return arrived
}
export function resultAt(): usize {
  return result
}
