/** Frame rates as people write them. Pure. */
import type { Rational } from './schemas.ts'

/** Beyond these a number is no rate of a film. */
const [SLOWEST, FASTEST] = [1, 240]

const broadcastRates: readonly Rational[] = [24000, 30000, 48000, 60000, 120000].map((num) => ({ num, den: 1001 }))
/** By so much the decimals that people and headers write differ from these, in frames per second: 23.98. */
const ROUNDED = 0.005

/** The broadcast rate, as 30000/1001, that so many frames per second are rounded from; null where there is none. */
export function broadcastRate(perSecond: number): Rational | null {
  return broadcastRates.find(({ num, den }) => Math.abs(num / den - perSecond) < ROUNDED) ?? null
}

/**
 * '16', '23.976' or '24000/1001' in frames per second; null for everything else, and for rates that no film has.
 * '29.97' is 30000/1001.
 */
export function parseRate(text: string): Rational | null {
  const parts = /^\s*(\d{1,6})(?:\/(\d{1,6})|[.,](\d{1,3}))?\s*$/.exec(text)
  if (!parts) return null
  const [num, den] = parts[3]
    ? [Number(`${parts[1]}${parts[3]}`), 10 ** parts[3].length]
    : [Number(parts[1]), Number(parts[2] ?? 1)]
  if (!(num > 0 && den > 0 && num / den >= SLOWEST && num / den <= FASTEST)) return null
  return broadcastRate(num / den) ?? { num, den }
}

export function isSameRate(a: Rational | undefined, b: Rational | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.num * b.den === b.num * a.den
}
