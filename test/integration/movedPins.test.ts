/** A pin that is moved or copied brings its colors along, and leaves what was drawn where it comes to. */
import { describe, expect, it, vi } from 'vitest'
import type { Operation } from '../../electron/contract/operations.ts'
import { decodeColoring } from '../../electron/engine/cache/coloringCodec.ts'
import { movePin } from '../../electron/main/movePin.ts'
import { unkeptColoring } from '../../electron/main/pinPicture.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { drawFilm } from '../material/films.ts'
import { stroke } from '../material/layouts.ts'
import { farFromTruth, PINNED, pinPicture, scenes } from '../material/sceneDesk.ts'
import { SCENE } from '../material/scenes.ts'
import { searching } from '../material/searching.ts'
import { workFolder } from '../material/workFolder.ts'

const [PIN, TO] = [2, 6]

const draw = ({ session }: Desk, frame: number, operation: Operation): void =>
  session.apply({ type: 'add-operation', clip: 'c', frame, operation })

/** As the key for it does. */
async function pin(desk: Desk, frame: number): Promise<void> {
  const base = await unkeptColoring(desk, 'c', frame)
  desk.session.apply({ type: 'pin', clip: 'c', frame, ...(base && { base }) })
}

/** A film that was colored by the networks alone, and a pin that a stroke has made red. */
async function strokedPin(frame = PIN): Promise<Desk> {
  const desk = await openDesk()
  await desk.shots.ensure('c')
  await desk.colorize()
  draw(desk, frame, stroke(0, 0.4, { radius: 0.5 }))
  await pin(desk, frame)
  return desk
}

/** Without the frame's own operations. */
async function baseOf(desk: Desk, frame: number): Promise<Float32Array> {
  await desk.clips.settled('c')
  return decodeColoring(await desk.engine.call('frozenColoring', 'c', frame))!.chroma.values
}

/** What the pass makes of the pins that there are, with nothing known of it before. */
async function propagated(desk: Desk, frame: number): Promise<Float32Array> {
  await desk.engine.call('clearCache')
  await desk.colorize()
  return baseOf(desk, frame)
}

const move = (desk: Desk, from = PIN, to = TO, copy = false): Promise<unknown> =>
  movePin(desk, { clip: 'c', from, to, copy })

describe('a pin that is moved to a frame that was not colored by it yet', () => {
  it('is refused while its shots are not known, and they are looked for anew where that was given up', async () => {
    const { desk, search } = await searching(250)
    await pin(desk, PIN)
    await desk.jobs.cancel(search)
    await desk.jobs.ended(search)
    await expect(move(desk)).rejects.toMatchObject({ code: 'not-found' })
    expect(desk.jobs.open('c')).toMatchObject([{ kind: 'shots' }])
  })

  it('comes there in the colors that a pass would carry, strokes and all', async () => {
    const desk = await strokedPin()
    await move(desk)
    expect(Object.keys(desk.clip().frames)).toEqual([String(TO)])
    const moved = await baseOf(desk, TO)
    desk.session.undo()
    expect(moved).toEqual(await propagated(desk, TO))
    expect(desk.troubles).toEqual([])
  })

  it('does so backward, and past another pin', async () => {
    const desk = await strokedPin(TO)
    await desk.pin(4)
    await move(desk, TO, PIN)
    const moved = await baseOf(desk, PIN)
    desk.session.undo()
    desk.session.undo()
    expect(moved).toEqual(await propagated(desk, PIN))
  })

  it('stays where it was as well when it is copied', async () => {
    const desk = await strokedPin()
    const before = desk.clip().frames[PIN]
    await move(desk, PIN, TO, true)
    expect(desk.clip().frames[PIN]).toEqual(before)
    const copied = await baseOf(desk, TO)
    desk.session.undo()
    expect(copied).toEqual(await propagated(desk, TO))
  })

  it('takes along what is drawn on it meanwhile', async () => {
    const desk = await strokedPin()
    const call = desk.engine.call.bind(desk.engine) as (...given: unknown[]) => Promise<unknown>
    let isDrawn = false
    vi.spyOn(desk.engine, 'call').mockImplementation((async (...given: unknown[]) => {
      const answer = await call(...given)
      if (!isDrawn && /Coloring/.test(String(given[0]))) {
        isDrawn = true
        draw(desk, PIN, stroke(0.4, 0, { radius: 0.5 }))
      }
      return answer
    }) as typeof desk.engine.call)
    await move(desk)
    const moved = await baseOf(desk, TO)
    desk.session.undo()
    expect(desk.clip().frames[PIN]!.operations).toHaveLength(2)
    expect(moved).toEqual(await propagated(desk, TO))
  })

  it('is not moved further than that takes a moment, but where a pass has carried it', async () => {
    const folder = workFolder()
    const desk = await openDesk(folder, { path: await drawFilm(folder, 'one.mkv', { frames: 70 }), frameCount: 70 })
    await desk.shots.ensure('c')
    draw(desk, PIN, stroke(0, 0.4, { radius: 0.5 }))
    await pin(desk, PIN)
    const { frames } = desk.clip()
    await expect(move(desk, PIN, 60)).rejects.toMatchObject({
      code: 'edit-refused',
      message: 'The colors of the pin at frame 2 have not been carried to frame 60 yet.',
    })
    expect(desk.clip().frames).toBe(frames)
    await desk.colorize()
    const shown = await baseOf(desk, 60)
    await move(desk, PIN, 60)
    expect(await baseOf(desk, 60)).toEqual(shown)
  })

  it('colors a frame of another shot as one that looks alike', async () => {
    const desk = await scenes()
    await pinPicture(desk, PINNED)
    const frame = 2 * SCENE + 5
    const farOff = async (): Promise<number> => {
      await desk.clips.settled('c')
      return farFromTruth(desk, frame, await desk.engine.call('frozenColoring', 'c', frame))
    }
    const far = await farOff()
    expect(await move(desk, PINNED, frame, true)).toBeGreaterThan(0.4)
    expect(await farOff()).toBeLessThan(0.5 * far)
    expect(await move(desk, PINNED, SCENE + 5, true)).toBeLessThan(0.4)
  })
})

describe('what is there where a pin comes to', () => {
  it('stays on top of its colors', async () => {
    const desk = await strokedPin()
    const own = stroke(0.3, 0, { radius: 0.1 })
    draw(desk, TO, own)
    desk.session.apply({ type: 'label-frame', clip: 'c', frame: TO, label: 'noon' })
    await move(desk)
    expect(desk.clip().frames[TO]).toMatchObject({ operations: [own], label: 'noon', pinned: true })
    const moved = await baseOf(desk, TO)
    desk.session.undo()
    expect(moved).toEqual(await propagated(desk, TO))
  })

  it('is shown as it was where the pass has carried the pin there', async () => {
    const desk = await strokedPin()
    await desk.pin(10)
    await desk.colorize()
    draw(desk, TO, stroke(0.3, 0, { radius: 0.1 }))
    const shown = await baseOf(desk, TO)
    await move(desk)
    expect(await baseOf(desk, TO)).toEqual(shown)
  })

  it('keeps a coloring of its own: the pin is refused', async () => {
    const desk = await strokedPin()
    await pin(desk, TO)
    desk.session.apply({ type: 'unpin', clip: 'c', frame: TO, keepColoring: true })
    const { frames } = desk.clip()
    for (const copy of [false, true]) {
      await expect(move(desk, PIN, TO, copy)).rejects.toMatchObject({
        code: 'edit-refused',
        message: 'Frame 6 has a coloring of its own.',
      })
    }
    expect(desk.clip().frames).toBe(frames)
  })
})
