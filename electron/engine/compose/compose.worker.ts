/** The thread that composes an export's frames, while the networks work on the next one. */
import { parentPort, workerData } from 'node:worker_threads'
import { FrameComposer, type ComposerSizes } from '../chroma/composeFrame.ts'
import type { ComposeReply, ComposeRequest } from './composeThread.ts'

const composer = new FrameComposer(workerData as ComposerSizes)

parentPort?.on('message', ({ id, luma, chroma, planes, details }: ComposeRequest) => {
  composer.compose(planes.y, luma, chroma, planes.u, planes.v, details)
  const reply: ComposeReply = { id, planes }
  parentPort?.postMessage(reply, [planes.y.buffer, planes.u.buffer, planes.v.buffer] as ArrayBuffer[])
})
