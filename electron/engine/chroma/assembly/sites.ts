/** Where chroma samples lie among the model's texels, and memory for rows of them. */

/** Of the chroma, and of the model. */
export let width: i32 = 0
export let height: i32 = 0
export let modelWidth: i32 = 0
export let modelHeight: i32 = 0

/** Of each chroma row: the model's rows around it, and the share of the lower one. */
export let tops: usize = 0
export let bottoms: usize = 0
export let bottomWeights: usize = 0
/** Of each chroma column: the model's column to its left, and the share of the right one. */
export let lefts: usize = 0
export let rightWeights: usize = 0

/** Several samples at once are read and written, beyond the end of a row as well. */
export function room(bytes: i32): usize {
  return heap.alloc(<usize>bytes + 64)
}

export function beginSites(chromaWidth: i32, chromaHeight: i32, texelsAcross: i32, texelsDown: i32): void {
  width = chromaWidth
  height = chromaHeight
  modelWidth = texelsAcross
  modelHeight = texelsDown
  tops = room(4 * height)
  bottoms = room(4 * height)
  bottomWeights = room(8 * height)
  lefts = room(4 * width)
  rightWeights = room(4 * width)
}

export function topsAt(): usize {
  return tops
}
export function bottomsAt(): usize {
  return bottoms
}
export function bottomWeightsAt(): usize {
  return bottomWeights
}
export function leftsAt(): usize {
  return lefts
}
export function rightWeightsAt(): usize {
  return rightWeights
}
