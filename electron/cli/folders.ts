/**
 * Where the command line finds the engine and the weights, and keeps computed colors: the very places the editor uses.
 */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** As Electron names the folder of the editor's data. */
const APP_NAME = 'ColoRNN Studio'

function dataFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), APP_NAME)
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', APP_NAME)
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), APP_NAME)
}

export interface Folders {
  readonly engineFile: string
  readonly settings: {
    readonly COLORNN_CACHE: string
    readonly COLORNN_WEIGHTS: string
    readonly COLORNN_CACHE_LIMIT: string
  }
}

/** 'programFolder' is out/, where the bundles lie. */
export function foldersFor(programFolder: string, env: NodeJS.ProcessEnv = process.env): Folders {
  return {
    engineFile: join(programFolder, 'engine.cjs'),
    settings: {
      COLORNN_CACHE: env['COLORNN_CACHE'] || join(dataFolder(env), 'colorings'),
      COLORNN_WEIGHTS: env['COLORNN_WEIGHTS'] || join(programFolder, '..', 'models', 'weights'),
      COLORNN_CACHE_LIMIT: env['COLORNN_CACHE_LIMIT'] || '',
    },
  }
}
