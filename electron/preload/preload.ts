/** The only bridge between the page and the program: named requests out, named events in, nothing general. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { DROPPED, type Answer, type SentEvents, type StudioBridge, type StudioRequests } from '../contract/bridge.ts'
import { eventNames, type EventName } from '../contract/events.ts'
import { requestNames } from '../contract/requestNames.ts'
import type { RequestName } from '../contract/requests.ts'
import type { Outcome } from '../contract/userError.ts'
import { InOrder } from './inOrder.ts'

const order = new InOrder()

async function request(name: RequestName, args: unknown[]): Promise<Outcome<unknown>> {
  const { outcome, sent } = (await ipcRenderer.invoke(`request:${name}`, order.page, ...args)) as Answer<unknown>
  await order.caughtUp(sent)
  return outcome
}

const requests = Object.fromEntries(
  requestNames.map((name) => [name, (...args: unknown[]) => request(name, args)]),
) as unknown as StudioRequests

type Listener = (payload: unknown) => void
const listeners = new Map<EventName, Set<Listener>>(eventNames.map((name) => [name, new Set()]))

for (const [name, all] of listeners) {
  ipcRenderer.on(`event:${name}`, (_event, payload: unknown, sent?: SentEvents) => {
    for (const listener of [...all]) {
      try {
        listener(payload)
      } catch (error) {
        // One that fails takes nothing from the others, nor from those who wait for this event to be over.
        reportError(error)
      }
    }
    order.heard(sent)
  })
}

/**
 * Only the browser itself can make a file that has a path; what the page makes up is no file of this world, or has
 * none.
 */
function pathOf(file: unknown): string {
  if (!(file instanceof File)) return ''
  // Electron before 32 puts the path on the file itself and has no webUtils.
  return (
    (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? (file as File & { path?: string }).path ?? ''
  )
}

const bridge: StudioBridge = {
  ...requests,
  on(name, listener) {
    const all = listeners.get(name)
    if (!all) throw new Error(`no event ${String(name)}`)
    // The same function may listen twice.
    const own: Listener = (payload) => listener(payload as Parameters<typeof listener>[0])
    all.add(own)
    return () => void all.delete(own)
  },
  async pathForFile(file) {
    const path = pathOf(file)
    if (path !== '') await ipcRenderer.invoke(DROPPED, path)
    return path
  },
}

contextBridge.exposeInMainWorld('studio', bridge)

ipcRenderer.on('framesPort', (event) => {
  window.postMessage({ framesPort: true }, '*', [...event.ports])
})
