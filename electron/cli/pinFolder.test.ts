import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { workFolder } from '../../test/material/workFolder.ts'
import { PinFolder, removeLeftPins } from './pinFolder.ts'

const module = pathToFileURL(join(import.meta.dirname, 'pinFolder.ts')).href

/** Another program that puts a coloring into such a folder and is killed then. */
function killedProgram(parent: string): void {
  const script = `
    const { PinFolder } = await import(${JSON.stringify(module)})
    await (await new PinFolder(${JSON.stringify(parent)}).assets()).put(Uint8Array.of(1), 'chroma')
    process.kill(process.pid, 'SIGKILL')`
  spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
}

describe('the folder of what the command line pins', () => {
  it('is removed by the next run where its own was killed', async () => {
    const parent = workFolder()
    killedProgram(parent)
    expect(readdirSync(parent)).toHaveLength(1)
    await removeLeftPins(parent)
    expect(readdirSync(parent)).toEqual([])
  })

  it('stays while its program runs, and so does whatever is not known to be one', async () => {
    const parent = workFolder()
    const pins = new PinFolder(parent)
    await (await pins.assets()).put(Uint8Array.of(1), 'chroma')
    mkdirSync(join(parent, 'colornn-pins-of-somebody'))
    writeFileSync(join(parent, 'colornn-pins-file'), '')
    await removeLeftPins(parent)
    expect(readdirSync(parent)).toHaveLength(3)
    await pins.remove()
    expect(readdirSync(parent)).toEqual(['colornn-pins-file', 'colornn-pins-of-somebody'])
  })

  it('is not made where nothing is pinned', async () => {
    const parent = workFolder()
    await new PinFolder(parent).remove()
    expect(readdirSync(parent)).toEqual([])
  })
})
