/**
 * The one list of what can be done in the window. Shortcuts, palette and cheat sheet read it. Keys are written as
 * KeyboardEvent.code with modifiers before it ("Ctrl+Shift+KeyS"); Ctrl means Command on a Mac. Letters and signs are
 * those printed on the keys, whatever the layout; digits are the keys of the digit row, with or without Shift's help.
 */
import type { ProjectStatus } from '../../electron/contract/project.ts'
import { text } from '../text/catalog.ts'
import { stepInWords } from '../text/steps.ts'
import type { Editor } from './editor.svelte.ts'

export type ActionId = keyof typeof text.actions

export const actionGroups = ['files', 'playback', 'coloring', 'shots', 'tools', 'looking', 'program'] as const
export type ActionGroup = (typeof actionGroups)[number]

export interface Action {
  readonly id: ActionId
  readonly group: ActionGroup
  readonly label: string
  /** Those that work: the artist's, else the ones the program comes with. */
  readonly keys: readonly string[]
  readonly defaults: readonly string[]
  readonly run: () => void
  /** For actions whose key may be held: what its release does. */
  readonly release?: () => void
  /** Done again and again while its key is held; others are done once. */
  readonly repeats: boolean
  readonly needs: Need
}

/** What must be open for an action: a film in view, a project (which may have no film just now), or nothing. */
export type Need = 'film' | 'project' | 'nothing'

/** What actions need of components: they know the timeline's width and the fields. */
export interface ActionHost {
  readonly zoomTimeline: (factor: number | null) => void
  readonly focusPosition: () => void
}

/** What the pointer does with a key on the picture: no actions, since nothing gives them other keys. */
export const withPointer: readonly (readonly [keyof typeof text.shortcuts.pointer, string])[] = [
  ['takeColor', 'Alt+Click'],
  ['straightLine', 'Shift+Click'],
  ['moveObject', 'Ctrl+Drag'],
]

/** What leads on bit by bit. What switches something, or makes or removes it, is no such thing. */
const REPEATING: ReadonlySet<ActionId> = new Set([
  ...(['undo', 'redo', 'stepForward', 'stepBack', 'louder', 'softer', 'brushLarger', 'brushSmaller'] as const),
  ...(['nextPin', 'previousPin', 'nextFlicker', 'previousFlicker', 'nextShot', 'previousShot'] as const),
  ...(['nextMarker', 'previousMarker', 'timelineIn', 'timelineOut', 'zoomIn', 'zoomOut'] as const),
  ...(['panLeft', 'panRight', 'panUp', 'panDown'] as const),
])

/** Screen pixels that a key moves the picture by. */
const PAN = 96

