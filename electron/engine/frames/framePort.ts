/** One window's line for pixels: frame requests come in, frames go out (contract/frames.ts). */
import type { FrameAnswer, FrameRequest, ToFrameService } from '../../contract/frames.ts'
import { maskRequestSchema } from './maskRequest.ts'
import { FrameService, type FrameSupply } from './frameService.ts'

/** What Electron's MessagePortMain and Node's MessagePort have in common, after small differences are evened out. */
export interface FramePort {
  on(event: 'message', listener: (event: unknown) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: unknown): void
  start?(): void
}

function isFrameRequest(data: unknown): data is FrameRequest {
  if (typeof data !== 'object' || data === null) return false
  const { type, requestId, footageId, frame, maxSide, slot, coloring } = data as Record<string, unknown>
  return (
    type === 'frame' &&
    Number.isInteger(requestId) &&
    typeof footageId === 'string' &&
    Number.isInteger(frame) &&
    typeof maxSide === 'number' &&
    maxSide >= 1 &&
    (slot === 'view' || slot === 'thumb') &&
    (coloring === undefined || coloring === 'base' || coloring === 'picture')
  )
}

/** Checks what comes from the window; null for anything that is no request. */
function requestIn(data: unknown): ToFrameService | null {
  if (isFrameRequest(data)) return data
  const mask = maskRequestSchema.safeParse(data)
  return mask.success ? mask.data : null
}

/** Serves a port until it closes. Messages that are no requests are ignored. */
export function serveFrames(port: FramePort, supply: FrameSupply): void {
  const service = new FrameService(supply, (answer: FrameAnswer) => port.postMessage(answer))
  port.on('message', (event: unknown) => {
    // Electron wraps the message in an event, Node hands it over as it is.
    const request = requestIn(event) ?? requestIn((event as { data?: unknown } | null)?.data)
    if (request) service.request(request)
  })
  port.on('close', () => service.close())
  port.start?.()
}
