import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../test/material/workFolder.ts'
import { pictureRun } from './filmIdentity.ts'

/** The run that a picture is opened as, when these are in its folder. */
async function runOf(chosen: string, names: readonly string[]): Promise<string[]> {
  const folder = workFolder()
  for (const name of names) writeFileSync(join(folder, name), name)
  return (await pictureRun(join(folder, chosen))).map((path) => basename(path))
}

const named = (pattern: string, ...numbers: (number | string)[]): string[] =>
  numbers.map((number) => pattern.replace('#', `${number}`))

describe('a run of numbered pictures', () => {
  it.each([
    ['#_scan.dpx', [9, 10, 11]],
    ['scan#.png', [9, 10, 11, 12]],
    ['#.tif', [99, 100, 101]],
    ['reel2 take 3 #.exr', [998, 999, 1000, 1001]],
    ['f#.png', [0, 1, 2]],
    ['#_scan.dpx', ['08', '09', '10', '11']],
    ['scan_#.tif', ['0000086399', '0000086400', '0000086401']],
  ] as [string, (number | string)[]][])(
    'is whole and in the order of its numbers, whichever picture opens it: %s, %j',
    async (pattern, numbers) => {
      const names = named(pattern, ...numbers)
      for (const chosen of names) expect(await runOf(chosen, names)).toEqual(names)
    },
  )

  it('is the longer one where files of two numberings lie together', async () => {
    const names = [...named('#_scan.dpx', 9, 10, 11), ...named('#_scan.dpx', '007', '008')]
    expect(await runOf('10_scan.dpx', names)).toEqual(named('#_scan.dpx', 9, 10, 11))
    expect(await runOf('008_scan.dpx', names)).toEqual(named('#_scan.dpx', '007', '008'))
    expect(await runOf('10.png', named('#.png', '07', '08', '09', '10', 9))).toEqual(
      named('#.png', '07', '08', '09', '10'),
    )
  })

  it('ends where a number is missing', async () => {
    expect(await runOf('9.png', named('#.png', 9, 11, 12))).toEqual(['9.png'])
    expect(await runOf('11.png', named('#.png', 9, 11, 12))).toEqual(['11.png', '12.png'])
  })
})
