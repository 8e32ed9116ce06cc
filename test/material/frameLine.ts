/** The window's line for pixels, over a real MessagePort. */
import { MessageChannel } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import type { FrameAnswer, FrameReply, FrameRequest, MaskReply, MaskRequest } from '../../electron/contract/frames.ts'
import type { Engine } from '../../electron/engine/engine.ts'
import { serveFrames } from '../../electron/engine/frames/framePort.ts'

export interface FrameLine {
  ask(request: Partial<FrameRequest>): Promise<FrameAnswer>
  picture(request: Partial<FrameRequest>): Promise<FrameReply>
  mask(request: Pick<MaskRequest, 'frame' | 'shape'> & Partial<MaskRequest>): Promise<MaskReply>
}

/** Asks for frames of the film 'film' unless told otherwise; closed when the running test ends. */
export function connectFrames(engine: Engine): FrameLine {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  serveFrames(port2, engine)
  const waiting = new Map<number, (answer: FrameAnswer) => void>()
  port1.on('message', (answer: FrameAnswer) => waiting.get(answer.requestId)?.(answer))
  let next = 1
  const send = (request: object): Promise<FrameAnswer> =>
    new Promise((resolve) => {
      const requestId = next++
      waiting.set(requestId, resolve)
      port1.postMessage({ requestId, footageId: 'film', ...request })
    })
  const ask: FrameLine['ask'] = (request) => send({ type: 'frame', frame: 0, maxSide: 4096, slot: 'view', ...request })
  return {
    ask,
    picture: async (request) => {
      const answer = await ask(request)
      if (answer.type !== 'frame') throw new Error(JSON.stringify(answer))
      return answer
    },
    mask: async (request) => {
      const answer = await send({ type: 'mask', inverted: false, feather: 0, ...request })
      if (answer.type !== 'mask') throw new Error(JSON.stringify(answer))
      return answer
    },
  }
}
