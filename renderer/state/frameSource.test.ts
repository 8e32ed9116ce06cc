import { describe, expect, it } from 'vitest'
import type { FrameRequest } from '../../electron/contract/frames.ts'
import { FrameSource, type FramesPort } from './frameSource.ts'

/** A port whose other end is the test: it sees the requests and answers when it likes. */
class Line implements FramesPort {
  readonly requests: FrameRequest[] = []
  onmessage: ((event: MessageEvent) => void) | null = null
  postMessage(message: unknown): void {
    this.requests.push(message as FrameRequest)
  }
  start(): void {}
  close(): void {}
  answer(index: number): void {
    const { requestId, frame } = this.requests[index]!
    this.onmessage?.({ data: { type: 'frame', requestId, frame } } as MessageEvent)
  }
  standIn(index: number): void {
    const { requestId, frame } = this.requests[index]!
    this.onmessage?.({ data: { type: 'stand-in', requestId, frame } } as MessageEvent)
  }
  drop(index: number): void {
    this.onmessage?.({ data: { type: 'dropped', requestId: this.requests[index]!.requestId } } as MessageEvent)
  }
}

describe('the line for pixels', () => {
  it('keeps one viewer request under way and then asks for the newest wish', async () => {
    const source = new FrameSource()
    const line = new Line()
    source.connect(line)
    const first = source.view('film', 1, 100)
    const second = source.view('film', 2, 100)
    const third = source.view('film', 3, 100)
    expect(line.requests.map(({ frame }) => frame)).toEqual([1])
    expect(await second).toBeNull()
    line.answer(0)
    expect((await first)?.frame).toBe(1)
    expect(line.requests.map(({ frame }) => frame)).toEqual([1, 3])
    line.answer(1)
    expect((await third)?.frame).toBe(3)
  })

  it('brings a running film’s frames and what they are compared with in pairs', async () => {
    const source = new FrameSource()
    const line = new Line()
    source.connect(line)
    const pairs: (number | undefined)[][] = []
    for (let frame = 1; frame <= 12; frame++) {
      void Promise.all([source.view('film', frame, 100), source.other('film', frame, 100, 'base')]).then((pair) =>
        pairs.push(pair.map((reply) => reply?.frame)),
      )
      // The engine gives one answer while the film goes on by three frames.
      if (frame % 3 === 0) line.answer(frame / 3 - 1)
    }
    await Promise.resolve()
    expect(line.requests.map(({ frame, coloring }) => [frame, coloring])).toEqual([
      [1, undefined],
      [1, 'base'],
      [6, undefined],
      [6, 'base'],
      [12, undefined],
    ])
    await new Promise((settled) => setTimeout(settled))
    expect(pairs.filter(([view, other]) => view !== undefined && view === other)).toEqual([
      [1, 1],
      [6, 6],
    ])
  })

  it('lets a frame that is only stood in for make way for a newer one, and not for what it is compared with', async () => {
    const source = new FrameSource()
    const line = new Line()
    source.connect(line)
    const standIns: number[] = []
    const view = (frame: number) => source.view('film', frame, 100, undefined, (reply) => standIns.push(reply.frame))
    const first = view(1)
    const other = source.other('film', 1, 100)
    line.standIn(0)
    expect(line.requests.map(({ frame, mayStandIn }) => [frame, mayStandIn])).toEqual([[1, true]])
    const second = view(2)
    expect(line.requests.map(({ frame }) => frame)).toEqual([1, 2])
    expect(await other).toBeNull()
    const third = view(3)
    // The answer to the one that made way is no answer to the one that is waited for.
    line.drop(0)
    expect(await first).toBeNull()
    expect(line.requests.map(({ frame }) => frame)).toEqual([1, 2])
    line.standIn(1)
    line.answer(1)
    expect((await second)?.frame).toBe(2)
    line.answer(2)
    expect((await third)?.frame).toBe(3)
    expect(standIns).toEqual([1, 2])
    void source.other('film', 3, 100)
    expect(line.requests.at(-1)?.mayStandIn).toBeUndefined()
  })

  it('asks a new engine for what the old one left unanswered', async () => {
    const source = new FrameSource()
    const old = new Line()
    source.connect(old)
    const view = source.view('film', 7, 100)
    const thumb = source.thumb('film', 9, 50)
    const fresh = new Line()
    source.connect(fresh)
    expect(fresh.requests.map(({ frame, slot }) => [frame, slot])).toEqual([
      [9, 'thumb'],
      [7, 'view'],
    ])
    fresh.answer(0)
    fresh.answer(1)
    expect([(await view)?.frame, (await thumb)?.frame]).toEqual([7, 9])
  })

  it('keeps wishes made before the first engine is there', async () => {
    const source = new FrameSource()
    const view = source.view('film', 4, 100)
    const line = new Line()
    source.connect(line)
    line.answer(0)
    expect((await view)?.frame).toBe(4)
  })
})
