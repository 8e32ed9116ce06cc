/** Drawn places seen by a moving camera, as luma pictures: what shots are found in. */
import type { LumaPicture } from '../../electron/engine/shots/detectCuts.ts'

export const PLACE_WIDTH = 128
export const PLACE_HEIGHT = 96

/** Numbers 0..1 that are the same every time. */
export function noise(seed: number): () => number {
  let state = seed * 2654435761
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}

/** Discs of a seed on a wide canvas, seen from (x, y), as luma 0..1. */
export function drawnPlace(seed: number): (x: number, y: number) => Float32Array {
  const random = noise(seed)
  const [wide, tall] = [400, 240]
  const canvas = new Float32Array(wide * tall).fill(0.5)
  for (let n = 0; n < 40; n++) {
    const [cx, cy, r, level] = [random() * wide, random() * tall, 6 + random() * 22, random() * 1.2 - 0.6]
    for (let y = Math.max(0, Math.ceil(cy - r)); y < Math.min(tall, cy + r); y++) {
      for (let x = Math.max(0, Math.ceil(cx - r)); x < Math.min(wide, cx + r); x++) {
        if ((x - cx) ** 2 + (y - cy) ** 2 < r * r) canvas[y * wide + x]! += level
      }
    }
  }
  return (dx, dy) =>
    Float32Array.from({ length: PLACE_WIDTH * PLACE_HEIGHT }, (_, i) => {
      const x = Math.round((i % PLACE_WIDTH) + dx)
      const y = Math.round(Math.floor(i / PLACE_WIDTH) + dy)
      return Math.min(1, Math.max(0, canvas[y * wide + x]!))
    })
}

/** Frames with film grain over them. */
export function grainy(frames: readonly Float32Array[], grain = 0.03): LumaPicture[] {
  const random = noise(99)
  return frames.map((values) => ({
    width: PLACE_WIDTH,
    height: PLACE_HEIGHT,
    values: values.map((value) => Math.min(1, Math.max(0, value + grain * (random() + random() - 1) * 2.4))),
  }))
}
