/** The editor as it is heard: sound runs with the picture, and the timeline shows it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { formatTimecode } from '../../electron/contract/timecode.ts'
import { CLAP_RATE, drawClaps } from '../material/claps.ts'
import { drawFilm } from '../material/films.ts'
import { dialogsAnswer, shown } from './driveWindow.ts'
import { expect, test } from './launch.ts'

const SECONDS = 8
/** The frame of the first one. */
const FIRST_CLAP = 5

let folder: string
let film: string
let second: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colornn-hearing-'))
  film = await drawClaps(join(folder, 'claps.mkv'), {
    seconds: SECONDS,
    output: ['-c:v', 'mpeg4', '-c:a', 'pcm_s16le'],
  })
  second = await drawFilm(folder, 'second.mkv', { frames: 5, size: '64x48' })
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

interface Heard {
  /** When clicks leave the audio graph, in seconds of the card's clock. */
  readonly clicks: number[]
  /** What was heard when the playhead came to a frame, on the same clock. */
  readonly frames: [frame: number, heard: number][]
}

/** Listens to all that goes to the sound card. To be called before anything is played. */
async function listen(window: Page): Promise<() => Promise<Heard>> {
  await window.evaluate(() => {
    const heard: Heard = { clicks: [], frames: [] }
    Object.assign(globalThis, { heard })
    const slider = document.querySelector('[role=slider][aria-valuetext]')!
    // Called as a method of the node below; taken off its prototype only to be put back in its place.
    const { connect } = AudioNode.prototype as unknown as { connect: (this: AudioNode, to: AudioNode) => AudioNode }
    const tap = (context: AudioContext, from: AudioNode): void => {
      const analyser = new AnalyserNode(context, { fftSize: 32768 })
      connect.call(from, analyser)
      const samples = new Float32Array(analyser.fftSize)
      setInterval(() => {
        const end = context.currentTime
        analyser.getFloatTimeDomainData(samples)
        // The card took on while they were read: looked at again the next time.
        if (context.currentTime !== end) return
        let last = -Infinity
        samples.forEach((sample, n) => {
          if (Math.abs(sample) < 0.2) return
          const at = end - (samples.length - n) / context.sampleRate
          // What swings at the very beginning may have begun before it.
          const isNew = n - last > 4800 && n > 4800 && heard.clicks.every((click) => Math.abs(click - at) > 0.1)
          if (isNew) heard.clicks.push(at)
          last = n
        })
      }, 100)
      new MutationObserver(() => {
        const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
        if (performanceTime <= 0) return
        const now = contextTime + (performance.now() - performanceTime) / 1000
        heard.frames.push([Number(slider.getAttribute('aria-valuenow')), now])
      }).observe(slider, { attributeFilter: ['aria-valuenow'] })
    }
    Object.defineProperty(AudioNode.prototype, 'connect', {
      value(this: AudioNode, to: AudioNode): AudioNode {
        if (to instanceof AudioDestinationNode) tap(this.context as AudioContext, this)
        return connect.call(this, to)
      },
    })
  })
  return () => window.evaluate(() => (globalThis as unknown as { heard: Heard }).heard)
}

/**
 * By how many frames the playhead is ahead of the clicks: the middle one of all that was seen. Claps are as far from
 * each other where the film begins again as anywhere, so that it is told by any of them.
 */
function ahead({ clicks, frames }: Heard): number {
  const [click] = clicks
  const off = frames
    .filter(([, heard]) => heard >= click!)
    .map(([frame, heard]) => frame - FIRST_CLAP - (heard - click!) * CLAP_RATE)
    .map((frames) => frames - CLAP_RATE * Math.round(frames / CLAP_RATE))
    .sort((a, b) => a - b)
  return off[off.length >> 1]!
}

