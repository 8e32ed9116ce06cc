import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { KeptAnswers } from './keptAnswers.ts'

describe('what a program has answered', () => {
  let folder: string
  let asked: number
  const ask = async (answers: KeptAnswers, program: string): Promise<string> => {
    const answer = await answers.recall(program, 'which encoders?', async () => `answer ${++asked}`)
    await answers.settled()
    return answer
  }
  const kept = (): KeptAnswers => new KeptAnswers(join(folder, 'kept'))
  const program = (bytes: string): string => {
    const path = join(folder, 'program')
    writeFileSync(path, bytes)
    return path
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'colornn-answers-'))
    asked = 0
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is known in the next run, question by question', async () => {
    const path = program('ELF')
    expect(await ask(kept(), path)).toBe('answer 1')
    expect(await ask(kept(), path)).toBe('answer 1')
    const answers = kept()
    expect(await answers.recall(path, 'which filters?', async () => 'all')).toBe('all')
    await answers.settled()
  })

  it('is asked again where the program is another, or has failed to answer', async () => {
    const path = program('ELF')
    await expect(kept().recall(path, 'which encoders?', () => Promise.reject(new Error('crashed')))).rejects.toThrow(
      'crashed',
    )
    expect(await ask(kept(), path)).toBe('answer 1')
    appendFileSync(path, ' of a later version')
    expect(await ask(kept(), path)).toBe('answer 2')
  })

  it('is asked each time of a script, which may run any program', async () => {
    const path = program('#!/bin/sh\nexec ffmpeg "$@"\n')
    expect([await ask(kept(), path), await ask(kept(), path)]).toEqual(['answer 1', 'answer 2'])
  })

  it('is asked where what was kept is damaged, or can not be kept', async () => {
    const path = program('ELF')
    await ask(kept(), path)
    for (const name of readdirSync(join(folder, 'kept'))) writeFileSync(join(folder, 'kept', name), '{"which')
    expect(await ask(kept(), path)).toBe('answer 2')
    expect(await ask(new KeptAnswers(path), path)).toBe('answer 3')
  })
})
