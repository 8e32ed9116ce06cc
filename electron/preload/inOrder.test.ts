import { describe, expect, it } from 'vitest'
import { InOrder } from './inOrder.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('answers behind the events that were sent before them', () => {
  it('waits for events that an answer has overtaken, and for no others', async () => {
    const order = new InOrder()
    const came: string[] = []
    const answer = (name: string, sent: number): void =>
      void order.caughtUp(sent).then(() => {
        came.push(name)
      })
    answer('none', 0)
    answer('first', 1)
    answer('third', 3)
    answer('third too', 3)
    await turn()
    expect(came).toEqual(['none'])
    order.heard({ page: order.page, count: 1 })
    await turn()
    expect(came).toEqual(['none', 'first'])
    order.heard({ page: order.page, count: 2 })
    order.heard({ page: order.page, count: 3 })
    await turn()
    expect(came).toEqual(['none', 'first', 'third', 'third too'])
    answer('late', 2)
    await turn()
    expect(came.at(-1)).toBe('late')
  })

  it('does not count what was sent to the page that was there before, or before it asked for the first time', async () => {
    const [before, order] = [new InOrder(), new InOrder()]
    expect(order.page).not.toBe(before.page)
    let came = false
    void order.caughtUp(1).then(() => (came = true))
    order.heard({ page: before.page, count: 7 })
    order.heard(undefined)
    await turn()
    expect(came).toBe(false)
    order.heard({ page: order.page, count: 1 })
    await turn()
    expect(came).toBe(true)
  })
})
