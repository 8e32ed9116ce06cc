/**
 * Whether a download host answers: asked once a host, quickly, so that a closed network costs seconds and not minutes.
 */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** Milliseconds until a silent host counts as unreachable. A firewall that drops packets answers nothing at all. */
const PATIENCE = 6000

const answers = new Map<string, Promise<boolean>>()

function proxyFor(): string | undefined {
  const { HTTPS_PROXY, https_proxy: lowerHttps, HTTP_PROXY, http_proxy: lowerHttp } = process.env
  return [HTTPS_PROXY, lowerHttps, HTTP_PROXY, lowerHttp].find((value) => value !== undefined && value !== '')
}

/** Any answer of the host itself will do, an error page too; through a proxy, its leave to connect. */
function ask(host: string, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const proxy = proxyFor()
    const request = proxy
      ? httpRequest(proxy, { method: 'CONNECT', path: `${host}:443` })
      : httpsRequest({ host, method: 'HEAD', path: '/', agent: false })
    const end = (answer: boolean): void => {
      clearTimeout(timer)
      request.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end(false), patience)
    request.on('response', () => end(!proxy))
    request.on('connect', (response) => end(response.statusCode === 200))
    request.on('error', () => end(false))
    request.end()
  })
}

/** True where `host` answers over HTTPS, directly or through the proxy of the environment. Asked once a run. */
export function hostAnswers(host: string, patience = PATIENCE): Promise<boolean> {
  const known = answers.get(host)
  if (known) return known
  const asked = ask(host, patience)
  answers.set(host, asked)
  return asked
}
