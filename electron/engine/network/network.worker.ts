/**
 * The thread that the networks run on. TensorFlow's calls hold the thread that makes them, and no two threads of a
 * process may make them: so this is the only one that does.
 */
import { parentPort } from 'node:worker_threads'
import { toUserErrorData } from '../../contract/userError.ts'
import { NativeNetworks } from './nativeNetworks.ts'
import type { RunningPass } from './consistencyPass.ts'
import type { NetworkReply, NetworkRequest } from './networkThread.ts'

/** What became of a pass's start: whoever asks it for a step hears it. */
const passes = new Map<number, () => RunningPass>()

function start({ folder, pass, pins, predecessor }: NetworkRequest & { type: 'start' }): void {
  try {
    const running = NativeNetworks.load(folder).startPass(pins, predecessor)
    passes.set(pass, () => {
      if (!running) throw new RangeError('there is no trained pass')
      return running
    })
  } catch (error) {
    passes.set(pass, () => {
      throw error
    })
  }
}

function end(pass: number): void {
  try {
    passes.get(pass)?.().dispose()
  } catch {
    // It never ran.
  }
  passes.delete(pass)
}

function answer(request: NetworkRequest): unknown {
  switch (request.type) {
    case 'load':
      return NativeNetworks.load(request.folder, request.keptIn).info
    case 'color':
      return NativeNetworks.load(request.folder).colorModel.color(request.luma)
    case 'start':
      return start(request)
    case 'step': {
      const running = passes.get(request.pass)
      if (!running) throw new RangeError('this pass was not started')
      return running().step(request.frame, request.luma, request.automatic, request.carried)
    }
    case 'end':
      return end(request.pass)
  }
}

parentPort?.on('message', ({ id, request }: { id: number; request: NetworkRequest }) => {
  let reply: NetworkReply
  try {
    reply = { id, ok: true, value: answer(request) }
  } catch (error) {
    reply = { id, ok: false, error: toUserErrorData(error) }
  }
  parentPort?.postMessage(reply)
})