export function createActions(editor: Editor, host: ActionHost): Action[] {
  const { playback, viewer, tools } = editor
  const list: Record<ActionGroup, [ActionId, string[], () => unknown, Need, release?: () => void][]> = {
    files: [
      ['open', ['Ctrl+KeyO'], () => editor.files.choose(), 'nothing'],
      ['newProject', ['Ctrl+KeyN'], () => editor.files.begin(), 'nothing'],
      ['save', ['Ctrl+KeyS'], () => editor.files.save(), 'project'],
      ['saveAs', ['Ctrl+Shift+KeyS'], () => editor.files.saveAs(), 'project'],
      ['export', ['Ctrl+KeyE'], () => (editor.dialog = 'export'), 'film'],
      ['exportFrame', ['Ctrl+Shift+KeyE'], () => editor.exporting.exportFrame(), 'film'],
      ['exportSheet', [], () => editor.exporting.exportSheet(), 'film'],
      ['undo', ['Ctrl+KeyZ'], () => editor.steps.undo(), 'project'],
      ['redo', ['Ctrl+Shift+KeyZ', 'Ctrl+KeyY'], () => editor.steps.redo(), 'project'],
      ['history', ['Ctrl+KeyH'], () => (editor.dialog = 'history'), 'project'],
      ['relink', [], () => (editor.dialog = 'relink'), 'project'],
      ['renameClip', [], () => (editor.dialog = 'rename'), 'film'],
      ['rate', [], () => editor.askForRate(), 'film'],
      ['removeClip', [], () => editor.files.remove(), 'film'],
      ['nextClip', ['Ctrl+PageDown'], () => editor.clips.goTo(1), 'film'],
      ['previousClip', ['Ctrl+PageUp'], () => editor.clips.goTo(-1), 'film'],
      ['clipLater', ['Alt+PageDown'], () => editor.clips.moveBy(1), 'film'],
      ['clipEarlier', ['Alt+PageUp'], () => editor.clips.moveBy(-1), 'film'],
      ['close', ['Ctrl+KeyW'], () => editor.files.close(), 'project'],
      ['sample', [], () => editor.files.sample(), 'nothing'],
    ],
    playback: [
      ['play', ['Space'], () => playback.togglePlay(), 'film'],
      ['stop', ['KeyK'], () => playback.brake(), 'film', () => playback.releaseBrake()],
      ['forward', ['KeyL'], () => playback.shuttle(1), 'film', () => playback.endSlow()],
      ['backward', ['KeyJ'], () => playback.shuttle(-1), 'film', () => playback.endSlow()],
      ['stepForward', ['ArrowRight'], () => playback.step(1), 'film'],
      ['stepBack', ['ArrowLeft'], () => playback.step(-1), 'film'],
      ['first', ['Home'], () => playback.seek(0), 'film'],
      ['last', ['End'], () => playback.seek(playback.frameCount - 1), 'film'],
      ['goTo', ['KeyG'], () => host.focusPosition(), 'film'],
      ['loop', ['Shift+KeyL'], () => (playback.loop = !playback.loop), 'film'],
      ['mute', ['KeyU'], () => editor.sound.toggleMute(), 'film'],
      ['louder', ['Shift+ArrowUp'], () => editor.sound.change(1), 'film'],
      ['softer', ['Shift+ArrowDown'], () => editor.sound.change(-1), 'film'],
      ['markIn', ['KeyI'], () => editor.mark((it) => it.markIn()), 'film'],
      ['markOut', ['KeyO'], () => editor.mark((it) => it.markOut()), 'film'],
      ['clearRange', ['KeyX'], () => editor.mark((it) => it.clearRange()), 'film'],
    ],
    coloring: [
      ['colorize', ['KeyC'], () => editor.coloring.startOrPause(), 'film'],
      ['cancel', [], () => editor.coloring.cancel(), 'film'],
      ['propagateForward', ['Ctrl+ArrowRight'], () => editor.coloring.propagateShot('forward'), 'film'],
      ['propagateBackward', ['Ctrl+ArrowLeft'], () => editor.coloring.propagateShot('backward'), 'film'],
      ['propagateBetween', ['Ctrl+ArrowUp'], () => editor.coloring.propagateShot('between'), 'film'],
      ['pin', ['KeyP'], () => editor.pinning.pin(), 'film'],
      ['pinPicture', ['Ctrl+KeyP'], () => editor.pinning.choosePicture(), 'film'],
      ['likePin', ['Ctrl+Shift+KeyP'], () => (editor.dialog = 'likePin'), 'film'],
      ['pinAlike', ['Alt+Shift+KeyP'], () => editor.pinning.pinAlike(), 'film'],
      ['unpin', ['Shift+KeyP'], () => editor.pinning.unpin(), 'film'],
      ['nextPin', ['Shift+ArrowRight'], () => editor.pinning.goTo(1), 'film'],
      ['previousPin', ['Shift+ArrowLeft'], () => editor.pinning.goTo(-1), 'film'],
      ['suggestPin', ['Alt+KeyP'], () => editor.pinning.goToSuggested(), 'film'],
      ['nextFlicker', ['Period'], () => editor.goToFlicker(1), 'film'],
      ['previousFlicker', ['Comma'], () => editor.goToFlicker(-1), 'film'],
    ],
    shots: [
      ['nextShot', ['ArrowDown'], () => editor.cutting.goTo(1), 'film'],
      ['previousShot', ['ArrowUp'], () => editor.cutting.goTo(-1), 'film'],
      ['splitShot', ['KeyS'], () => editor.cutting.split(), 'film'],
      ['joinShot', ['Shift+KeyS'], () => editor.cutting.join(), 'film'],
      ['findShots', [], () => editor.cutting.find(), 'film'],
      ['lock', ['Shift+KeyK'], () => editor.cutting.toggleLock(), 'film'],
      ['keepOwn', ['Shift+KeyO'], () => editor.cutting.toggleOwnColors(), 'film'],
      ['copyLook', ['Ctrl+Shift+KeyC'], () => editor.looks.copy(), 'film'],
      ['pasteLook', ['Ctrl+Shift+KeyV'], () => editor.looks.paste(), 'film'],
      ['soundLane', ['KeyH'], () => editor.sound.toggleLane(), 'film'],
      ['marker', ['KeyM'], () => editor.marking.set(), 'film'],
      ['markers', ['Shift+KeyM'], () => (editor.dialog = 'markers'), 'film'],
      ['nextMarker', ['PageDown'], () => editor.marking.goTo(1), 'film'],
      ['previousMarker', ['PageUp'], () => editor.marking.goTo(-1), 'film'],
      ['removeMarker', [], () => editor.marking.remove(), 'film'],
      ['markLater', ['Ctrl+Shift+ArrowRight'], () => editor.moving.by(1), 'film'],
      ['markEarlier', ['Ctrl+Shift+ArrowLeft'], () => editor.moving.by(-1), 'film'],
      ['timelineIn', ['Plus'], () => host.zoomTimeline(1.6), 'film'],
      ['timelineOut', ['Minus'], () => host.zoomTimeline(1 / 1.6), 'film'],
      ['timelineWhole', ['Digit0'], () => host.zoomTimeline(null), 'film'],
    ],
    tools: [
      ['toolView', ['KeyV'], () => tools.choose('view'), 'film'],
      ['toolStroke', ['KeyB'], () => tools.choose('stroke'), 'film'],
      ['toolNeutral', ['KeyN'], () => tools.choose('neutral'), 'film'],
      ['toolErase', ['KeyE'], () => tools.choose('erase'), 'film'],
      ['toolLasso', ['KeyA'], () => tools.choose('lasso'), 'film'],
      ['toolSelect', ['KeyW'], () => tools.choose('select'), 'film'],
      ['toolPick', ['KeyD'], () => tools.choose('pick'), 'film'],
      ['drawByKeys', ['Shift+KeyB'], () => tools.drawByKeys(), 'film'],
      ['brushLarger', ['BracketRight'], () => tools.grow(1.2), 'film'],
      ['brushSmaller', ['BracketLeft'], () => tools.grow(1 / 1.2), 'film'],
      ['removeObject', ['Delete', 'Backspace'], () => editor.removeObject(), 'film'],
      ['escape', ['Escape'], () => editor.escape(), 'film'],
      ['inspector', ['F2'], () => (editor.inspector = !editor.inspector), 'film'],
    ],
    looking: [
      ['modeColor', ['Digit1'], () => editor.compare('color'), 'film'],
      ['modeWipe', ['Digit2'], () => editor.compare('wipe'), 'film'],
      ['modeSide', ['Digit3'], () => editor.compare('side'), 'film'],
      ['modeGray', ['Digit4'], () => editor.compare('gray'), 'film'],
      ['modeDifference', ['Digit5'], () => editor.compare('difference'), 'film'],
      ['modeOnion', ['Digit6'], () => editor.compare('onion'), 'film'],
      [
        'beforeEdits',
        ['KeyQ'],
        () => viewer.pressBeforeEdits(performance.now()),
        'film',
        () => viewer.releaseBeforeEdits(performance.now()),
      ],
      ['scopes', ['F3'], () => (editor.scopes = !editor.scopes), 'film'],
      ['fit', ['KeyF'], () => viewer.fit(), 'film'],
      ['actual', ['Ctrl+Digit1'], () => viewer.setZoom(1), 'film'],
      ['zoomIn', ['Ctrl+Plus'], () => viewer.zoomBy(1.25), 'film'],
      ['zoomOut', ['Ctrl+Minus'], () => viewer.zoomBy(0.8), 'film'],
      ['panLeft', ['Alt+ArrowLeft'], () => viewer.pan(PAN, 0), 'film'],
      ['panRight', ['Alt+ArrowRight'], () => viewer.pan(-PAN, 0), 'film'],
      ['panUp', ['Alt+ArrowUp'], () => viewer.pan(0, PAN), 'film'],
      ['panDown', ['Alt+ArrowDown'], () => viewer.pan(0, -PAN), 'film'],
      ['fullscreen', ['F11'], () => toggleFullscreen(), 'nothing'],
    ],
    program: [
      ['palette', ['Ctrl+KeyK'], () => (editor.dialog = 'palette'), 'nothing'],
      ['shortcuts', ['F1', 'Question'], () => (editor.dialog = 'shortcuts'), 'nothing'],
      ['work', ['Ctrl+KeyJ'], () => (editor.work = !editor.work), 'nothing'],
      ['settings', ['Ctrl+Comma'], () => (editor.dialog = 'settings'), 'nothing'],
      ['reports', [], () => (editor.dialog = 'reports'), 'nothing'],
      ['licences', [], () => (editor.dialog = 'licences'), 'nothing'],
    ],
  }
  return actionGroups.flatMap((group) =>
    list[group].map(([id, defaults, run, needs, release]) => {
      const keys = editor.preferences.shortcuts[id] ?? defaults
      return {
        id,
        group,
        label: text.actions[id],
        keys,
        defaults,
        run: () => void run(),
        needs,
        repeats: REPEATING.has(id),
        ...(release && { release }),
      }
    }),
  )
}

