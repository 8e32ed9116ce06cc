import { expect, it } from 'vitest'
import type { FrameRequest } from '../../electron/contract/frames.ts'
import { sentence } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { smallProject } from '../../test/material/arbitraryEdits.ts'
import { infoOf } from '../../test/material/openEditor.ts'
import { OpenFilm } from './film.svelte.ts'
import { FrameSource } from './frameSource.ts'
import { Pictures } from './pictures.svelte.ts'
import { Playback } from './playback.svelte.ts'
import { Viewer } from './viewer.svelte.ts'

const away = new UserError('footage-missing', sentence`The film is away.`, sentence`Bring it back.`)

/** A film in view whose frames come while it is there. */
function inView() {
  const disk = { isAway: false, held: [] as (() => void)[], holds: false }
  const source = new FrameSource()
  const port = {
    onmessage: null as ((event: MessageEvent) => void) | null,
    start: () => undefined,
    close: () => undefined,
    postMessage: (message: unknown) => {
      const { requestId, footageId, frame } = message as FrameRequest
      const data = disk.isAway
        ? { type: 'failed', requestId, error: away.toData() }
        : { type: 'frame', requestId, footageId, frame, coloring: null }
      const answer = (): void => port.onmessage?.({ data } as MessageEvent)
      if (disk.holds) disk.held.push(answer)
      else queueMicrotask(answer)
    },
  }
  source.connect(port)
  const film = new OpenFilm(infoOf(smallProject().clips[0]!))
  const [playback, viewer] = [new Playback(), new Viewer()]
  playback.load(film.info.frameCount, film.info.rate)
  const failures: unknown[] = []
  const pictures = new Pictures(
    source,
    playback,
    viewer,
    () => film,
    (error) => failures.push(error),
    () => undefined,
  )
  const goTo = (frame: number): void => {
    playback.seek(frame)
    pictures.refresh()
  }
  return { disk, pictures, viewer, failures, goTo }
}

it('a frame that can not be had is not shown as another one', async () => {
  const { disk, pictures, failures, goTo } = inView()
  goTo(3)
  await expect.poll(() => pictures.shown?.frame).toBe(3)
  disk.isAway = true
  goTo(3)
  await expect.poll(() => failures.length).toBe(1)
  // It is what it was.
  expect(pictures.shown?.frame).toBe(3)
  goTo(7)
  await expect.poll(() => failures.length).toBe(2)
  expect(pictures.shown).toBeNull()
  disk.isAway = false
  goTo(7)
  await expect.poll(() => pictures.shown?.frame).toBe(7)
})

it('the picture stays while the next frame is on its way, whatever became of one that nobody wants any more', async () => {
  const { disk, pictures, failures, goTo } = inView()
  goTo(3)
  await expect.poll(() => pictures.shown?.frame).toBe(3)
  disk.holds = disk.isAway = true
  goTo(7)
  disk.isAway = false
  goTo(9)
  disk.held.shift()!()
  await expect.poll(() => failures.length).toBe(1)
  expect(pictures.shown?.frame).toBe(3)
  await expect.poll(() => disk.held.length).toBe(1)
  disk.held.shift()!()
  await expect.poll(() => pictures.shown?.frame).toBe(9)
})

it('a frame is compared with nothing where what it is to be compared with can not be had', async () => {
  const { disk, pictures, viewer, failures, goTo } = inView()
  viewer.mode = 'difference'
  goTo(3)
  await expect.poll(() => pictures.other?.frame).toBe(3)
  disk.isAway = true
  goTo(7)
  await expect.poll(() => failures.length).toBe(2)
  expect([pictures.shown, pictures.other]).toEqual([null, null])
})
