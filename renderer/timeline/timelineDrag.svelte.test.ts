import { afterEach, describe, expect, it, vi } from 'vitest'
import { opened, type Main, type Opened } from '../../test/material/openEditor.ts'
import { TimelineDrag } from './timelineDrag.svelte.ts'

/** So wide that nothing is near enough to the playhead to snap to it. */
const scale = { start: 0, pixels: 100 }

afterEach(() => void vi.unstubAllGlobals())

/** Shots of 10 frames from 0, a marker on 3 and a pin on 5. */
async function prepared(): Promise<Opened & { readonly drag: TimelineDrag }> {
  const { main, editor } = await opened()
  for (const at of [10, 20, 30]) main.apply({ type: 'split-shot', clip: 'c0', at })
  main.apply({ type: 'add-marker', clip: 'c0', marker: { id: 'm', frame: 3, name: '', color: 'red' } })
  editor.playback.seek(5)
  await editor.pinning.pin()
  main.answers['movePin'] = ({ clip, from, to, copy }: { clip: string; from: number; to: number; copy: boolean }) => {
    main.apply({ type: copy ? 'copy-pin' : 'move-pin', clip, from, to })
    return 1
  }
  return { main, editor, drag: new TimelineDrag(editor) }
}

const cuts = (main: Main): number[] => main.project.clips[0]!.shots.map(({ from }) => from)
const pins = (main: Main): number[] => Object.keys(main.project.clips[0]!.frames).map(Number)
const markers = (main: Main): number[] => main.project.clips[0]!.markers!.map(({ frame }) => frame)

describe('what is dragged along the timeline', () => {
  it('is a pin: it moves when it is let go, or is copied where Alt is held by then', async () => {
    const { main, drag } = await prepared()
    drag.press({ kind: 'pin', frame: 5 }, 5, false)
    drag.move(7, scale, true)
    drag.move(8, scale, false)
    expect([pins(main), drag.mark]).toEqual([[5], { kind: 'pin', from: 5, to: 8, copy: false }])
    drag.release()
    await main.quiet()
    expect([pins(main), drag.mark]).toEqual([[8], null])
    drag.press({ kind: 'pin', frame: 8 }, 8, false)
    drag.move(12, scale, true)
    drag.release()
    await main.quiet()
    expect(pins(main)).toEqual([8, 12])
  })

  it('is a marker, which snaps to the playhead where that is near', async () => {
    const { main, drag } = await prepared()
    drag.press({ kind: 'marker', frame: 3 }, 3, false)
    drag.move(4, { start: 0, pixels: 5 }, false)
    drag.release()
    await main.quiet()
    expect(markers(main)).toEqual([5])
  })

  it('is a cut: it moves at once, up to the cuts beside it, and is one step of the history', async () => {
    const { main, drag } = await prepared()
    const before = main.steps.length
    drag.press({ kind: 'cut', at: 20 }, 20, false)
    for (const frame of [22, 24, 99]) {
      drag.move(frame, scale, false)
      await main.quiet()
    }
    expect(cuts(main)).toEqual([0, 10, 29, 30])
    drag.move(2, scale, false)
    drag.release()
    await main.quiet()
    expect([cuts(main), main.steps.slice(before)]).toEqual([[0, 10, 11, 30], ['move-cut']])
  })

  it('is a cut whose limits are those of when it was taken, however far the document in view is behind', async () => {
    const { main, drag } = await prepared()
    const answer = main.hold('beginEdit')
    drag.press({ kind: 'cut', at: 20 }, 20, false)
    // What was done just before is heard of only now.
    main.apply({ type: 'move-cut', clip: 'c0', at: 10, to: 15 })
    drag.move(22, scale, false)
    answer()
    await main.quiet()
    // None of these has come back from main by the time of the next.
    for (const frame of [26, 18, 25, 17]) drag.move(frame, scale, false)
    await main.quiet()
    expect([cuts(main), drag.mark]).toMatchObject([[0, 15, 17, 30], { kind: 'cut', from: 20, to: 17 }])
    drag.move(3, scale, false)
    drag.release()
    await main.quiet()
    expect(cuts(main)).toEqual([0, 15, 16, 30])
  })

  it('is a cut that was let go before main has answered', async () => {
    const { main, drag } = await prepared()
    const before = main.steps.length
    drag.press({ kind: 'cut', at: 20 }, 20, false)
    drag.move(24, scale, false)
    drag.release()
    await main.quiet()
    expect([cuts(main), main.steps.slice(before)]).toEqual([[0, 10, 24, 30], ['move-cut']])
  })

  it('is the playhead everywhere else, and that runs no further', async () => {
    const { editor, drag } = await prepared()
    editor.playback.togglePlay()
    drag.press({ kind: 'shot', index: 1 }, 14, false)
    expect([editor.playback.frame, editor.playback.playing, drag.isSeeking]).toEqual([14, false, true])
    drag.move(17, scale, false)
    expect([editor.playback.frame, drag.mark]).toEqual([17, null])
    drag.release()
    drag.move(23, scale, false)
    expect([editor.playback.frame, drag.isSeeking]).toEqual([17, false])
  })

  it('goes where it is clicked: to a pin, a marker, and the frame where a pin would help', async () => {
    const { main, editor, drag } = await prepared()
    const { steps } = main
    for (const hit of [
      { kind: 'marker', frame: 3 },
      { kind: 'pin', frame: 5 },
      { kind: 'suggestion', frame: 33 },
    ] as const) {
      drag.press(hit, hit.frame + 1, false)
      drag.release()
      expect(editor.playback.frame).toBe(hit.frame)
    }
    await main.quiet()
    expect(main.steps).toEqual(steps)
  })
})

describe('a drag that is given up', () => {
  it.each([
    { kind: 'pin', frame: 5 },
    { kind: 'marker', frame: 3 },
    { kind: 'cut', at: 20 },
  ] as const)('leaves everything as it was: $kind', async (hit) => {
    const { main, editor, drag } = await prepared()
    const [{ project }, { frame }, steps] = [main, editor.playback, main.steps]
    drag.press(hit, 20, false)
    drag.move(25, scale, false)
    await main.quiet()
    drag.giveUp()
    // What the pointer does until it is let go changes nothing.
    drag.move(27, scale, false)
    drag.release()
    await main.quiet()
    expect([main.project, editor.playback.frame, main.steps, drag.mark]).toEqual([project, frame, steps, null])
  })
})

it('a second finger begins nothing while a mark is dragged', async () => {
  const { drag } = await prepared()
  drag.press({ kind: 'pin', frame: 5 }, 5, false)
  drag.press({ kind: 'film' }, 30, false)
  expect([drag.mark?.kind, drag.isSeeking]).toEqual(['pin', false])
})

it('undo that is pressed when a cut was just let go takes that back, and says so', async () => {
  const { main, editor, drag } = await prepared()
  const [cuts] = main.project.clips
  const begun = main.hold('beginEdit')
  drag.press({ kind: 'cut', at: 20 }, 20, false)
  drag.move(24, scale, false)
  drag.release()
  void editor.steps.undo()
  await main.quiet()
  begun()
  await main.quiet()
  expect(main.project.clips[0]!.shots).toEqual(cuts!.shots)
  expect(editor.notices.list.map(({ message }) => message).join()).toMatch(/Move cut 20 to 24/)
})
