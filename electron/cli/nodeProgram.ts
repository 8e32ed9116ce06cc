/** `npm run colorize`: the command line under plain Node.js. */
import { program } from '../contract/program.ts'
import { forkedEngine } from '../host/forkedEngine.ts'
import { runCommandLine } from './colorize.ts'
import { foldersFor } from './folders.ts'

const { engineFile, settings } = foldersFor(__dirname)

void runCommandLine(process.argv.slice(2), {
  program: `${program.name} ${program.version}`,
  command: 'npm run colorize --',
  cacheFolder: settings.COLORNN_CACHE,
  launchEngine: forkedEngine(engineFile, settings),
  exit: (code) => process.exit(code),
}).then((code) => process.exit(code))
