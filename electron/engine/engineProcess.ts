/**
 * The engine as a process of its own: an Electron utility process under the editor, a plain Node child under the
 * command line. Both speak protocol.ts.
 */
import { program } from '../contract/program.ts'
import { toUserErrorData } from '../contract/userError.ts'
import { CrashReports, noteOfError } from '../reports/crashReports.ts'
import { RunLog } from '../reports/runLog.ts'
import { Engine } from './engine.ts'
import { logRuns } from './ffmpeg/runFfmpeg.ts'
import { serveFrames, type FramePort } from './frames/framePort.ts'
import {
  EXIT_REPORTED,
  type EngineCallMessage,
  type EngineSettings,
  type FromEngine,
  type ToEngine,
} from './protocol.ts'

/** The part of Electron's process.parentPort that is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: FramePort[] }) => void): void
  postMessage(message: unknown): void
}

interface Owner {
  send(message: FromEngine): void
  onMessage(listener: (message: ToEngine, ports: readonly FramePort[]) => void): void
  onGone(listener: () => void): void
}

function findOwner(): Owner {
  const { parentPort } = process as unknown as { parentPort?: ParentPort }
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data, ports }) => listener(data as ToEngine, ports)),
      // Electron ends its utility processes with itself.
      onGone: () => undefined,
    }
  }
  let gone = (): void => undefined
  return {
    // That an owner was killed shows in whatever comes first: nothing can be written to it any more, or the line is
    // cut.
    send: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, (error) => error && gone())
    },
    onMessage: (listener) => process.on('message', (message) => listener(message as ToEngine, [])),
    onGone: (listener) => {
      gone = listener
      process.once('disconnect', listener)
    },
  }
}

function settingsFromEnvironment(): EngineSettings {
  const { COLORNN_CACHE, COLORNN_WEIGHTS, COLORNN_CACHE_LIMIT, COLORNN_REPORTS } = process.env
  if (!COLORNN_CACHE || !COLORNN_WEIGHTS) throw new Error('COLORNN_CACHE and COLORNN_WEIGHTS must be set')
  return {
    COLORNN_CACHE,
    COLORNN_WEIGHTS,
    COLORNN_CACHE_LIMIT: COLORNN_CACHE_LIMIT ?? '',
    COLORNN_REPORTS: COLORNN_REPORTS ?? '',
  }
}

/** More than ffmpeg needs to end, and a finished file to be flushed to a slow disk. */
const LONGEST_STOP_MS = 60_000

function main(): void {
  const owner = findOwner()
  const settings = settingsFromEnvironment()
  const reports = settings.COLORNN_REPORTS
  if (reports) logRuns(new RunLog(reports))
  // A bug: the owner starts another engine and puts it back to where this one was.
  const giveUp = (error: unknown): void => {
    process.stderr.write(`The engine stopped: ${error instanceof Error ? error.message : String(error)}\n`)
    if (reports) new CrashReports(reports, `${program.name} ${program.version}`).write(noteOfError('engine', error))
    process.exit(EXIT_REPORTED)
  }
  process.on('uncaughtException', giveUp)
  process.on('unhandledRejection', giveUp)
  // The log goes where the owner's goes, which may be gone before us.
  process.stderr.on('error', () => undefined)

  // Ctrl-C in a terminal reaches everything that was started from it (on Windows there is no other way): the owner says
  // when it is time to end, and what is under way is then stopped tidily.
  process.on('SIGINT', () => undefined)

  const engine = new Engine(settings, (message) => owner.send(message))
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopping ??= engine.shutdown().catch(() => undefined)
    // Nobody is left to end a process whose disks do not answer any more.
    setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref()
    return stopping.then(() => void setTimeout(() => process.exit(0), 20))
  }

  const answer = async ({ id, name, args }: EngineCallMessage): Promise<void> => {
    const call = engine.calls[name] as ((...given: unknown[]) => Promise<unknown>) | undefined
    try {
      if (!call) throw new Error(`the engine has no call '${String(name)}'`)
      owner.send({ type: 'answer', id, outcome: { ok: true, value: await call(...args) } })
    } catch (error) {
      owner.send({ type: 'answer', id, outcome: { ok: false, error: toUserErrorData(error) } })
    }
    if (name === 'shutdown') await stop()
  }

  owner.onMessage((message, ports) => {
    if (message.type === 'call') void answer(message)
    else {
      for (const port of ports) serveFrames(port, engine)
      // Without networks there is nothing to make ready; whoever needs them hears why.
      engine.windowIsThere().catch(() => undefined)
    }
  })
  owner.onGone(() => void stop())
  owner.send({ type: 'ready' })
}

main()
