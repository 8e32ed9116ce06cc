/** Exact fractions, for time bases and frame rates. */
import type { Rational } from '../../contract/schemas.ts'

function gcd(a: number, b: number): number {
  let x = Math.abs(a)
  let y = Math.abs(b)
  while (y !== 0) [x, y] = [y, x % y]
  return x
}

export function reduced(num: number, den: number): Rational {
  const divisor = gcd(num, den) || 1
  return { num: num / divisor, den: den / divisor }
}

/** value * num / den, rounded to the nearest integer; exact for any size. */
export function scaled(value: number, num: number, den: number): number {
  const product = value * num
  if (Number.isSafeInteger(product)) return Math.round(product / den)
  const [n, d] = [BigInt(Math.round(value)) * BigInt(num), BigInt(den)]
  const half = d / 2n
  return Number(n >= 0n ? (n + half) / d : -((-n + half) / d))
}
