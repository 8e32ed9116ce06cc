/** What a project is called, in the language of the moment where nobody has named it. */
import { UNTITLED, type ProjectStatus } from '../../electron/contract/project.ts'
import { text } from './catalog.ts'

/** Of one that has no file. */
export const titleInWords = (title: string): string => (title === UNTITLED ? text.top.untitled : title)

/** Of the one that is open. @param status null while none is */
export function projectName(status: Pick<ProjectStatus, 'name' | 'path'> | null): string {
  if (status === null) return text.top.untitled
  return status.path === null ? titleInWords(status.name) : status.name
}
