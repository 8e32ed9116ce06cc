/**
 * The files of the window's page and the policy they are shown under. All are read once, at the start: a name is looked
 * up among those that were found then, and is never made into a path.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export const PAGE_SCHEME = 'colornn'
const ORIGIN = `${PAGE_SCHEME}://studio`
export const PAGE_URL = `${ORIGIN}/index.html`

/** Endings that the page is made of; a file of any other (a source map) is none of it. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/**
 * The page runs its own script and shows its own styles; it loads, sends and frames nothing, is framed by nobody, and
 * makes markup of a text only through the framework's templates (trusted types).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

export interface PageAnswer {
  readonly status: 200 | 404 | 405
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const refusal = (status: 404 | 405): PageAnswer => ({
  status,
  headers: { ...HEADERS, 'Content-Type': 'text/plain' },
  body: Buffer.alloc(0),
})

/** Real files below a folder by their path in a URL; links are none, wherever they lead. */
function* filesBelow(folder: string, path = ''): Generator<[path: string, file: string]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const here: [string, string] = [`${path}/${entry.name}`, join(folder, entry.name)]
    if (entry.isDirectory()) yield* filesBelow(here[1], here[0])
    else if (entry.isFile()) yield here
  }
}

export class PageFiles {
  readonly #answers = new Map<string, PageAnswer>()

  /** @param folder of the page, with its index.html */
  constructor(folder: string) {
    for (const [path, file] of filesBelow(folder)) {
      const type = TYPES[extname(file)]
      if (type === undefined) continue
      this.#answers.set(path, { status: 200, headers: { ...HEADERS, 'Content-Type': type }, body: readFileSync(file) })
    }
  }

  /** @param url whole, as the page asked for it; what stands behind '?' is the page's own matter */
  answer(method: string, url: string): PageAnswer {
    if (method !== 'GET') return refusal(405)
    const path = url.startsWith(`${ORIGIN}/`) ? url.slice(ORIGIN.length).split(/[?#]/)[0]! : ''
    return this.#answers.get(path) ?? refusal(404)
  }
}
