/** Main's end of the contract: every call is checked for its sender and its arguments before a handler sees it. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { DROPPED, type Answer, type SentEvents } from '../contract/bridge.ts'
import type { EventName, Events } from '../contract/events.ts'
import { requests, type RequestArgs, type RequestName, type RequestResult } from '../contract/requests.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError, toUserErrorData, type Outcome } from '../contract/userError.ts'

export type Handlers = {
  [N in RequestName]: (...args: RequestArgs<N>) => Promise<RequestResult<N>> | RequestResult<N>
}

/** The events that each window's page was sent; another page of the same window begins at nothing. */
const sentTo = new WeakMap<WebContents, SentEvents>()

function countFor(contents: WebContents, page: string): void {
  if (sentTo.get(contents)?.page !== page) sentTo.set(contents, { page, count: 0 })
}

function sentBefore(contents: WebContents, page: unknown): number {
  const sent = sentTo.get(contents)
  return sent?.page === page ? sent!.count : 0
}

/** Only the editor's own page, in its main frame, may call; `isOurPage` knows it. */
export function serveRequests(handlers: Handlers, isOurPage: (event: IpcMainInvokeEvent) => boolean): void {
  for (const name of Object.keys(requests) as RequestName[]) {
    ipcMain.handle(`request:${name}`, async (event, page: unknown, ...args: unknown[]): Promise<Answer<unknown>> => {
      const outcome = await outcomeOf(async () => {
        if (!isOurPage(event) || typeof page !== 'string')
          throw new Error(`request ${name} from a page that is not ours`)
        countFor(event.sender, page)
        const checked = requests[name].args.safeParse(args)
        if (!checked.success) {
          throw new UserError(
            'bad-argument',
            sentence`The window asked for something that makes no sense.`,
            sentence`Try again; if it happens again, report it with the details below.`,
            `${name}: ${checked.error.message}`,
          )
        }
        const handler = handlers[name] as (...args: unknown[]) => unknown
        return handler(...(checked.data as unknown[]))
      })
      return { outcome, sent: sentBefore(event.sender, page) }
    })
  }
}

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome<unknown>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    const data = toUserErrorData(error)
    if (data.code === 'internal') console.error(data.detail)
    return { ok: false, error: data }
  }
}

/**
 * The preload tells of a file that lies on the disk and was dropped on the page, or chosen in it; the page itself can
 * neither call this nor make such a file.
 */
export function serveDrops(onDrop: (path: string) => void, isOurPage: (event: IpcMainInvokeEvent) => boolean): void {
  ipcMain.handle(DROPPED, (event, path: unknown) => {
    if (isOurPage(event) && typeof path === 'string' && path !== '') onDrop(path)
  })
}

export function sendEvent<N extends EventName>(page: WebContents, name: N, payload: Events[N]): void {
  if (page.isDestroyed()) return
  const before = sentTo.get(page)
  const sent = before && { ...before, count: before.count + 1 }
  page.send(`event:${name}`, payload, sent)
  if (sent) sentTo.set(page, sent)
}
