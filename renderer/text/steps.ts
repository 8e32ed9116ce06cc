/** Steps of the undo history in words: main keeps them as kinds, frames and names. */
import type { StepLabel } from '../../electron/contract/stepLabels.ts'
import { text } from './catalog.ts'

/** As in "Pin frame 12". */
export function stepInWords({ kind, frame, to, name, what, count }: StepLabel): string {
  const words = text.steps[kind]
  const operation =
    what !== undefined && what in text.operations ? text.operations[what as keyof typeof text.operations] : ''
  const place = frame === undefined ? '' : to === undefined ? text.steps.at(frame) : text.steps.span(frame, to)
  const of = name ?? (operation || (count === undefined ? '' : String(count)))
  return [words, of && text.steps.quoted(of), place].filter(Boolean).join(' ')
}
