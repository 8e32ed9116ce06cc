/** Starts the engine as an Electron utility process: its crash or a long TensorFlow call never touches the editor. */
import { utilityProcess, type MessagePortMain } from 'electron'
import { constants, setPriority } from 'node:os'
import type { EngineSettings, FromEngine } from '../engine/protocol.ts'
import type { EngineLink, LaunchEngine } from './engineLink.ts'

/** By which the system's lists of processes know it. */
export const ENGINE_NAME = 'ColoRNN engine'

/** A process may end at any moment, also right before it is spoken of: its end is told by another way. */
function unlessGone(act: () => void): void {
  try {
    act()
  } catch {
    // Gone, or not ours to be changed: neither is a reason to fail.
  }
}

export function utilityEngine(modulePath: string, settings: EngineSettings): LaunchEngine {
  return (changes): EngineLink => {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName: ENGINE_NAME,
      stdio: 'inherit',
      env: { ...process.env, ...settings, ...changes },
    })
    // Colors can wait for the hand that moves the mouse: the engine and its ffmpegs leave the processor to the window.
    child.once('spawn', () => {
      const { pid } = child
      if (pid !== undefined) unlessGone(() => setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL))
    })
    return {
      send: (message, port) => child.postMessage(message, port === undefined ? [] : [port as MessagePortMain]),
      onMessage: (listener) => child.on('message', (message: unknown) => listener(message as FromEngine)),
      onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}`)),
      // Electron's own kill only asks (SIGTERM); this is for an engine that no longer listens.
      kill: () => {
        const { pid } = child
        if (pid !== undefined) unlessGone(() => process.kill(pid, 'SIGKILL'))
      },
    }
  }
}
