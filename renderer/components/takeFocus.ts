/**
 * For a field that comes about where it was asked for: it has the keyboard at once. Svelte's `autofocus` leaves the
 * keyboard with a button that was pressed by a key.
 */
export function takeFocus(field: HTMLElement): void {
  field.focus()
}
