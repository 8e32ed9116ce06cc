import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '../../electron/contract/preferences.ts'
import { carryOut, createActions, keyOf, readableKey } from './actions.ts'
import type { Editor } from './editor.svelte.ts'
import { Playback } from './playback.svelte.ts'

const press = (code: string, key: string, modifiers: Partial<KeyboardEvent> = {}): string =>
  keyOf({ code, key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers })

describe('the list of actions', () => {
  const actions = createActions(
    {
      playback: {},
      viewer: {},
      tools: {},
      preferences: { ...defaultPreferences, shortcuts: { pin: ['KeyT'] } },
    } as unknown as Editor,
    { zoomTimeline: () => undefined, focusPosition: () => undefined },
  )

  it('gives every key to one action only', () => {
    const keys = actions.flatMap((action) => action.keys)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('takes the artist’s own keys in place of those it comes with', () => {
    expect(actions.find((action) => action.id === 'pin')).toMatchObject({ keys: ['KeyT'], defaults: ['KeyP'] })
  })

  it('does what is held down again and again only where that leads on', () => {
    const repeats = (id: string) => actions.find((action) => action.id === id)?.repeats
    expect(['stepForward', 'undo', 'brushLarger', 'nextShot', 'panUp'].map(repeats)).toEqual(Array(5).fill(true))
    expect(['colorize', 'play', 'pin', 'lock', 'removeObject', 'cancel', 'stop'].map(repeats)).toEqual(
      Array(7).fill(false),
    )
  })

  it('names every action, each once', () => {
    expect(actions.every((action) => action.label.length > 0)).toBe(true)
    expect(new Set(actions.map((action) => action.id)).size).toBe(actions.length)
  })

  it('writes keys as the list does, with Command as Ctrl', () => {
    expect(press('KeyO', 'o', { metaKey: true })).toBe('Ctrl+KeyO')
    expect(press('ArrowLeft', 'ArrowLeft', { shiftKey: true })).toBe('Shift+ArrowLeft')
    expect([readableKey('Ctrl+KeyE'), readableKey('Shift+ArrowRight'), readableKey('Question')]).toEqual([
      'Ctrl+E',
      'Shift+→',
      '?',
    ])
  })

  it('goes by what is printed on the keys: American, German and French', () => {
    expect([press('Equal', '+', { shiftKey: true }), press('BracketRight', '+'), press('NumpadAdd', '+')]).toEqual([
      'Plus',
      'Plus',
      'Plus',
    ])
    expect([press('Slash', '?', { shiftKey: true }), press('Minus', '?', { shiftKey: true })]).toEqual([
      'Question',
      'Question',
    ])
    expect([press('KeyA', 'q'), press('KeyL', 'l')]).toEqual(['KeyQ', 'KeyL'])
    expect([press('Digit1', '1'), press('Digit1', '&')]).toEqual(['Digit1', 'Digit1'])
  })

  it('carries out what is chosen from a list as a tap of the key would: “Pause” brakes nothing that comes later', () => {
    const playback = new Playback()
    playback.load(100, { num: 24, den: 1 })
    const editor = { playback, viewer: {}, tools: {}, preferences: defaultPreferences } as unknown as Editor
    const list = createActions(editor, { zoomTimeline: () => undefined, focusPosition: () => undefined })
    const action = (id: string) => list.find((each) => each.id === id)!
    carryOut(action('stop'))
    action('forward').run()
    expect(playback.speed).toBe(1)
  })
})
