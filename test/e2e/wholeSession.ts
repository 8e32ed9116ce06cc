/** A session from start to quit, in a process of its own: `node --import tsx wholeSession.ts <film> <target>`. */
import { dialogsAnswer, orderExport } from './driveWindow.ts'
import { launchStudio } from './launch.ts'

const [film, target] = process.argv.slice(2) as [string, string]
const studio = await launchStudio({ args: [film] })
const { app, window } = studio

window.setDefaultTimeout(120_000)
await window.locator('canvas[data-frame="0"]').waitFor()
// What a script that got into the page would try, and no policy of the page speaks of.
await window.evaluate(async () => {
  for (const rel of ['dns-prefetch', 'preconnect', 'prefetch']) {
    const link = Object.assign(document.createElement('link'), { rel, href: `https://${rel}.example.org/` })
    document.head.append(link)
  }
  const call = new RTCPeerConnection({
    iceServers: [{ urls: 'stun:198.51.100.7:3478' }, { urls: 'stun:call.example.org' }],
  })
  call.createDataChannel('anything')
  await call.setLocalDescription(await call.createOffer())
  const ended = [
    fetch('https://fetch.example.org/'),
    new Promise((_, reject) => (new WebSocket('ws://198.51.100.7/').onerror = reject)),
  ]
  await Promise.race([Promise.allSettled(ended), new Promise((resolve) => setTimeout(resolve, 3000))])
})
await window.keyboard.press('KeyC')
await window.locator('canvas[data-colored="true"]').waitFor()
await dialogsAnswer(app, { save: target })
await orderExport(window)
await window.getByText('The film is finished.').waitFor()
await studio.close()
console.log('the session is over')
