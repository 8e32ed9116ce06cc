/**
 * Keeps the keyboard in a list that changes: what is put elsewhere in the page, or taken out of it, loses the focus.
 * One that was moved has it again; where one is gone, what stands in its place has it.
 */

const FOCUSABLE = ['button', 'input', 'select', 'textarea', '[tabindex]'].join()

/** Those that Tab reaches, in their order. */
function stopsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.tabIndex >= 0 && !isDisabled(each))
}

const isDisabled = (element: HTMLElement): boolean => element.matches(':disabled')

interface Options {
  /**
   * Where nothing can be undone: what takes the place of what is gone is not pressed by a second Enter, for the row has
   * the keyboard, and Tab goes on in it.
   */
  readonly toRow?: boolean
}

/** An action for the element that stays while its parts change. */
export function keepFocus(list: HTMLElement, { toRow = false }: Options = {}): { destroy: () => void } {
  /** What has the focus, and where it stood when the list was last seen. */
  let held: { readonly element: HTMLElement; readonly place: Place } | null = null
  /** What was given the keyboard here: the press of Enter that led there is not its own. */
  let handed: HTMLElement | null = null
  const hold = (): void => {
    const { activeElement } = document
    const isOurs = activeElement instanceof HTMLElement && activeElement !== list && list.contains(activeElement)
    held = isOurs ? { element: activeElement, place: placeOf(list, activeElement) } : null
  }
  const left = (): void => {
    // A change of the list is seen before this: whoever leaves by himself has left by then.
    setTimeout(() => {
      if (!list.contains(document.activeElement)) held = null
    })
  }
  /** A field that closes when it is left is gone before it is known where to: the mouse and Tab say that before. */
  const leave = (): void => {
    held = null
    setTimeout(hold)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') leave()
    if (event.type === 'keydown' && !event.repeat) handed = null
    else if (event.key === 'Enter' && event.target === handed) event.preventDefault()
  }
  const observer = new MutationObserver(() => {
    const { activeElement } = document
    // One that can be pressed no more loses the focus a moment later.
    const isLost = activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
    if (held && isLost) {
      const { element, place } = held
      const isThere = list.contains(element)
      // What can not be pressed any more hands on to its neighbor in the row, wherever that is now.
      const at = isThere ? { ...place, row: rowOf(list, element) } : place
      handed = isThere && !isDisabled(element) ? element : ((toRow ? rowAt(list, at) : nextTo(list, at)) ?? list)
      focus(handed)
    }
    hold()
  })
  observer.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  const listening = new AbortController()
  const { signal } = listening
  list.addEventListener('focusin', hold, { signal })
  list.addEventListener('focusout', left, { signal })
  list.addEventListener('keydown', press, { signal, capture: true })
  list.addEventListener('keypress', press, { signal, capture: true })
  // The press of a pointer may be kept from becoming one of the mouse; a finger's becomes one only when it is lifted.
  window.addEventListener('pointerdown', leave, { signal, capture: true })
  window.addEventListener('mousedown', leave, { signal, capture: true })
  return {
    destroy() {
      observer.disconnect()
      listening.abort()
    },
  }
}

/** A row, or the list where nothing else is left, can have the keyboard for as long as it is there. */
function focus(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus({ preventScroll: true })
}

/** Where an element stands: its row, and which of the row's parts it is. */
interface Place {
  readonly row: number
  readonly part: number
  /** Among all of the list. */
  readonly stop: number
}

const rowsOf = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('li')]

/** -1 for what is in none. */
function rowOf(list: HTMLElement, element: HTMLElement): number {
  const row = element.closest('li')
  return row ? rowsOf(list).indexOf(row) : -1
}

function placeOf(list: HTMLElement, element: HTMLElement): Place {
  const row = element.closest('li')
  const part = row ? stopsIn(row).indexOf(element) : -1
  return { row: rowOf(list, element), part, stop: stopsIn(list).indexOf(element) }
}

/** The row that has come into its place, else the last; none where it stood in none. */
function rowAt(list: HTMLElement, { row }: Place): HTMLElement | undefined {
  const rows = rowsOf(list)
  return row < 0 ? undefined : rows[Math.min(row, rows.length - 1)]
}

/** The same part of the row that has come into its place, else the last there is. */
function nextTo(list: HTMLElement, place: Place): HTMLElement | undefined {
  const row = rowAt(list, place)
  const stops = stopsIn(row ?? list)
  return stops[Math.min(Math.max(0, row ? place.part : place.stop), stops.length - 1)]
}
