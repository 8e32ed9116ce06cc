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

/** An action for the element that stays while its parts change. */
export function keepFocus(list: HTMLElement): { destroy: () => void } {
  /** What has the focus, and where it stood when the list was last seen. */
  let held: { readonly element: HTMLElement; readonly place: Place } | null = null
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
  const observer = new MutationObserver(() => {
    const { activeElement } = document
    // One that can be pressed no more loses the focus a moment later.
    const isLost = activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
    if (held && isLost) {
      const { element, place } = held
      const isThere = list.contains(element)
      // What can not be pressed any more hands on to its neighbor in the row, wherever that is now.
      const at = isThere ? { ...place, row: rowOf(list, element) } : place
      const next = isThere && !isDisabled(element) ? element : nextTo(list, at)
      next?.focus({ preventScroll: true })
    }
    hold()
  })
  observer.observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  list.addEventListener('focusin', hold)
  list.addEventListener('focusout', left)
  return {
    destroy() {
      observer.disconnect()
      list.removeEventListener('focusin', hold)
      list.removeEventListener('focusout', left)
    },
  }
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

/** The same part of the row that has come into its place, else the last there is. */
function nextTo(list: HTMLElement, { row, part, stop }: Place): HTMLElement | undefined {
  const rows = rowsOf(list)
  const stops = row < 0 || rows.length === 0 ? stopsIn(list) : stopsIn(rows[Math.min(row, rows.length - 1)]!)
  const wanted = row < 0 || rows.length === 0 ? stop : part
  return stops[Math.min(Math.max(0, wanted), stops.length - 1)] ?? (list.tabIndex >= -1 ? list : undefined)
}
