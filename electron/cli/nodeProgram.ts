/** `npm run colorize`: the command line under plain Node.js. */
import { forkedEngine } from '../host/forkedEngine.ts'
import { runCommandLine } from './colorize.ts'
import { foldersFor } from './folders.ts'

const { engineFile, settings } = foldersFor(__dirname)

void runCommandLine(process.argv.slice(2), {
  command: 'npm run colorize --',
  cacheFolder: settings.COLORNN_CACHE,
  launchEngine: forkedEngine(engineFile, settings),
  exit: (code) => process.exit(code),
}).then((code) => process.exit(code))
