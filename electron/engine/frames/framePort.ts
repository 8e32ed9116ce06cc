/** One window's line: requests for frames and sound come in, pixels and samples go out (contract/frames.ts). */
import type { FrameRequest, LineAnswer, LineRequest } from '../../contract/frames.ts'
import type { ToSoundService } from '../../contract/sound.ts'
import { toUserErrorData } from '../../contract/userError.ts'
import { answerSound, soundRequestSchema } from '../sound/soundService.ts'
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
  const { type, requestId, footageId, frame, maxSide, slot, coloring, mayStandIn } = data as Record<string, unknown>
  return (
    type === 'frame' &&
    Number.isInteger(requestId) &&
    typeof footageId === 'string' &&
    Number.isInteger(frame) &&
    typeof maxSide === 'number' &&
    maxSide >= 1 &&
    (slot === 'view' || slot === 'thumb') &&
    (coloring === undefined || coloring === 'base' || coloring === 'picture' || coloring === 'base-picture') &&
    (mayStandIn === undefined || typeof mayStandIn === 'boolean')
  )
}

/** Checks what comes from the window; null for anything that is no request. */
function requestIn(data: unknown): LineRequest | null {
  if (isFrameRequest(data)) return data
  const sound = soundRequestSchema.safeParse(data)
  if (sound.success) return sound.data
  const mask = maskRequestSchema.safeParse(data)
  return mask.success ? mask.data : null
}

const isOfSound = (request: LineRequest): request is ToSoundService =>
  request.type === 'sound' || request.type === 'peaks'

/** Serves a port until it closes. Messages that are no requests are ignored. */
export function serveFrames(port: FramePort, supply: FrameSupply): void {
  let open = true
  const send = (answer: LineAnswer): void => {
    if (open) port.postMessage(answer)
  }
  const service = new FrameService(supply, send)
  const hear = async (request: ToSoundService): Promise<void> => {
    try {
      send(await answerSound(supply.film(request.footageId).sound, request))
    } catch (error) {
      send({ type: 'failed', requestId: request.requestId, error: toUserErrorData(error) })
    }
  }
  port.on('message', (event: unknown) => {
    // Electron wraps the message in an event, Node hands it over as it is.
    const request = requestIn(event) ?? requestIn((event as { data?: unknown } | null)?.data)
    if (!request) return
    if (isOfSound(request)) void hear(request)
    else service.request(request)
  })
  port.on('close', () => {
    open = false
    service.close()
  })
  port.start?.()
}
