/** Numbers by chance, the same in every run: a linear congruential generator with the constants of Knuth's MMIX. */

/** The next number, from 0 to below `below` (at most 2^31). */
export type Numbers = (below: number) => number

export function numbers(seed: bigint | number): Numbers {
  let state = BigInt(seed)
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
    return Number((state >> 33n) % BigInt(below))
  }
}
