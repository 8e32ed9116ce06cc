/**
 * The networks on a thread of their own (network.worker.ts), so that films are read, colors are moved and windows are
 * answered while they compute. Requests are answered in their order.
 */
import type { Worker } from 'node:worker_threads'
import { UserError, type UserErrorData } from '../../contract/userError.ts'
import type { NetworkChroma, NetworkLuma, ToldMotion } from '../picture/networkPictures.ts'
import { startWorker } from '../threads/startWorker.ts'
import type { NetworksInfo } from './nativeNetworks.ts'
import type { Colored, ColoredFrame, ColorModel, ConsistencyPass, Likeness, Networks } from './networks.ts'
import { hushTensorFlow } from './tensorflow.ts'

/** All but the first are of networks that were loaded. @property folder of the weights */
export type NetworkRequest =
  | { readonly type: 'load'; readonly folder: string; readonly keptIn: string }
  | { readonly type: 'color'; readonly folder: string; readonly luma: NetworkLuma }
  | {
      readonly type: 'start'
      readonly folder: string
      /** Its number from now on. */
      readonly pass: number
      readonly pins: readonly ColoredFrame[]
      readonly predecessor: ColoredFrame | undefined
    }
  | {
      readonly type: 'step'
      readonly pass: number
      readonly frame: number
      readonly luma: NetworkLuma
      readonly automatic: NetworkChroma
      readonly carried: ToldMotion | null
    }
  | { readonly type: 'end'; readonly pass: number }
  | {
      readonly type: 'start-likeness'
      readonly folder: string
      /** Its number from now on. */
      readonly likeness: number
      readonly lumas: readonly NetworkLuma[]
    }
  | { readonly type: 'likeness'; readonly likeness: number; readonly luma: NetworkLuma }
  | { readonly type: 'end-likeness'; readonly likeness: number }

export type NetworkReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: UserErrorData }

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

class Thread {
  readonly #pending = new Map<number, Pending>()
  readonly #worker: Worker
  #next = 1

  constructor() {
    // Its environment is a copy; the library reads the process's own.
    hushTensorFlow()
    this.#worker = startWorker('network')
    this.#worker.on('message', (reply: NetworkReply) => {
      const pending = this.#pending.get(reply.id)
      this.#pending.delete(reply.id)
      // Whoever waits keeps the process alive, the thread does not.
      if (this.#pending.size === 0) this.#worker.unref()
      if (reply.ok) pending?.resolve(reply.value)
      else pending?.reject(UserError.from(reply.error))
    })
    // TensorFlow can not be loaded a second time: without this thread the engine is of no use, and ends with it.
    this.#worker.on('error', (error) => {
      throw error
    })
    this.#worker.on('exit', () => {
      throw new Error('the thread of the networks has ended')
    })
    this.#worker.unref()
  }

  ask(request: NetworkRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#next++
      this.#pending.set(id, { resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage({ id, request })
    })
  }
}

/** One for the process, whatever weights are asked for. */
let thread: Thread | null = null
let passes = 0
let likenesses = 0

export class NetworkThread implements Networks {
  readonly colorModel: ColorModel

  private constructor(
    private readonly thread: Thread,
    private readonly folder: string,
    readonly info: NetworksInfo,
  ) {
    this.colorModel = {
      color: (luma) => thread.ask({ type: 'color', folder, luma }) as Promise<Colored>,
    }
  }

  /**
   * Throws UserErrors 'tensorflow-missing', 'weights-missing', 'weights-damaged'.
   * @param folder of the weights
   * @param keptIn folder for what is known of this machine
   */
  static async load(folder: string, keptIn: string): Promise<NetworkThread> {
    thread ??= new Thread()
    const info = (await thread.ask({ type: 'load', folder, keptIn })) as NetworksInfo
    return new NetworkThread(thread, folder, info)
  }

  startPass(pins: readonly ColoredFrame[], predecessor?: ColoredFrame): ConsistencyPass | null {
    if (!this.info.hasPass) return null
    const { thread, folder } = this
    const pass = ++passes
    void thread.ask({ type: 'start', folder, pass, pins, predecessor })
    return {
      step: (frame, luma, automatic, carried) =>
        thread.ask({ type: 'step', pass, frame, luma, automatic, carried }) as Promise<Colored>,
      dispose: () => void thread.ask({ type: 'end', pass }),
    }
  }

  startLikeness(lumas: readonly NetworkLuma[]): Likeness | null {
    if (!this.info.hasPass) return null
    const { thread, folder } = this
    const likeness = ++likenesses
    void thread.ask({ type: 'start-likeness', folder, likeness, lumas })
    return {
      of: (luma) => thread.ask({ type: 'likeness', likeness, luma }) as Promise<readonly number[]>,
      dispose: () => void thread.ask({ type: 'end-likeness', likeness }),
    }
  }
}
