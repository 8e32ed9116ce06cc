/**
 * The thread that the networks run on. TensorFlow's calls hold the thread that makes them, and no two threads of a
 * process may make them: so this is the only one that does.
 */
import { parentPort } from 'node:worker_threads'
import { toUserErrorData } from '../../contract/userError.ts'
import { NativeNetworks } from './nativeNetworks.ts'
import type { RunningPass } from './consistencyPass.ts'
import type { NativeLikeness } from './likeness.ts'
import type { NetworkReply, NetworkRequest } from './networkThread.ts'

/** What was started and is asked later, by numbers. What became of a start is heard by whoever asks. */
class Started<T extends { dispose(): void }> {
  readonly #found = new Map<number, () => T>()

  start(id: number, make: () => T | null): void {
    try {
      const made = make()
      this.#found.set(id, () => {
        if (!made) throw new RangeError('there is no trained pass')
        return made
      })
    } catch (error) {
      this.#found.set(id, () => {
        throw error
      })
    }
  }

  get(id: number): T {
    const found = this.#found.get(id)
    if (!found) throw new RangeError('this was not started')
    return found()
  }

  end(id: number): void {
    try {
      this.#found.get(id)?.().dispose()
    } catch {
      // It never ran.
    }
    this.#found.delete(id)
  }
}

const passes = new Started<RunningPass>()
const likenesses = new Started<NativeLikeness>()

function answer(request: NetworkRequest): unknown {
  switch (request.type) {
    case 'load':
      return NativeNetworks.load(request.folder, request.keptIn).info
    case 'color':
      return NativeNetworks.load(request.folder).colorModel.color(request.luma)
    case 'start': {
      const { folder, pass, pins, predecessor } = request
      return passes.start(pass, () => NativeNetworks.load(folder).startPass(pins, predecessor))
    }
    case 'step':
      return passes.get(request.pass).step(request.frame, request.luma, request.automatic, request.carried)
    case 'end':
      return passes.end(request.pass)
    case 'start-likeness': {
      const { folder, likeness, lumas } = request
      return likenesses.start(likeness, () => NativeNetworks.load(folder).startLikeness(lumas))
    }
    case 'likeness':
      return likenesses.get(request.likeness).of(request.luma)
    case 'end-likeness':
      return likenesses.end(request.likeness)
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