/** As a tap of its key does it, for those who choose it from a list: none of them lets go of anything later. */
export function carryOut({ run, release }: Pick<Action, 'run' | 'release'>): void {
  run()
  release?.()
}

/** Whether what the action needs is open. */
export function canRun({ needs }: Pick<Action, 'needs'>, { film, project }: Editor): boolean {
  return needs === 'nothing' || film !== null || (needs === 'project' && project.document !== null)
}

/** Of those that are about what the frame in view has: whether it has it. All others always do something. */
export function hasPurpose({ id }: Pick<Action, 'id'>, { film, playback, jobs }: Editor): boolean {
  const { frame, range } = playback
  if (id === 'cancel') return jobs.colorizing
  if (id === 'unpin') return film?.isPinned(frame) ?? false
  if (id === 'removeMarker') return film?.markerAt(frame) !== undefined
  if (id === 'joinShot') return (film?.shotAt(frame)?.from ?? 0) > 0
  if (id === 'nextPin') return film !== null && film.neighborPin(frame, 1) !== null
  if (id === 'previousPin') return film !== null && film.neighborPin(frame, -1) !== null
  return id !== 'clearRange' || range !== null
}

/** What is undone and redone is said with it. */
export function labelOf({ id, label }: Pick<Action, 'id' | 'label'>, status: ProjectStatus | null): string {
  if (id === 'undo' && status?.undo) return text.top.undo(stepInWords(status.undo))
  if (id === 'redo' && status?.redo) return text.top.redo(stepInWords(status.redo))
  return label
}

function toggleFullscreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void document.documentElement.requestFullscreen()
}

/** Signs lie on other keys in every country, some behind Shift. */
const signs: Readonly<Record<string, string>> = { '+': 'Plus', '=': 'Plus', '-': 'Minus', _: 'Minus', '?': 'Question' }

/** How an event is written in the list above. */
export function keyOf(
  event: Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const sign = signs[event.key]
  const name = sign ?? (/^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code)
  const parts = [
    (event.ctrlKey || event.metaKey) && 'Ctrl',
    event.altKey && 'Alt',
    event.shiftKey && !sign && 'Shift',
    name,
  ]
  return parts.filter(Boolean).join('+')
}

const readable: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Plus: '+',
  Minus: '−',
  Question: '?',
  Period: '.',
  Comma: ',',
  BracketLeft: '[',
  BracketRight: ']',
  ...text.keys,
}

/** As keyboards write it: "Ctrl+Shift+S", in German "Strg+Umschalt+S". */
export function readableKey(key: string): string {
  return key
    .split('+')
    .map((part) => readable[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join('+')
}
