/**
 * Speaks to the page of a running program as its developer tools do: Chrome DevTools Protocol, by the port that
 * Chromium names in the program's profile. Playwright takes hold of an Electron by its debugger for Node.js, which a
 * packaged program does not open.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'

/** The part of the standard's interface that is used here; Node.js 20 has it behind --experimental-websocket. */
interface Socket {
  onopen: (() => void) | null
  onerror: (() => void) | null
  onclose: (() => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  send(text: string): void
  close(): void
}
type SocketClass = new (url: string) => Socket

interface Answer {
  readonly id?: number
  readonly result?: {
    readonly result?: { readonly value?: unknown }
    readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } }
  }
}

export class PageProbe {
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  #nextId = 1

  private constructor(private readonly socket: Socket) {
    socket.onmessage = ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer
      if (answer.id === undefined) return
      this.#waiting.get(answer.id)?.resolve(answer)
      this.#waiting.delete(answer.id)
    }
    // A page that is gone owes answers that will never come.
    socket.onclose = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The page is gone.'))
      this.#waiting.clear()
    }
  }

  /**
   * Waits for the program's window.
   * @param profile of a program that was started with --remote-debugging-port=0
   * @param patience in milliseconds
   */
  static async of(profile: string, patience: number): Promise<PageProbe> {
    const { WebSocket: Socket } = globalThis as unknown as { WebSocket?: SocketClass }
    if (!Socket) throw new Error('This Node.js has no WebSocket: start it with --experimental-websocket.')
    const url = await pageAddress(profile, Date.now() + patience)
    const socket = new Socket(url)
    await new Promise<void>((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = () => reject(new Error(`${url} does not answer`))
    })
    return new PageProbe(socket)
  }

  #call(method: string, params: object): Promise<Answer> {
    const id = this.#nextId++
    const answered = new Promise<Answer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.socket.send(JSON.stringify({ id, method, params }))
    return answered
  }

  /** What an expression comes to in the page, awaited; it has to be something that JSON can hold. */
  async evaluate(expression: string): Promise<unknown> {
    const params = { expression, awaitPromise: true, returnByValue: true }
    const { result } = await this.#call('Runtime.evaluate', params)
    const failure = result?.exceptionDetails
    if (failure) throw new Error(failure.exception?.description ?? failure.text)
    return result?.result?.value
  }

  /** Waits until an expression comes to something true. @param patience in milliseconds */
  async until(expression: string, patience: number): Promise<void> {
    const end = Date.now() + patience
    while (!(await this.evaluate(expression))) {
      if (Date.now() > end) throw new Error(`The page never came to this: ${expression}`)
      await passed(250)
    }
  }

  /**
   * Presses a key that writes a letter, in the page itself: whether its window has the keyboard is the desktop's
   * affair.
   */
  async press(letter: string): Promise<void> {
    const key = JSON.stringify({ key: letter, code: `Key${letter.toUpperCase()}`, bubbles: true, cancelable: true })
    await this.evaluate(
      `['keydown', 'keyup'].every((type) => document.body.dispatchEvent(new KeyboardEvent(type, ${key})) || true)`,
    )
  }

  close(): void {
    this.socket.close()
  }
}

/** Where the first page of the program is spoken to. */
async function pageAddress(profile: string, end: number): Promise<string> {
  for (;;) {
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const [port = ''] = text.split('\n')
    if (port !== '') {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`)
      const pages = (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[]
      const page = pages.find(({ type }) => type === 'page')
      if (page) return page.webSocketDebuggerUrl
    }
    if (Date.now() > end) throw new Error('The program’s window did not open.')
    await passed(250)
  }
}
