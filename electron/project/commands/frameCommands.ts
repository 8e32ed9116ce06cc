/** Edits of single frames: their operations and the coloring these start from. */
import { MOST_STROKE_POINTS, type Operation } from '../../contract/operations.ts'
import type { CommandOf } from '../../contract/projectCommands.ts'
import type { Clip, FrameEdit, Project } from '../../contract/projectDocument.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import { isUntouched, untouchedFrame } from '../document.ts'
import { checkFrame, findClip, findEdit, findIndex, refuse } from './refusals.ts'
import { sentence } from '../../contract/sentence.ts'

const editGone = sentence`This edit is no longer there.`

/** The frame's entry, made where there is none yet. */
export function editFor(clip: Clip, frame: number): FrameEdit {
  checkFrame(clip, frame)
  return (clip.frames[frame] ??= untouchedFrame())
}

/** Frames on which nothing is left to say have no entry. */
export function tidy(clip: Clip, frame: number): void {
  const edit = clip.frames[frame]
  if (edit && isUntouched(edit)) delete clip.frames[frame]
}

/** U and V of a color that bears a name come from the project's palette, whatever the window sent. */
function linkColor(project: Project, operation: Operation): Operation {
  const link = <C extends { u: number; v: number; named?: string | undefined }>(color: C): C => {
    if (color.named === undefined) return color
    const named = project.namedColors.find((each) => each.id === color.named)
    if (!named)
      refuse(
        sentence`This named color is no longer in the project.`,
        sentence`Choose another color, or undo its removal.`,
      )
    return { ...color, u: named.u, v: named.v }
  }
  if (operation.type === 'hint') return { ...operation, color: link(operation.color) }
  if (operation.type === 'region' && operation.adjustment.kind === 'recolor') {
    return { ...operation, adjustment: { ...operation.adjustment, color: link(operation.adjustment.color) } }
  }
  return operation
}

export function addOperation(
  project: Project,
  { type, clip: id, frame, operation, index }: CommandOf<'add-operation'>,
): StepLabel {
  const edit = editFor(findClip(project, id), frame)
  if (edit.operations.some((each) => each.id === operation.id)) {
    refuse(sentence`This edit is on the frame already.`, sentence`Change it instead of adding it again.`)
  }
  edit.operations.splice(index ?? edit.operations.length, 0, linkColor(project, operation))
  return { kind: type, frame, what: operation.type }
}

export function replaceOperation(
  project: Project,
  { type, clip: id, frame, operation }: CommandOf<'replace-operation'>,
): StepLabel {
  const { operations } = findEdit(findClip(project, id), frame)
  operations[findIndex(operations, operation.id, editGone)] = linkColor(project, operation)
  return { kind: type, frame, what: operation.type }
}

export function extendStroke(
  project: Project,
  { type, clip: id, frame, operation: operationId, points }: CommandOf<'extend-stroke'>,
): StepLabel {
  const { operations } = findEdit(findClip(project, id), frame)
  const stroke = operations[findIndex(operations, operationId, editGone)]!
  if (stroke.type !== 'hint') refuse(sentence`This is no stroke that could go on.`, sentence`Draw a new one.`)
  if (stroke.points.length + points.length > MOST_STROKE_POINTS) {
    refuse(sentence`This stroke is as long as one can be.`, sentence`Go on with a new one.`)
  }
  stroke.points.push(...points)
  return { kind: type, frame, what: stroke.type }
}

export function removeOperation(
  project: Project,
  { type, clip: id, frame, operation }: CommandOf<'remove-operation'>,
): StepLabel {
  const clip = findClip(project, id)
  const { operations } = findEdit(clip, frame)
  const [removed] = operations.splice(findIndex(operations, operation, editGone), 1)
  tidy(clip, frame)
  return { kind: type, frame, what: removed!.type }
}

export function moveOperation(
  project: Project,
  { type, clip: id, frame, operation, index }: CommandOf<'move-operation'>,
): StepLabel {
  const { operations } = findEdit(findClip(project, id), frame)
  const from = findIndex(operations, operation, editGone)
  if (index >= operations.length) {
    refuse(sentence`There is no such place in the list of edits.`, sentence`Drop the edit on or between others.`)
  }
  const [moved] = operations.splice(from, 1)
  operations.splice(index, 0, moved!)
  return { kind: type, frame, what: moved!.type }
}

/** Takes all operations away. A pin stays a pin, with the coloring it started from. */
export function clearFrame(project: Project, { type, clip: id, frame }: CommandOf<'clear-frame'>): StepLabel {
  const clip = findClip(project, id)
  const edit = findEdit(clip, frame)
  edit.operations = []
  if (!edit.pinned) edit.base = { kind: 'automatic' }
  tidy(clip, frame)
  return { kind: type, frame }
}

/** Operation ids are unique within a frame; copies get new ones. */
export function copyOperations(
  project: Project,
  { type, clip: id, from, to }: CommandOf<'copy-operations'>,
  newId: () => string,
): StepLabel {
  const clip = findClip(project, id)
  const copies = findEdit(clip, from).operations.map((operation) => ({ ...operation, id: newId() }))
  if (copies.length === 0)
    refuse(sentence`Frame ${from} has no edits to copy.`, sentence`Choose a frame that carries edits.`)
  editFor(clip, to).operations.push(...copies)
  return { kind: type, frame: from, to, count: copies.length }
}

export function setBase(project: Project, { type, clip: id, frame, base }: CommandOf<'set-base'>): StepLabel {
  const clip = findClip(project, id)
  const edit = editFor(clip, frame)
  if (edit.pinned && base.kind === 'automatic') {
    refuse(sentence`Frame ${frame} is pinned and needs a coloring of its own.`, sentence`Unpin the frame first.`)
  }
  edit.base = base
  tidy(clip, frame)
  return { kind: type, frame, what: base.kind }
}

export function labelFrame(project: Project, { type, clip: id, frame, label }: CommandOf<'label-frame'>): StepLabel {
  const clip = findClip(project, id)
  const edit = editFor(clip, frame)
  if (label.trim() === '') delete edit.label
  else edit.label = label.trim()
  tidy(clip, frame)
  return { kind: type, frame, name: label.trim() }
}
