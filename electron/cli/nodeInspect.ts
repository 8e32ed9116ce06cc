/** `npm run inspect`: films are looked through under plain Node.js. */
import { program } from '../contract/program.ts'
import { forkedEngine } from '../host/forkedEngine.ts'
import { foldersFor } from './folders.ts'
import { runInspect } from './inspect.ts'

const { engineFile, settings } = foldersFor(__dirname)

void runInspect(process.argv.slice(2), {
  program: `${program.name} ${program.version}`,
  command: 'npm run inspect --',
  cacheFolder: settings.COLORNN_CACHE,
  launchEngine: forkedEngine(engineFile, settings),
  exit: (code) => process.exit(code),
}).then((code) => process.exit(code))
