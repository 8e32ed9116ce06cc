/**
 * Cheapest ways from a set of cells to all others: Dijkstra 1959 on the grid's eight neighbors, with whole-number costs
 * kept in buckets (Dial 1969), so that no sorting is needed and equal inputs always give equal answers.
 */

/**
 * Cost of arriving at `to` by way of `from`, whose cost is known; at least `soFar`. Costs beyond the limit end the way.
 */
export type ArrivalCost = (soFar: number, source: number, from: number, to: number, isDiagonal: boolean) => number

export interface Reached {
  /** By cell; -1 where every way is dearer than the limit. */
  readonly cost: Int32Array
  /** By cell: the source cell of its cheapest way; -1 where not reached. */
  readonly source: Int32Array
}

/** @param limit greatest cost of interest, a whole number */
export function leastCost(
  width: number,
  height: number,
  sources: Iterable<number>,
  limit: number,
  arrivalCost: ArrivalCost,
): Reached {
  const cost = new Int32Array(width * height).fill(-1)
  const source = new Int32Array(width * height).fill(-1)
  const heads = new Int32Array(limit + 1).fill(-1)
  // A cell waits once for each neighbor that made it cheaper, at most.
  const cells = new Int32Array(width * height * 9)
  const next = new Int32Array(width * height * 9)
  let used = 0
  const wait = (cell: number, at: number, by: number): void => {
    cost[cell] = at
    source[cell] = by
    cells[used] = cell
    next[used] = heads[at]!
    heads[at] = used++
  }
  for (const cell of sources) if (cost[cell] === -1) wait(cell, 0, cell)
  for (let at = 0; at <= limit; at++) {
    for (let entry = heads[at]!; entry >= 0; entry = heads[at]!) {
      heads[at] = next[entry]!
      const cell = cells[entry]!
      if (cost[cell] !== at) continue
      const x = cell % width
      const y = (cell - x) / width
      const by = source[cell]!
      for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
          const to = cell + dy * width + dx
          const known = cost[to]!
          if (known >= 0 && known <= at) continue
          const arrival = arrivalCost(at, by, cell, to, dx !== 0 && dy !== 0)
          if (arrival <= limit && (known < 0 || arrival < known)) wait(to, arrival, by)
        }
      }
    }
  }
  return { cost, source }
}
