/** Starts the engine as an Electron utility process: its crash or a long TensorFlow call never touches the editor. */
import { utilityProcess, type MessagePortMain } from 'electron'
import { constants, setPriority } from 'node:os'
import type { EngineSettings, FromEngine } from '../engine/protocol.ts'
import type { EngineLink, LaunchEngine } from './engineLink.ts'

/** By which the system's lists of processes know it. */
export const ENGINE_NAME = 'ColoRNN engine'

export function utilityEngine(modulePath: string, settings: EngineSettings): LaunchEngine {
  return (changes): EngineLink => {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName: ENGINE_NAME,
      stdio: 'inherit',
      env: { ...process.env, ...settings, ...changes },
    })
    // Colors can wait for the hand that moves the mouse: the engine and its ffmpegs leave the processor to the window.
    child.once('spawn', () => {
      if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    })
    return {
      send: (message, port) => child.postMessage(message, port === undefined ? [] : [port as MessagePortMain]),
      onMessage: (listener) => child.on('message', (message: unknown) => listener(message as FromEngine)),
      onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}`)),
      // Electron's own kill only asks (SIGTERM); this is for an engine that no longer listens.
      kill: () => {
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
      },
    }
  }
}
