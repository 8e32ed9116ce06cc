import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { hostAnswers } from './network.ts'

afterEach(() => vi.unstubAllEnvs())

function withoutProxy(): void {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, '')
}

/** Listens on a free port and makes that the proxy of the environment. */
async function becomeProxy(server: Server): Promise<void> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

it('gives a host up that never answers, within the patience it was given', async () => {
  withoutProxy()
  const silent = createServer(() => undefined)
  await becomeProxy(silent)
  const started = Date.now()
  expect(await hostAnswers('silent.invalid', 300)).toBe(false)
  expect(Date.now() - started).toBeLessThan(3000)
  silent.close()
})

it('takes a proxy at its word', async () => {
  withoutProxy()
  const proxy = createServer((socket) => {
    socket.once('data', (head) => {
      const open = head.toString().startsWith('CONNECT open.invalid:443 ')
      socket.end(open ? 'HTTP/1.1 200 Connection established\r\n\r\n' : 'HTTP/1.1 403 Forbidden\r\n\r\n')
    })
  })
  await becomeProxy(proxy)
  expect(await hostAnswers('open.invalid')).toBe(true)
  expect(await hostAnswers('closed.invalid')).toBe(false)
  proxy.close()
})

it('knows at once that a name does not exist', async () => {
  withoutProxy()
  expect(await hostAnswers('no-such-host.invalid')).toBe(false)
})
