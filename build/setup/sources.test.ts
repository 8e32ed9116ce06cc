import { describe, expect, it } from 'vitest'
import { SetupProblem } from './report.ts'
import { firstThatWorks } from './sources.ts'

const giveUp = (reasons: string): SetupProblem => new SetupProblem(`nothing worked (${reasons})`, 'do something')
const fails = (name: string, message: string) => ({
  name,
  fetch: async (): Promise<string> => {
    throw new Error(message)
  },
})

describe('a part of the set-up', () => {
  it('comes from the first source that works, and later ones are not asked', async () => {
    const asked: string[] = []
    const source = (name: string, works: boolean) => ({
      name,
      fetch: async () => {
        asked.push(name)
        if (!works) throw new Error('closed')
        return name
      },
    })
    expect(
      await firstThatWorks('x', [source('download', false), source('registry', true), source('system', true)], giveUp),
    ).toBe('registry')
    expect(asked).toEqual(['download', 'registry'])
  })

  it('passes over sources that are not for this machine', async () => {
    const other = { ...fails('for Windows', 'must not run'), fits: () => false }
    expect(await firstThatWorks('x', [other, { name: 'here', fetch: async () => 'here' }], giveUp)).toBe('here')
  })

  it('names the reason of every source when none works', async () => {
    await expect(
      firstThatWorks('x', [fails('a', 'host is silent\nand more'), fails('b', 'no disk')], giveUp),
    ).rejects.toThrow('nothing worked (a: host is silent; b: no disk)')
  })

  it('gives the line to run of a source that knows one', async () => {
    const knows = {
      name: 'system',
      fetch: async (): Promise<string> => {
        throw new SetupProblem('A compiler is needed.', 'apt-get install g++')
      },
    }
    await expect(firstThatWorks('x', [knows, fails('b', 'broken')], giveUp)).rejects.toThrow('apt-get install g++')
  })
})
