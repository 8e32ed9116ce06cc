/** What main tells the window of the open project. Free of zod, like events.ts, whose interface extends this one. */
import type { ClipCoverage, ConcernedFrames, DocumentPatch, ProjectState, ProjectStatus } from './project.ts'
import type { UserErrorData } from './userError.ts'

export interface ProjectEvents {
  /** Another project is open now, or none. */
  projectReplaced: { readonly state: ProjectState | null }
  /** The document or what is known of it has changed. Without patches only the status has. */
  projectChanged: {
    readonly status: ProjectStatus
    readonly patches: readonly DocumentPatch[]
    /** Of the clips that the patches concern. */
    readonly coverage: readonly ClipCoverage[]
    readonly concerned: readonly ConcernedFrames[]
  }
  /** Something the artist should know of: the project goes on elsewhere, or a file was kept. */
  projectNotice: Pick<UserErrorData, 'message' | 'advice'> & {
    /** It asks for a place for the project, and is over once that has one. */
    readonly untilSaved?: boolean
  }
}
export const projectEventNames = [
  'projectReplaced',
  'projectChanged',
  'projectNotice',
] as const satisfies readonly (keyof ProjectEvents)[]
