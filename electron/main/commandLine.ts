/** What was written behind `npm start --` or handed over by a second start of the program. */
import { resolve } from 'node:path'
import { COMMAND_LINE } from '../contract/launching.ts'

export interface LaunchRequest {
  /** Absolute paths of films, projects and folders to open. */
  readonly footage: readonly string[]
  readonly version: boolean
  readonly verbose: boolean
}

/**
 * The arguments meant for the editor. In a checkout Electron's own switches (a debugger's, `--no-sandbox`) may stand
 * before the application's folder, which is the first argument that is none.
 */
export function ownArguments(argv: readonly string[], packaged: boolean): readonly string[] {
  if (packaged) return argv.slice(1)
  const folder = argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'))
  return folder < 0 ? [] : argv.slice(folder + 1)
}

/** What was typed for the command line; null where the editor is wanted. */
export function orderedCommand(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf('--')
  return end > 0 && argv.slice(0, end).includes(COMMAND_LINE) ? argv.slice(end + 1) : null
}

/** Switches of Chromium and Electron itself may stand between ours and are passed over. `--` ends the switches. */
export function parseCommandLine(args: readonly string[], workingFolder: string): LaunchRequest {
  const end = args.indexOf('--')
  const switches = end < 0 ? args : args.slice(0, end)
  const names = [...switches.filter((argument) => !argument.startsWith('-')), ...(end < 0 ? [] : args.slice(end + 1))]
  return {
    footage: names.filter((name) => name !== '').map((name) => resolve(workingFolder, name)),
    version: switches.includes('--version'),
    verbose: switches.includes('--verbose'),
  }
}
