/** Carries commands out: from one document to the next, with the patches that lead there and back. Pure. */
import { enablePatches, produceWithPatches, type Patch } from 'immer'
import type { CommandOf, ProjectCommand, ProjectCommandType } from '../../contract/projectCommands.ts'
import type { Project } from '../../contract/projectDocument.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import * as clips from './clipCommands.ts'
import * as frames from './frameCommands.ts'
import * as markers from './markerCommands.ts'
import * as palette from './paletteCommands.ts'
import * as pins from './pinCommands.ts'
import * as shots from './shotCommands.ts'

enablePatches()

/** Changes the draft; throws UserError 'edit-refused' where the edit makes no sense, and then nothing has changed. */
type Edit<T extends ProjectCommandType> = (
  draft: Project,
  command: CommandOf<T>,
  newId: () => string,
  seen: Project,
) => StepLabel

const edits: { readonly [T in ProjectCommandType]: Edit<T> } = {
  'rename-project': clips.renameProject,
  'change-settings': clips.changeSettings,
  'add-clip': clips.addClip,
  'remove-clip': clips.removeClip,
  'rename-clip': clips.renameClip,
  'move-clip': clips.moveClip,
  'relink-clip': clips.relinkClip,
  'set-rate': clips.setRate,
  'set-in-out': clips.setInOut,
  'set-cuts': shots.setCuts,
  'keep-own-colors': shots.keepOwnColors,
  'split-shot': shots.splitShot,
  'join-shots': shots.joinShots,
  'move-cut': shots.moveCut,
  'set-look': shots.setLook,
  'add-operation': frames.addOperation,
  'replace-operation': frames.replaceOperation,
  'extend-stroke': frames.extendStroke,
  'remove-operation': frames.removeOperation,
  'move-operation': frames.moveOperation,
  'clear-frame': frames.clearFrame,
  'copy-operations': frames.copyOperations,
  'set-base': frames.setBase,
  'label-frame': frames.labelFrame,
  pin: pins.pin,
  unpin: pins.unpin,
  'move-pin': pins.movePin,
  'copy-pin': pins.copyPin,
  'add-lock': pins.addLock,
  'remove-lock': pins.removeLock,
  'add-marker': markers.addMarker,
  'change-marker': markers.changeMarker,
  'remove-marker': markers.removeMarker,
  'add-named-color': palette.addNamedColor,
  'change-named-color': palette.changeNamedColor,
  'remove-named-color': palette.removeNamedColor,
}

export interface Edited {
  readonly project: Project
  readonly label: StepLabel
  /** Empty where the command changes nothing. */
  readonly patches: Patch[]
  readonly inverse: Patch[]
}

/**
 * @param newId gives a name that no shot or operation of the project has
 * @param seen the project as the artist sees it, with what the program has found; 'project' is the artist's document
 *   alone
 */
export function runCommand(
  project: Project,
  command: ProjectCommand,
  newId: () => string,
  seen: Project = project,
): Edited {
  const edit = edits[command.type] as Edit<ProjectCommandType>
  let label: StepLabel = { kind: command.type }
  const [next, patches, inverse] = produceWithPatches(project, (draft) => {
    if (shots.concernShots(command)) shots.takeOverShots(draft, command.clip, seen)
    label = edit(draft, command, newId, seen)
  })
  return { project: next, label, patches, inverse }
}
