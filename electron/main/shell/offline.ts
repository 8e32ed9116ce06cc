/**
 * Keeps Chromium off the network. The program has nothing to look for there: films, colors and projects stay on the
 * machine.
 */
import { app, type Session, type WebContents } from 'electron'

/**
 * Before Electron is ready: no name is ever looked up, also not for a page's hints (dns-prefetch) that no policy speaks
 * of; and calls between browsers (WebRTC) do not announce the machine to its neighbors (mDNS).
 */
export function findNoHosts(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-features', 'WebRtcHideLocalIpsWithMdns')
}

/**
 * Before the first window: Chromium fetches the dictionaries of these languages at every start, also where spelling is
 * not checked.
 */
export function fetchNoDictionaries(session: Session): void {
  session.setSpellCheckerLanguages([])
}

/** Such calls go by UDP, past every policy of the page; through a proxy alone they go nowhere. */
export function makeNoCalls(page: WebContents): void {
  page.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
