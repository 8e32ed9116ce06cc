/** Clips as edits and passes leave them, for tests of what is made of a clip. */
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import type { Clip } from '../../electron/contract/projectDocument.ts'
import { coloredFinding, type ColoredPart } from '../../electron/project/passes/coloredFinding.ts'
import { runCommand } from '../../electron/project/commands/commands.ts'
import { takenApart, withFinding, withFindings } from '../../electron/project/findings.ts'
import { countingIds, smallProject } from './arbitraryEdits.ts'

const newId = countingIds('new')

/** @param changes edits, and parts that a pass has colored */
export function editedClip(clip: Clip, ...changes: (ProjectCommand | ColoredPart)[]): Clip {
  let project = { ...smallProject(), clips: [clip] }
  for (const change of changes) {
    const { own, findings } = takenApart(project, [])
    project = withFindings(
      'type' in change ? runCommand(own, change, newId, project).project : own,
      'type' in change ? findings : withFinding(findings, coloredFinding(project.clips[0]!, [change])),
    )
  }
  return project.clips[0]!
}
