/** Starts the engine as a child of plain Node: for the command line and for tests without a window. */
import { fork } from 'node:child_process'
import type { EngineSettings, FromEngine } from '../engine/protocol.ts'
import type { EngineLink, LaunchEngine } from './engineLink.ts'

/**
 * One heap for all threads, with glibc: TensorFlow frees what it made its graph of, and in the heaps of single threads
 * that stays, 30 MiB of it. Threads seldom wait for each other there: what computes asks for memory once an operation.
 */
const oneHeap = { MALLOC_ARENA_MAX: process.env['MALLOC_ARENA_MAX'] ?? '1' } as const

export function forkedEngine(modulePath: string, settings: EngineSettings): LaunchEngine {
  return (changes): EngineLink => {
    const child = fork(modulePath, [], {
      env: { ...process.env, ...oneHeap, ...settings, ...changes },
      serialization: 'advanced',
      // The engine's log lines belong beside ours; its standard output is not for the user.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Ctrl-C in a terminal reaches a whole process group; the owner decides when the engine ends.
      detached: process.platform !== 'win32',
    })
    // Of a process that dies while it is written to only its end is of interest.
    child.on('error', () => undefined)
    return {
      send: (message) => {
        if (child.connected) child.send(message, () => undefined)
      },
      onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
      onExit: (listener) => {
        child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`))
        child.once('error', (error) => {
          if (child.pid === undefined) listener(error.message)
        })
      },
      kill: () => child.kill('SIGKILL'),
      pid: child.pid,
    }
  }
}
