/** Frame rates as people write them. Pure. */
import type { Rational } from './schemas.ts'

/** Beyond these a number is no rate of a film. */
const [SLOWEST, FASTEST] = [1, 240]

/** '16', '23.976' or '24000/1001' in frames per second; null for everything else, and for rates that no film has. */
export function parseRate(text: string): Rational | null {
  const parts = /^\s*(\d{1,6})(?:\/(\d{1,6})|[.,](\d{1,3}))?\s*$/.exec(text)
  if (!parts) return null
  const [num, den] = parts[3]
    ? [Number(`${parts[1]}${parts[3]}`), 10 ** parts[3].length]
    : [Number(parts[1]), Number(parts[2] ?? 1)]
  return num > 0 && den > 0 && num / den >= SLOWEST && num / den <= FASTEST ? { num, den } : null
}

export function isSameRate(a: Rational | undefined, b: Rational | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.num * b.den === b.num * a.den
}
