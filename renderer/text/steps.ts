/** Steps of the undo history in words: main keeps them as kinds, frames and names. */
import { isWay, type StepLabel } from '../../electron/contract/stepLabels.ts'
import { text } from './catalog.ts'

/** As in "Pin frame 12". */
export function stepInWords(label: StepLabel): string {
  const { kind, name, what, count } = label
  const words = text.steps[kind]
  const operation =
    what !== undefined && what in text.operations ? text.operations[what as keyof typeof text.operations] : ''
  const of = name ?? (operation || (count === undefined ? '' : String(count)))
  return [words, of && text.steps.quoted(of), placeInWords(label)].filter(Boolean).join(' ')
}

function placeInWords(label: StepLabel): string {
  const { frame, to } = label
  if (frame === undefined) return ''
  if (to === undefined) return text.steps.at(frame)
  // Ranges are named by their last frame everywhere.
  const last = isWay(label) ? to : to - 1
  return last === frame ? text.steps.at(frame) : text.steps.span(frame, last)
}
