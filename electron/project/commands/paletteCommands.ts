/** Edits of the project's named colors; whatever was colored with one follows it. */
import type { ChromaColor } from '../../contract/operations.ts'
import type { CommandOf } from '../../contract/projectCommands.ts'
import type { Project } from '../../contract/projectDocument.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import { findIndex, refuse } from './refusals.ts'
import { sentence } from '../../contract/sentence.ts'

const colorGone = sentence`This named color is no longer in the project.`

/** Every color in the project that was taken from the named one. */
function* usesOf(project: Project, id: string): Generator<ChromaColor> {
  for (const clip of project.clips) {
    for (const edit of Object.values(clip.frames)) {
      for (const operation of edit.operations) {
        if (operation.type === 'hint' && operation.color.named === id) yield operation.color
        if (
          operation.type === 'region' &&
          operation.adjustment.kind === 'recolor' &&
          operation.adjustment.color.named === id
        ) {
          yield operation.adjustment.color
        }
      }
    }
  }
}

export function addNamedColor(project: Project, { type, color }: CommandOf<'add-named-color'>): StepLabel {
  if (project.namedColors.some((each) => each.id === color.id)) {
    refuse(sentence`This color is in the project already.`, sentence`Change it instead.`)
  }
  project.namedColors.push(color)
  return { kind: type, name: color.name }
}

export function changeNamedColor(project: Project, { type, color }: CommandOf<'change-named-color'>): StepLabel {
  project.namedColors[findIndex(project.namedColors, color.id, colorGone)] = color
  for (const use of usesOf(project, color.id)) {
    use.u = color.u
    use.v = color.v
  }
  return { kind: type, name: color.name }
}

export function removeNamedColor(project: Project, { type, color: id }: CommandOf<'remove-named-color'>): StepLabel {
  const [removed] = project.namedColors.splice(findIndex(project.namedColors, id, colorGone), 1)
  for (const use of usesOf(project, id)) delete use.named
  return { kind: type, name: removed!.name }
}
