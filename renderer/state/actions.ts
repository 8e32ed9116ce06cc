/**
 * The one list of what can be done in the window. Shortcuts, palette and cheat sheet read it. Keys are written as
 * KeyboardEvent.code with modifiers before it ("Ctrl+Shift+KeyS"); Ctrl means Command on a Mac.
 */
import { text } from '../text/catalog.ts'
import type { Editor } from './editor.svelte.ts'

export type ActionId = keyof typeof text.actions

export interface Action {
  readonly id: ActionId
  readonly label: string
  readonly keys: readonly string[]
  readonly run: () => void
  /** Needs an open film. */
  readonly film: boolean
}

/** What actions need of components: they know the timeline's width and the fields. */
export interface ActionHost {
  readonly zoomTimeline: (factor: number | null) => void
  readonly focusPosition: () => void
}

export function createActions(editor: Editor, host: ActionHost): Action[] {
  const { playback, viewer } = editor
  const list: [ActionId, string[], () => unknown, 'film' | 'always'][] = [
    ['open', ['Ctrl+KeyO'], () => editor.chooseAndOpen(), 'always'],
    ['close', ['Ctrl+KeyW'], () => editor.closeFilm(), 'film'],
    ['colorize', ['KeyC'], () => editor.colorize(), 'film'],
    ['cancel', ['Escape'], () => editor.cancelColorize(), 'film'],
    ['export', ['Ctrl+KeyE'], () => (editor.dialog = 'export'), 'film'],
    ['play', ['Space'], () => playback.togglePlay(), 'film'],
    ['stop', ['KeyK'], () => playback.pause(), 'film'],
    ['forward', ['KeyL'], () => playback.shuttle(1), 'film'],
    ['backward', ['KeyJ'], () => playback.shuttle(-1), 'film'],
    ['stepForward', ['ArrowRight'], () => playback.step(1), 'film'],
    ['stepBack', ['ArrowLeft'], () => playback.step(-1), 'film'],
    ['nextPin', ['Shift+ArrowRight'], () => editor.goToPin(1), 'film'],
    ['previousPin', ['Shift+ArrowLeft'], () => editor.goToPin(-1), 'film'],
    ['first', ['Home'], () => playback.seek(0), 'film'],
    ['last', ['End'], () => playback.seek(playback.frameCount - 1), 'film'],
    ['loop', ['Shift+KeyL'], () => (playback.loop = !playback.loop), 'film'],
    ['markIn', ['KeyI'], () => playback.markIn(), 'film'],
    ['markOut', ['KeyO'], () => playback.markOut(), 'film'],
    ['clearRange', ['KeyX'], () => playback.clearRange(), 'film'],
    ['modeColor', ['Digit1'], () => (viewer.mode = 'color'), 'film'],
    ['modeWipe', ['Digit2'], () => (viewer.mode = 'wipe'), 'film'],
    ['modeSide', ['Digit3'], () => (viewer.mode = 'side'), 'film'],
    ['modeGray', ['Digit4'], () => (viewer.mode = 'gray'), 'film'],
    ['fit', ['KeyF'], () => viewer.fit(), 'film'],
    ['actual', ['Ctrl+Digit1'], () => viewer.setZoom(1), 'film'],
    ['zoomIn', ['Ctrl+Equal'], () => viewer.zoomBy(1.25), 'film'],
    ['zoomOut', ['Ctrl+Minus'], () => viewer.zoomBy(0.8), 'film'],
    ['timelineIn', ['Equal'], () => host.zoomTimeline(1.6), 'film'],
    ['timelineOut', ['Minus'], () => host.zoomTimeline(1 / 1.6), 'film'],
    ['timelineWhole', ['Digit0'], () => host.zoomTimeline(null), 'film'],
    ['pin', ['KeyP'], () => editor.choosePin(), 'film'],
    ['unpin', ['Shift+KeyP'], () => editor.unpin(), 'film'],
    ['goTo', ['KeyG'], () => host.focusPosition(), 'film'],
    ['fullscreen', ['F11'], () => toggleFullscreen(), 'always'],
    ['palette', ['Ctrl+KeyK'], () => (editor.dialog = 'palette'), 'always'],
    ['shortcuts', ['F1', 'Shift+Slash'], () => (editor.dialog = 'shortcuts'), 'always'],
  ]
  return list.map(([id, keys, run, needs]) => ({ id, label: text.actions[id], keys, run: () => void run(), film: needs === 'film' }))
}

function toggleFullscreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen()
}

/** How an event is written in the list above. */
export function keyOf(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const parts = [(event.ctrlKey || event.metaKey) && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift', event.code]
  return parts.filter(Boolean).join('+')
}

const readable: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  Equal: '+',
  Minus: '−',
  Slash: '?',
  Escape: 'Esc',
}

/** As keyboards write it: "Ctrl+Shift+S". */
export function readableKey(key: string): string {
  return key
    .split('+')
    .map((part) => readable[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join('+')
    .replace('Shift+?', '?')
}
