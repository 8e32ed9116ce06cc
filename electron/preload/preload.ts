/** The only bridge between the page and the program: named requests out, named events in, nothing general. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { DROPPED, type StudioBridge, type StudioRequests } from '../contract/bridge.ts'
import { eventNames, type EventName } from '../contract/events.ts'
import { requestNames } from '../contract/requestNames.ts'

const requests = Object.fromEntries(
  requestNames.map((name) => [name, (...args: unknown[]) => ipcRenderer.invoke(`request:${name}`, ...args)]),
) as unknown as StudioRequests

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
    if (!(eventNames as readonly EventName[]).includes(name)) throw new Error(`no event ${String(name)}`)
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload)
    ipcRenderer.on(`event:${name}`, forward)
    return () => ipcRenderer.removeListener(`event:${name}`, forward)
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
