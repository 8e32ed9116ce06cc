import { describe, expect, it } from 'vitest'
import { Turns } from './turns.ts'

function line(): {
  turns: Turns
  join: () => {
    wait: () => Promise<void>
    pause: (paused: boolean) => void
    aside: (work: Promise<unknown>) => Promise<unknown>
    cancel: () => void
  }
} {
  const turns = new Turns()
  return {
    turns,
    join: () => {
      const abort = new AbortController()
      const ticket = turns.join(abort.signal)
      return {
        wait: () => ticket.wait(),
        pause: (paused) => (ticket.paused = paused),
        aside: (work) => ticket.aside(work),
        cancel: () => abort.abort(),
      }
    },
  }
}

const settled = async (promise: Promise<unknown>, ms = 30): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setTimeout(resolve, ms, false))])

describe('turns', () => {
  it('go to the first in line that is not paused', async () => {
    const { join } = line()
    const [first, second] = [join(), join()]
    await first.wait()
    const waiting = second.wait()
    expect(await settled(waiting)).toBe(false)
    first.pause(true)
    await waiting
    first.pause(false)
    expect(await settled(second.wait())).toBe(false)
  })

  it('go to others while a job waits for something else, and back to it then', async () => {
    const { join } = line()
    const [first, second] = [join(), join()]
    await first.wait()
    let come!: (part: string) => void
    const part = first.aside(new Promise<string>((resolve) => (come = resolve)))
    await second.wait()
    come('a part')
    expect(await part).toBe('a part')
    expect(await settled(second.wait())).toBe(false)
    await first.wait()

    const never = first.aside(new Promise(() => undefined))
    first.cancel()
    await expect(never).rejects.toMatchObject({ code: 'cancelled' })
    await expect(first.aside(Promise.resolve())).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('end with a cancelled job', async () => {
    const { join } = line()
    const [first, second] = [join(), join()]
    await first.wait()
    const waiting = second.wait()
    second.cancel()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('wait for what somebody wants to see', async () => {
    const { turns, join } = line()
    const job = join()
    let shown!: () => void
    turns.giveWay(new Promise<void>((resolve) => (shown = resolve)))
    const waiting = job.wait()
    expect(await settled(waiting)).toBe(false)
    shown()
    expect(await settled(waiting)).toBe(true)
    expect(await settled(job.wait())).toBe(true)
  })

  it('come even so, when that takes long or fails', async () => {
    const { turns, join } = line()
    const job = join()
    turns.giveWay(new Promise(() => undefined))
    const started = performance.now()
    await job.wait()
    expect(performance.now() - started).toBeLessThan(2000)
    turns.giveWay(Promise.reject(new Error('not read')))
    expect(await settled(job.wait())).toBe(true)
  })
})
