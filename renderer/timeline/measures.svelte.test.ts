import { expect, it } from 'vitest'
import type { FrameMeasures } from '../../electron/contract/schemas.ts'
import { Measures } from './measures.svelte.ts'

it('measures of a film are fetched, though those of the one before could not be had any more', async () => {
  const answers: { readonly give: (confidence: number) => void; readonly fail: () => void }[] = []
  const measures = new Measures(
    ({ from, to }) =>
      new Promise<FrameMeasures>((resolve, reject) => {
        const all = (value: number): Float32Array<ArrayBuffer> => new Float32Array(to - from).fill(value)
        answers.push({
          give: (confidence) => resolve({ from, confidence: all(confidence), u: all(0), v: all(0) }),
          fail: () => reject(new Error('the film is not open')),
        })
      }),
  )
  measures.clear(10)
  measures.want({ from: 0, to: 10 })
  measures.clear(10)
  measures.want({ from: 0, to: 10 })
  answers[0]!.fail()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]!.give(0.5)
  await expect.poll(() => measures.confidence[3]).toBe(0.5)
})
