/** The page's own protocol instead of file://, which would let it read whatever the artist may. */
import { protocol } from 'electron'
import { PAGE_SCHEME, PageFiles } from './pageFiles.ts'

/** Before Electron is ready: an origin of its own, with the rights of a secure page and nothing beyond. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } }])
}

/** Once Electron is ready, before the first window. */
export function servePage(folder: string): void {
  const files = new PageFiles(folder)
  // Electron before 25 has no `handle`.
  if ('handle' in protocol) {
    protocol.handle(PAGE_SCHEME, ({ method, url }) => {
      const { status, headers, body } = files.answer(method, url)
      return new Response(new Uint8Array(body), { status, headers })
    })
    return
  }
  ;(protocol as Electron.Protocol).registerBufferProtocol(PAGE_SCHEME, ({ method, url }, answer) => {
    const { status, headers, body } = files.answer(method, url)
    answer({ statusCode: status, headers, mimeType: headers['Content-Type']!.split(';')[0]!, data: body })
  })
}
