import { describe, expect, it } from 'vitest'
import type { PinsElsewhere } from '../../contract/alike.ts'
import { inWords } from '../../contract/sentence.ts'
import type { JobProgress } from '../../contract/schemas.ts'
import { cancelled } from '../../contract/userError.ts'
import { JobLine } from '../jobs/jobLine.ts'
import type { Film } from './film.ts'
import { PinExamples } from './pinExamples.ts'

const coloring: PinsElsewhere['pins'][number]['coloring'] = {
  base: { kind: 'automatic' },
  operations: [],
  pinned: true,
}
const reel = (name: string): PinsElsewhere => ({
  ...{ clip: name, name, path: `${name}.mkv`, rate: null, film: name },
  ...{ pins: [{ frame: 3, coloring }], pictures: {} },
})

/** Films that are never open, until nobody wants them any more. */
function neverOpen() {
  const opened: string[] = []
  const givenUp: string[] = []
  const examples = new PinExamples((path, _rate, signal) => {
    opened.push(path)
    return new Promise<Film>((_, reject) =>
      signal.addEventListener('abort', () => {
        givenUp.push(path)
        reject(cancelled())
      }),
    )
  })
  return { examples, opened, givenUp }
}

describe('another film that takes long to be opened for its pins', () => {
  it('holds up nothing else, and is given up when the search is cancelled', async () => {
    const { examples, opened, givenUp } = neverOpen()
    const ends = new Map<string, JobProgress['state']>()
    const jobs = new JobLine(({ jobId, state }) => ends.set(jobId, state))
    const film = { footageId: 'c', total: 1 }
    jobs.start({
      ...{ ...film, jobId: 'alike', kind: 'alike', isAwaited: true },
      run: async (context) => void (await examples.elsewhere([reel('other')], context)),
    })
    jobs.start({ ...film, jobId: 'coloring', kind: 'colorize', run: ({ turn }) => turn() })
    await jobs.ended('colorize', 'c')
    expect([opened, ends.get('coloring')]).toEqual([['other.mkv'], 'done'])
    await jobs.cancel('alike')
    expect([givenUp, ends.get('alike')]).toEqual([['other.mkv'], 'cancelled'])
  })

  it('is opened once for all who want it, and goes on being opened while one of them does', async () => {
    const { examples, opened, givenUp } = neverOpen()
    const jobs = new JobLine(() => undefined)
    for (const jobId of ['one', 'two'])
      jobs.start({
        ...{ jobId, kind: 'alike', footageId: jobId, total: 1 },
        run: async (context) => void (await examples.elsewhere([reel('other')], context)),
      })
    jobs.start({ jobId: 'last', kind: 'alike', footageId: 'last', total: 1, run: ({ turn }) => turn() })
    await jobs.ended('alike', 'last')
    expect(opened).toEqual(['other.mkv'])
    await jobs.cancel('one')
    expect(givenUp).toEqual([])
    await jobs.cancel('two')
    expect(givenUp).toEqual(['other.mkv'])
  })
})

it('another film that fails to be opened in an unexpected way costs its own pins alone', async () => {
  const opened: string[] = []
  const examples = new PinExamples((path) => {
    opened.push(path)
    return Promise.reject(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }))
  })
  const { examples: read, leftOut } = await examples.elsewhere([reel('one'), reel('two')])
  expect([opened, read]).toEqual([['one.mkv', 'two.mkv'], []])
  expect(leftOut.map((sentence) => inWords(sentence))).toEqual([
    'Pins that can not be read are left out, of: one and two.',
  ])
  await expect(examples.oneElsewhere(reel('one'))).rejects.toMatchObject({ code: 'internal' })
})
