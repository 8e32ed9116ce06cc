import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROJECT_VERSION } from '../contract/projectDocument.ts'
import { pinsOf } from './document.ts'
import { checkProject } from './invariants.ts'
import { migrate } from './migrations.ts'

const folder = join(import.meta.dirname, '..', '..', 'test', 'material', 'oldProjects')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

describe('old project files', () => {
  it('are kept, one at least of every version', () => {
    const versions = readdirSync(folder).map((name) => (read(name) as { version: number }).version)
    expect([...new Set(versions)].sort()).toEqual(Array.from({ length: PROJECT_VERSION + 1 }, (_, version) => version))
  })

  for (const name of readdirSync(folder)) {
    it(`are valid projects of today: ${name}`, () => {
      expect(checkProject(migrate(read(name))).version).toBe(PROJECT_VERSION)
    })
  }

  it('of version 0 become one clip with its pictures pinned', () => {
    const project = checkProject(migrate(read('version-0.colornn')))
    expect(project.title).toBe('regatta 1912.mkv')
    const clip = project.clips[0]!
    expect(clip.shots).toHaveLength(1)
    // The film has frames 0 to 1439: the picture for frame 1440 never belonged to one.
    expect(pinsOf(clip)).toEqual([12, 700])
    expect(clip.frames['12']!.base).toEqual({ kind: 'picture', asset: `${'a'.repeat(64)}.png` })
  })

  it('of version 1 keep their locks, and the keys of what those showed', () => {
    const { clips } = read('version-1.colornn') as { clips: { locks: unknown[] }[] }
    expect(clips[0]!.locks).not.toEqual([])
    expect(checkProject(migrate(read('version-1.colornn'))).clips[0]!.locks).toEqual(clips[0]!.locks)
  })

  it('of the present version are read as they are', () => {
    const file = read('version-2.colornn') as Record<string, unknown>
    const { saved, checksum, ...project } = file
    expect(saved).toMatchObject({ journal: 'a-journal', sequence: 17 })
    expect(checksum).toMatch(/^[0-9a-f]{64}$/)
    expect(checkProject(migrate(file))).toEqual(project)
    // Version 1 differs by what the file says of itself alone.
    expect(migrate(read('version-1.colornn'))).toMatchObject(project)
  })
})

describe('files that are no project, or of another time', () => {
  it('are refused in a sentence', () => {
    for (const content of [null, 7, 'text', [], {}, { format: 'something', version: 1 }, { format: 'colornn-project' }]) {
      expect(() => migrate(content)).toThrow('This file is not a project of ColoRNN Studio.')
    }
    expect(() => migrate({ format: 'colornn-project', version: PROJECT_VERSION + 1 })).toThrow('newer version')
  })
})
