/**
 * Which frame of which clip was looked at last. Kept by the browser for as long as the window lasts, outside of the
 * page: a page that is loaded anew, because its process has died or the language was changed, shows the same again.
 */
export interface LastView {
  readonly clip: string
  readonly frame: number
}

const KEY = 'view'

export function rememberView(view: LastView): void {
  sessionStorage.setItem(KEY, JSON.stringify(view))
}

/** Null in a new window. */
export function lastView(): LastView | null {
  const kept = sessionStorage.getItem(KEY)
  return kept === null ? null : (JSON.parse(kept) as LastView)
}