test('a film is heard in step with its picture, and its timeline shows how loud it is and what was marked', async ({
  launch,
}) => {
  const { app, window, pageErrors } = await launch({ args: [film] })
  await shown(window, 0)
  const heard = await listen(window)

  await test.step('in step', async () => {
    await window.keyboard.press('Shift+KeyL')
    await window.keyboard.press('Space')
    await expect.poll(async () => (await heard()).clicks.length, { timeout: 60_000 }).toBeGreaterThan(2)
    await window.keyboard.press('Space')
    const all = await heard()
    const gaps = all.clicks.slice(1).map((click, n) => click - all.clicks[n]!)
    // One that sounded while the page was too busy to listen is missing, and the next one is as much in its place.
    for (const gap of gaps) expect(Math.abs(gap - Math.max(1, Math.round(gap)))).toBeLessThan(1 / CLAP_RATE)
    expect(Math.min(...gaps)).toBeLessThan(1.5)
    // A frame is come to at its beginning, and is half a frame old in the middle.
    expect(Math.abs(ahead(all) + 0.5)).toBeLessThan(1)
  })

  await test.step('frame by frame, with K held', async () => {
    const frame = async (): Promise<number> =>
      Number(await window.locator('canvas[data-frame]').first().getAttribute('data-frame'))
    await window.keyboard.press('Home')
    await expect.poll(frame).toBe(0)
    for (let n = 0; n < FIRST_CLAP - 3; n++) await window.keyboard.press('ArrowRight')
    await expect.poll(frame).toBe(FIRST_CLAP - 3)
    await window.keyboard.down('KeyK')
    await window.keyboard.press('KeyL')
    await expect.poll(frame).toBe(FIRST_CLAP - 2)
    const before = (await heard()).clicks.length
    await window.keyboard.down('KeyL')
    await expect.poll(async () => (await heard()).clicks.length, { timeout: 60_000 }).toBeGreaterThan(before)
    await window.keyboard.up('KeyL')
    // The picture of where it stands may still be on its way.
    const playhead = async (): Promise<number> =>
      Number(await window.getByRole('slider', { name: 'Timeline' }).getAttribute('aria-valuenow'))
    const stood = await playhead()
    await expect.poll(frame).toBe(stood)
    await window.keyboard.press('KeyJ')
    await expect.poll(frame).toBe(stood - 1)
    await window.keyboard.up('KeyK')
  })

  await test.step('the lane', async () => {
    const lane = window.getByRole('img', { name: 'How loud the film is' })
    await expect(lane).toBeVisible()
    // Eight clicks, and nothing between them.
    const loud = (): Promise<number> =>
      lane.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, canvas.height >> 2, canvas.width, 1)
        const isDrawn = Array.from({ length: canvas.width }, (_, x) => data[4 * x + 3]! > 0)
        return isDrawn.filter((is, x) => is && !isDrawn[x - 1]).length
      })
    await expect.poll(loud, { timeout: 30_000 }).toBe(8)
    await window.keyboard.press('KeyH')
    await expect(lane).toBeHidden()
    await window.keyboard.press('KeyH')
    await expect(lane).toBeVisible()
  })

  await test.step('mute and volume', async () => {
    const mute = window.getByRole('button', { name: 'Mute' })
    await window.keyboard.press('KeyU')
    await expect(mute).toHaveAttribute('aria-pressed', 'true')
    await window.keyboard.press('Shift+ArrowDown')
    await expect(mute).toHaveAttribute('aria-pressed', 'false')
    await expect(window.getByRole('slider', { name: 'Volume' })).toHaveValue('0.9')
  })

  await test.step('markers', async () => {
    const timeline = window.getByRole('slider', { name: 'Timeline' })
    /** Where the timeline shows a frame's marker; it grows with the first one. */
    const placeOf = async (frame: number): Promise<[number, number]> => {
      const { x, y, width } = (await timeline.boundingBox())!
      return [x + ((frame + 0.5) * width) / (SECONDS * CLAP_RATE), y + 26]
    }
    for (const frame of [20, 60]) {
      await window.mouse.click(...(await placeOf(frame)))
      await window.keyboard.press('KeyM')
      await expect(timeline).toHaveAttribute('aria-valuetext', new RegExp(`^Frame ${frame}, .*, Marker`))
    }
    // A second press shows it to be changed.
    await window.keyboard.press('KeyM')
    const dialog = window.getByRole('dialog', { name: 'Markers' })
    const second = formatTimecode(60, { num: CLAP_RATE, den: 1 })
    await expect(dialog.getByRole('textbox', { name: `Name: ${second}` })).toBeFocused()
    await window.keyboard.type('Splice')
    await dialog.getByRole('textbox', { name: `Note: ${second}` }).fill('Ask the archive.')
    await dialog.getByRole('combobox', { name: `Color: ${second}` }).selectOption('Green')
    await window.keyboard.press('Escape')
    await expect(timeline).toHaveAttribute('aria-valuetext', /Marker: Splice$/)

    await window.keyboard.press('PageUp')
    await expect(timeline).toHaveAttribute('aria-valuenow', '20')
    await window.mouse.move(...(await placeOf(60)))
    await window.mouse.down()
    await window.mouse.move(...(await placeOf(100)), { steps: 4 })
    await window.mouse.up()
    // Until the project has heard of it the marker lies where it lay, and that is where the key goes first.
    await expect(async () => {
      await window.keyboard.press('PageDown')
      await expect(timeline).toHaveAttribute('aria-valuetext', /^Frame 100, .*Marker: Splice$/, { timeout: 2000 })
    }).toPass()
    await window.keyboard.press('Control+KeyZ')
    await expect(timeline).not.toHaveAttribute('aria-valuetext', /Marker/)
    await window.keyboard.press('PageUp')
    await expect(timeline).toHaveAttribute('aria-valuetext', /^Frame 60, .*Marker: Splice$/)
  })

  await test.step('the order of films', async () => {
    await dialogsAnswer(app, { open: second })
    await window.keyboard.press('Control+KeyO')
    const strip = window.getByRole('navigation', { name: 'Order of the films' })
    const films = strip.getByRole('button')
    const names = (): Promise<string[]> => films.evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''))
    const [before, after] = [
      ['claps.mkv, film 1 of 2', 'second.mkv, film 2 of 2'],
      ['second.mkv, film 1 of 2', 'claps.mkv, film 2 of 2'],
    ]
    await expect.poll(names).toEqual(before)
    await expect(films.nth(1)).toHaveAttribute('aria-current', 'true')
    await expect(window.getByRole('slider', { name: 'Timeline' })).toHaveAttribute('aria-valuemax', '4')

    const [from, to] = [(await films.nth(1).boundingBox())!, (await films.nth(0).boundingBox())!]
    await window.mouse.move(from.x + from.width / 2, from.y + 12)
    await window.mouse.down()
    await window.mouse.move(to.x + 8, to.y + 12, { steps: 4 })
    await window.mouse.up()
    await expect.poll(names).toEqual(after)
    await window.keyboard.press('Control+KeyZ')
    await expect.poll(names).toEqual(before)

    await films.nth(0).focus()
    await window.keyboard.press('Alt+ArrowRight')
    await expect.poll(names).toEqual(after)
    await expect(films.nth(1)).toBeFocused()
    // What was marked has gone along.
    await window.keyboard.press('Enter')
    await expect(films.nth(1)).toHaveAttribute('aria-current', 'true')
    await window.keyboard.press('Shift+KeyM')
    await expect(window.getByRole('dialog').getByRole('textbox', { name: /^Name/ })).toHaveCount(2)
    await window.keyboard.press('Escape')
    await window.keyboard.press('Alt+PageUp')
    await expect.poll(names).toEqual(before)
  })
  expect(pageErrors).toEqual([])
})
