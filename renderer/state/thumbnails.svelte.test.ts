import { describe, expect, it } from 'vitest'
import type { FrameReply } from '../../electron/contract/frames.ts'
import { Thumbnails } from './thumbnails.svelte.ts'

/** An engine that answers when the test says so. */
function setup(): {
  thumbnails: Thumbnails<string>
  asked: number[]
  answer: (frame: number, colored?: boolean) => Promise<void>
} {
  const waiting = new Map<number, (reply: FrameReply | null) => void>()
  const asked: number[] = []
  const thumbnails = new Thumbnails<string>(
    (frame) => {
      asked.push(frame)
      return new Promise((resolve) => waiting.set(frame, resolve))
    },
    ({ frame, coloring }) => `${frame}${coloring ? ' in color' : ''}`,
  )
  const answer = async (frame: number, colored = false): Promise<void> => {
    waiting.get(frame)!({ frame, coloring: colored ? {} : null } as FrameReply)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { thumbnails, asked, answer }
}
const gray = (...frames: number[]): { frame: number; colored: boolean }[] =>
  frames.map((frame) => ({ frame, colored: false }))

describe('thumbnails', () => {
  it('are asked for a few at a time, the most urgent first', async () => {
    const { thumbnails, asked, answer } = setup()
    thumbnails.want(gray(5, 1, 9, 2, 8))
    expect(asked).toEqual([5, 1, 9])
    await answer(1)
    expect(asked).toEqual([5, 1, 9, 2])
    expect([thumbnails.get(1), thumbnails.get(5)]).toEqual(['1', null])
  })

  it('are forgotten when the timeline is scrolled on before their turn', async () => {
    const { thumbnails, asked, answer } = setup()
    thumbnails.want(gray(1, 2, 3, 4, 5, 6))
    thumbnails.want(gray(100))
    await answer(1)
    await answer(2)
    expect(asked).toEqual([1, 2, 3, 100])
  })

  it('are fetched again once their frame is colored, and not before', async () => {
    const { thumbnails, asked, answer } = setup()
    thumbnails.want(gray(7))
    await answer(7)
    thumbnails.want(gray(7))
    expect(asked).toEqual([7])
    thumbnails.want([{ frame: 7, colored: true }])
    expect(thumbnails.get(7)).toBe('7')
    await answer(7, true)
    expect([thumbnails.get(7), asked]).toEqual(['7 in color', [7, 7]])
  })

  it('are fetched again where the frame has come to look different meanwhile', async () => {
    const { thumbnails, asked, answer } = setup()
    const wanted = [{ frame: 7, colored: true }]
    thumbnails.want(wanted)
    thumbnails.outdate({ from: 0, to: 10 })
    await answer(7)
    const { outdated } = thumbnails
    expect(outdated).toBe(2)
    thumbnails.want(wanted)
    await answer(7, true)
    expect([thumbnails.get(7), asked, thumbnails.outdated]).toEqual(['7 in color', [7, 7], outdated])
    thumbnails.want(wanted)
    expect(asked).toEqual([7, 7])
  })

  it('that are missing come before those that are only out of date', async () => {
    const { thumbnails, asked, answer } = setup()
    thumbnails.want(gray(1, 2))
    await answer(1)
    await answer(2)
    asked.length = 0
    thumbnails.want([{ frame: 1, colored: true }, { frame: 2, colored: true }, ...gray(3, 4)])
    expect(asked).toEqual([3, 4, 1])
  })

  it('are not asked for without end when a frame has none', async () => {
    const asked: number[] = []
    const thumbnails = new Thumbnails<string>(
      (frame) => {
        asked.push(frame)
        return Promise.reject(new Error('damaged'))
      },
      () => '',
    )
    for (let draw = 0; draw < 3; draw++) {
      thumbnails.want(gray(7))
      await new Promise((resolve) => setTimeout(resolve))
    }
    expect([asked, thumbnails.get(7)]).toEqual([[7], null])
  })

  it('of a film that was closed never show up in the next one', async () => {
    const { thumbnails, answer } = setup()
    thumbnails.want(gray(3))
    thumbnails.clear()
    await answer(3)
    expect(thumbnails.get(3)).toBeNull()
  })
})
