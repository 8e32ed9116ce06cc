/** Whose a key is: that of the element which has the keyboard, or the window's, where it is a shortcut. */

/** What text is typed into. */
const TEXT = 'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea'
/** What takes keys of its own without text being typed into it. */
const CONTROL = ['input', 'summary', '[role="slider"]', '[role="application"]'].join()
/** With Ctrl they select, copy, undo and move within a text. */
const EDITING = /^([acvxyz]|Arrow\w+|Home|End|Backspace|Delete|Insert)$/i

export const isTextField = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element?.matches(TEXT) ?? false

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Nothing that is typed needs it: in a field it does what it does elsewhere. Alt with Ctrl types signs. Pure. */
export function isNeverTyped({ key, ctrlKey, metaKey, altKey }: Key): boolean {
  return /^F\d+$/.test(key) || ((ctrlKey || metaKey) && !altKey && !EDITING.test(key))
}

/** The element needs the key for itself. */
export function isKeyOf(element: EventTarget | null, event: Key): boolean {
  if (!(element instanceof HTMLElement)) return false
  if (isTextField(element)) return !isNeverTyped(event)
  const { key, code, ctrlKey, metaKey } = event
  if (element instanceof HTMLSelectElement) return !ctrlKey && !metaKey && !/^F\d+$/.test(key)
  if (element.matches('input[type="range"]')) return /^(Arrow|Page|Home|End)/.test(key)
  if (element.matches('input[type="checkbox"], input[type="radio"]')) return code === 'Space'
  return element.matches('button, summary') && (code === 'Space' || code === 'Enter')
}

/**
 * What was set with the pointer does not keep the keyboard: arrows go on through the film. What is typed into does, and
 * so do dialogs. Tab goes on from where it was.
 * @param pressed what the pointer went down on
 */
export function giveBack(pressed: EventTarget | null): void {
  const focused = document.activeElement
  if (!(pressed instanceof Element) || !(focused instanceof HTMLElement) || !focused.matches(CONTROL)) return
  if (isTextField(focused) || focused.closest('dialog')) return
  const ofLabel = pressed.closest('label')?.control
  if (focused === ofLabel || focused.contains(pressed)) focused.blur()
}
