/**
 * Sets right the times of single pictures that were harmed in the file, while the others' tell where they belong. Pure.
 */

/** A picture that is shown at another time than the one that is stored with it. */
interface Mended {
  readonly stored?: number
}

/**
 * The longest series of times that rise, of those that came one after another (patience sorting). What is not in it is
 * of pictures whose own time was harmed.
 */
export function risingOf(times: readonly number[]): number[] {
  /** Of each length the series that ends lowest: where its last time is; and for each time, which one is before it. */
  const ends: number[] = []
  const before = new Int32Array(times.length)
  times.forEach((time, n) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (times[ends[middle]!]! < time) low = middle + 1
      else high = middle
    }
    before[n] = low > 0 ? ends[low - 1]! : -1
    ends[low] = n
  })
  const rising: number[] = []
  for (let n = ends.at(-1) ?? -1; n >= 0; n = before[n]!) rising.push(times[n]!)
  return rising.reverse()
}

/**
 * Pictures in the order in which they came. A time that was harmed lies among those of others: such a picture is shown
 * evenly between those that came before and after it. Left out is one at an end, and one in whose place another is
 * known to be missing.
 * @param rising the times that were not harmed
 * @param isMissing whether a picture is, between two times
 */
export function withTimesMended<T extends { readonly pts: number }>(
  arrived: readonly T[],
  rising: ReadonlySet<number>,
  isMissing: (from: number, to: number) => boolean,
): (T & Mended)[] {
  const mended: (T & Mended)[] = []
  let harmed: T[] = []
  let before: number | null = null
  for (const frame of arrived) {
    if (!rising.has(frame.pts)) {
      harmed.push(frame)
      continue
    }
    if (before !== null && harmed.length > 0 && !isMissing(before, frame.pts)) {
      const [from, step] = [before, (frame.pts - before) / (harmed.length + 1)]
      const place = (n: number): number => from + (n + 1) * step
      const at = step >= 1 ? (n: number): number => Math.round(place(n)) : place
      mended.push(...harmed.map((each, n) => ({ ...each, pts: at(n), stored: each.pts })))
    }
    harmed = []
    before = frame.pts
    mended.push(frame)
  }
  return mended
}
