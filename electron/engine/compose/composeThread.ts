/** The owner's side of compose.worker.ts. */
import type { Worker } from 'node:worker_threads'
import type { DetailShare } from '../chroma/pinDetail.ts'
import type { NetworkChroma, NetworkLuma } from '../picture/networkPictures.ts'
import type { Plane } from '../picture/pixelLayout.ts'
import type { ComposerSizes } from '../chroma/composeFrame.ts'
import { startWorker } from '../threads/startWorker.ts'

/** Memory of one frame; handed to and fro between the threads, never copied. */
export interface FramePlanes {
  readonly y: Plane
  readonly u: Plane
  readonly v: Plane
}

export interface ComposeRequest {
  readonly id: number
  readonly luma: NetworkLuma
  readonly chroma: NetworkChroma
  readonly planes: FramePlanes
  readonly details: readonly DetailShare[]
}

export interface ComposeReply {
  readonly id: number
  readonly planes: FramePlanes
}

interface Pending {
  readonly resolve: (planes: FramePlanes) => void
  readonly reject: (error: Error) => void
}

export class ComposeThread {
  readonly #pending = new Map<number, Pending>()
  readonly #worker: Worker
  #next = 1
  #failure: Error | null = null

  constructor(sizes: ComposerSizes) {
    this.#worker = startWorker('compose', sizes)
    this.#worker.on('message', ({ id, planes }: ComposeReply) => {
      this.#pending.get(id)?.resolve(planes)
      this.#pending.delete(id)
    })
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('the thread that composes frames has ended')))
    // It ends with the engine, not the engine with it.
    this.#worker.unref()
  }

  /** Rejects when the thread is gone; then the planes are lost. The memory of `planes` is the thread's until then. */
  compose(
    luma: NetworkLuma,
    chroma: NetworkChroma,
    planes: FramePlanes,
    details: readonly DetailShare[] = [],
  ): Promise<FramePlanes> {
    if (this.#failure) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      const id = this.#next++
      this.#pending.set(id, { resolve, reject })
      const request: ComposeRequest = { id, luma, chroma, planes, details }
      this.#worker.postMessage(request, [planes.y.buffer, planes.u.buffer, planes.v.buffer] as ArrayBuffer[])
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }
}
