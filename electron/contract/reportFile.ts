/** By what the report of a film that was looked through is known, which lies beside that film. */
import { program } from './program.ts'

export const REPORT_TAIL = '.html'

/** How every report begins: by that it is told from files that others have written. */
export const REPORT_HEAD = `<!doctype html>\n<!-- ${program.name}: looked through -->\n`
