/**
 * The patches that lead from one document to another, as immer's applyPatches takes them. Parts that are the same
 * object in both are passed over, so that the cost is that of what changed, not of the document. Pure; plain data only.
 */
import type { Patch } from 'immer'

type Path = readonly (string | number)[]
type Fields = Readonly<Record<string, unknown>>

/** In a list of so many changed neighbors each is looked into; more of them are taken as a whole. */
const LOOKED_INTO = 8

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function differences(before: unknown, after: unknown, path: Path = []): Patch[] {
  if (before === after) return []
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path)
  if (!isFields(before) || !isFields(after)) return [{ op: 'replace', path: [...path], value: after }]
  const patches: Patch[] = []
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) patches.push({ op: 'remove', path: [...path, key] })
    else if (before[key] !== after[key]) patches.push(...differences(before[key], after[key], [...path, key]))
  }
  for (const key of Object.keys(after)) {
    if (!Object.hasOwn(before, key)) {
      patches.push({ op: 'add', path: [...path, key], value: after[key] })
    }
  }
  return patches
}

const alike = (one: unknown, other: unknown): boolean => one === other || differences(one, other).length === 0

function ofLists(before: readonly unknown[], after: readonly unknown[], path: Path): Patch[] {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && alike(before[head], after[head])) head++
  let tail = 0
  while (tail < shorter - head && alike(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail++
  const gone = before.length - head - tail
  const come = after.length - head - tail
  if (gone === come && gone <= LOOKED_INTO) {
    return Array.from({ length: gone }, (_, n) =>
      differences(before[head + n], after[head + n], [...path, head + n]),
    ).flat()
  }
  if (2 * (gone + come) > before.length + after.length) return [{ op: 'replace', path: [...path], value: after }]
  return [
    ...Array.from({ length: gone }, (_, n): Patch => ({ op: 'remove', path: [...path, head + gone - 1 - n] })),
    ...Array.from({ length: come }, (_, n): Patch => ({
      op: 'add',
      path: [...path, head + n],
      value: after[head + n],
    })),
  ]
}
