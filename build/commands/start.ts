/** `npm start [-- film.mp4]`: opens the editor. */
import { bundle } from '../bundle.ts'
import { electronEnvironment, hasDisplay, onSomeDisplay, sandboxSwitches } from '../setup/display.ts'
import { runInForeground } from '../setup/execute.ts'
import { workingFolder } from '../setup/invocation.ts'
import { prepareEditor } from '../setup/prepare.ts'
import { say } from '../setup/report.ts'
import { root } from '../setup/root.ts'

/** @returns the editor's exit code */
export async function main(args: string[]): Promise<number> {
  const electron = await prepareEditor()
  await bundle({ page: true })
  const switches = sandboxSwitches()
  if (!hasDisplay()) {
    say('there is no screen here, so the window opens on a virtual one that nobody sees (xvfb-run)')
    // Chromium complains at length about what a virtual screen lacks.
    switches.push('--log-level=3')
  }
  const [program, line] = onSomeDisplay(electron.executable, [...switches, root, ...args])
  return runInForeground(program, line, { cwd: workingFolder(), env: electronEnvironment() })
}
