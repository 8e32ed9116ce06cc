import { describe, expect, it } from 'vitest'
import type { ActionId } from '../state/actions.ts'
import { isAssignable, ownerOf, withDefaults, withKey, type Shortcuts } from './shortcuts.ts'

const defaults: readonly (readonly [ActionId, readonly string[]])[] = [
  ['pin', ['KeyP']],
  ['markIn', ['KeyI']],
  ['redo', ['Ctrl+KeyY', 'Ctrl+Shift+KeyZ']],
]
const actionsWith = (shortcuts: Shortcuts) =>
  defaults.map(([id, keys]) => ({ id, defaults: keys, keys: shortcuts[id] ?? keys }))

describe('the artist’s own keys', () => {
  it('take a key from whoever had it', () => {
    const shortcuts = withKey({}, actionsWith({}), 'pin', 'KeyI')
    expect(shortcuts).toEqual({ pin: ['KeyI'], markIn: [] })
    expect(ownerOf(actionsWith(shortcuts), 'KeyI', 'markIn')).toBe('pin')
    expect(ownerOf(actionsWith(shortcuts), 'KeyI', 'pin')).toBeNull()
  })

  it('write down only what differs', () => {
    const once = withKey({}, actionsWith({}), 'pin', 'KeyT')
    expect(withKey(once, actionsWith(once), 'pin', 'KeyP')).toEqual({})
  })

  it('go back to what they were, also when another action has the key by now', () => {
    const once = withKey({}, actionsWith({}), 'pin', 'KeyI')
    expect(withDefaults(once, actionsWith(once), 'markIn')).toEqual({ pin: [] })
    expect(withDefaults({ pin: [] }, actionsWith({ pin: [] }), 'pin')).toEqual({})
  })

  it('are never a modifier alone, nor what moves the focus', () => {
    expect(['ControlLeft', 'Ctrl+ControlLeft', 'Shift+ShiftLeft', 'Tab', ''].map(isAssignable)).toEqual(
      Array(5).fill(false),
    )
    expect(['KeyA', 'Ctrl+Digit3', 'F5'].map(isAssignable)).toEqual(Array(3).fill(true))
  })
})
