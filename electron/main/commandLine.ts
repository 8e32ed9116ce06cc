/** What was written behind `npm start --` or handed over by a second start of the program. */
import { resolve } from 'node:path'

export interface LaunchRequest {
  /** Absolute path of a film to open. */
  readonly footage: string | null
  readonly version: boolean
  readonly verbose: boolean
}

/** Switches of Chromium and Electron itself may stand between ours and are passed over. `--` ends the switches. */
export function parseCommandLine(args: readonly string[], workingFolder: string): LaunchRequest {
  const end = args.indexOf('--')
  const switches = end < 0 ? args : args.slice(0, end)
  const names = [...switches.filter((argument) => !argument.startsWith('-')), ...(end < 0 ? [] : args.slice(end + 1))]
  const first = names[0]
  return {
    footage: first === undefined || first === '' ? null : resolve(workingFolder, first),
    version: switches.includes('--version'),
    verbose: switches.includes('--verbose'),
  }
}
