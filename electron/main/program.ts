/**
 * Where the program starts under Electron: as the editor, or, where a launcher says so (build/packaging/launcher.ts),
 * as the command line. Of the two only the one that is asked for is loaded.
 */
import { app } from 'electron'
import { orderedCommand } from './commandLine.ts'

const ordered = orderedCommand(process.argv)

// Nobody waits for either: the editor ends by itself, and the command line with its exit code.
if (ordered === null) void import('./main.ts')
else {
  void import('./commandLineProgram.ts')
    .then(({ runUnderElectron }) => runUnderElectron(ordered))
    .then((code) => app.exit(code))
}
