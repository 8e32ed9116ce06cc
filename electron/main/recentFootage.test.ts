import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RecentFootageList } from './recentFootage.ts'

describe('the list of recent films', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'recent-'))))
  afterEach(() => rm(folder, { recursive: true }))

  it('puts the newest first and names each film once', async () => {
    const list = new RecentFootageList(join(folder, 'recent.json'))
    for (const path of ['/a.mp4', '/b.mp4', '/a.mp4']) await list.add(path)
    expect((await list.list()).map((item) => item.path)).toEqual(['/a.mp4', '/b.mp4'])
  })

  it('is still there after a restart', async () => {
    await new RecentFootageList(join(folder, 'recent.json')).add('/film “ä”.mov')
    expect((await new RecentFootageList(join(folder, 'recent.json')).list())[0]?.name).toBe('film “ä”.mov')
  })

  it('starts empty when its file is damaged, and can be written again', async () => {
    const file = join(folder, 'recent.json')
    await writeFile(file, '[{"path": 3')
    const list = new RecentFootageList(file)
    expect(await list.list()).toEqual([])
    await list.add('/a.mp4')
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(1)
  })

  it('does not fail when it cannot be written', async () => {
    const list = new RecentFootageList(join(folder, 'no such folder', 'recent.json'))
    await list.add('/a.mp4')
    expect(await list.list()).toHaveLength(1)
  })
})
