/** The artist's own keys: what differs from those the program comes with, and who has a key already. Pure. */
import type { Action, ActionId } from '../state/actions.ts'

export type Shortcuts = Readonly<Record<string, readonly string[]>>
type Keyed = Pick<Action, 'id' | 'keys' | 'defaults'>

/** Keys that only move on in a dialog or belong to the system's keyboard operation; none of them can be given away. */
const RESERVED = new Set(['Tab', 'Shift+Tab', 'Enter'])
/** A modifier that is pressed alone is not a key yet. */
const MODIFIER = /(Control|Shift|Alt|Meta|AltGraph|OS)(Left|Right)?$/

export const isAssignable = (key: string): boolean => key !== '' && !RESERVED.has(key) && !MODIFIER.test(key)

/** Which other action has the key now; null where none. */
export function ownerOf(actions: readonly Keyed[], key: string, except: ActionId): ActionId | null {
  return actions.find((action) => action.id !== except && action.keys.includes(key))?.id ?? null
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, n) => key === b[n])

/** Gives an action a key as its only one. Whoever had it loses it. */
export function withKey(
  shortcuts: Shortcuts,
  actions: readonly Keyed[],
  id: ActionId,
  key: string,
): Record<string, string[]> {
  const owner = actions.find((action) => action.id !== id && action.keys.includes(key))
  const changed = new Map(Object.entries(shortcuts))
  changed.set(id, [key])
  if (owner)
    changed.set(
      owner.id,
      owner.keys.filter((each) => each !== key),
    )
  return withoutDefaults(changed, actions)
}

/** The action's own keys again. Whoever has been given one of them meanwhile loses it. */
export function withDefaults(shortcuts: Shortcuts, actions: readonly Keyed[], id: ActionId): Record<string, string[]> {
  const { defaults } = actions.find((action) => action.id === id)!
  const changed = new Map(Object.entries(shortcuts))
  changed.delete(id)
  for (const other of actions) {
    if (other.id !== id && other.keys.some((key) => defaults.includes(key))) {
      changed.set(
        other.id,
        other.keys.filter((key) => !defaults.includes(key)),
      )
    }
  }
  return withoutDefaults(changed, actions)
}

/** What is as it came is not written down. */
function withoutDefaults(
  shortcuts: ReadonlyMap<string, readonly string[]>,
  actions: readonly Keyed[],
): Record<string, string[]> {
  const kept = [...shortcuts].filter(
    ([id, keys]) => !same(actions.find((action) => action.id === id)?.defaults ?? [], keys),
  )
  return Object.fromEntries(kept.map(([id, keys]) => [id, [...keys]]))
}
