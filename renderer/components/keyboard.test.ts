import { describe, expect, it } from 'vitest'
import { isNeverTyped } from './keyboard.ts'

const press = (key: string, { ctrl = false, alt = false } = {}) =>
  isNeverTyped({ key, code: '', ctrlKey: ctrl, metaKey: false, altKey: alt })

describe('keys in a field', () => {
  it('are the window’s where nothing that is typed needs them: to save, to export, to find a command, for help', () => {
    for (const key of ['s', 'S', 'e', 'k', 'w', 'j', ',', '1', 'PageDown'])
      expect(press(key, { ctrl: true })).toBe(true)
    for (const key of ['F1', 'F11']) expect(press(key)).toBe(true)
  })

  it('are the field’s where they type, move in the text, copy, or take back what was typed', () => {
    for (const key of ['s', 'F', ' ', '5', 'Home', 'Enter', 'Escape', 'Delete']) expect(press(key)).toBe(false)
    for (const key of ['a', 'c', 'v', 'X', 'z', 'Z', 'y', 'ArrowLeft', 'End', 'Backspace'])
      expect(press(key, { ctrl: true })).toBe(false)
    // The way to the third sign of a key.
    expect(press('e', { ctrl: true, alt: true })).toBe(false)
  })
})
