/** What the scopes say; the words come from the window's catalog. */
import type { ScopeKind } from './scopePainter.ts'

export interface ScopeWords {
  readonly label: string
  readonly kinds: Readonly<Record<ScopeKind, string>>
  /** Of the button that enlarges the vectorscope, and what it says now. */
  readonly gain: string
  readonly gainValue: (gain: number) => string
}
