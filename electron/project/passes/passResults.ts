/** Which coloring of a pass stands where: records of a clip. */
import type { PassResult } from '../../contract/projectDocument.ts'

/** In order, and neighbors with one key and mode as one record. */
export function mergeResults(results: readonly PassResult[]): PassResult[] {
  const merged: PassResult[] = []
  for (const result of [...results].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && last.to === result.from && last.key === result.key && last.mode === result.mode) {
      merged[merged.length - 1] = { ...last, to: result.to }
    } else merged.push(result)
  }
  return merged
}
