/** Reading and writing 32-bit floats in plain memory. */

// @ts-ignore: decorator
@inline export function f(base: usize, index: i32): f32 {
  return load<f32>(base + (<usize>index << 2))
}
// @ts-ignore: decorator
@inline export function put(base: usize, index: i32, value: f32): void {
  store<f32>(base + (<usize>index << 2), value)
}
// @ts-ignore: decorator
@inline export function clampi(value: i32, low: i32, high: i32): i32 {
  return value < low ? low : value > high ? high : value
}
// @ts-ignore: decorator
@inline export function clampf(value: f32, low: f32, high: f32): f32 {
  return min(max(value, low), high)
}
// @ts-ignore: decorator
@inline export function sum4(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)
}
// @ts-ignore: decorator
@inline export function floats(count: i32): usize {
  return heap.alloc((<usize>count << 2) + 64)
}
