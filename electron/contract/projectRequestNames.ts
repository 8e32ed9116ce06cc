/** The names of the project's requests, free of zod, for the preload. The types below fail when one is missing. */
import type { projectRequests } from './project.ts'

type ProjectRequestName = keyof typeof projectRequests

export const projectRequestNames = [
  'projectState',
  'newProject',
  'saveProject',
  'writeEdits',
  'chooseProjectTarget',
  'saveProjectAs',
  'closeProject',
  'unsavedProjects',
  'discardUnsavedProject',
  'editProject',
  'beginEdit',
  'commitEdit',
  'cancelEdit',
  'undoEdit',
  'redoEdit',
  'goToEdit',
  'editHistory',
  'clipFootage',
  'relinkClip',
  'addPicture',
] as const satisfies readonly ProjectRequestName[]

type Missing = Exclude<ProjectRequestName, (typeof projectRequestNames)[number]>
/** Does not compile while a request has no name above. */
export const noProjectRequestIsMissing: [Missing] extends [never] ? true : Missing = true
