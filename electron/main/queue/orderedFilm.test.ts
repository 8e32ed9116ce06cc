import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FoundShots } from '../../contract/foundShots.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { AssetFolder } from '../../project/disk/assets.ts'
import { createProject } from '../../project/document.ts'
import { runCommand } from '../../project/commands/commands.ts'
import { linkFootage } from '../../project/films/footageLink.ts'
import type { ExportOrder } from './exportOrder.ts'
import { openOrdered, planOrdered } from './orderedFilm.ts'

/** An order of a film, and an engine that opens whatever lies at its path; 'meanwhile' comes before it does. */
async function ordered(
  meanwhile: (film: string) => Promise<void>,
): Promise<{ opened: Promise<unknown>; told: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'ordered-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [film, path] = [join(folder, 'film.mkv'), join(folder, 'p.colornn')]
  await writeFile(film, Buffer.alloc(5000, 1))
  const footage = await linkFootage(film, path)
  const add = { clip: 'c', name: 'film.mkv', footage, frameCount: 9, rate: { num: 24, den: 1 } }
  const { project } = runCommand(createProject('p', 'p'), { type: 'add-clip', ...add }, randomUUID)
  const told: string[] = []
  const engine = {
    call: async (name: string) => {
      if (name === 'openFootage') await meanwhile(film)
      told.push(name)
    },
  } as unknown as EngineClient
  const order = { id: 'o', clip: project.clips[0]!, project: { path } } as unknown as ExportOrder
  return { opened: openOrdered(engine, order), told }
}

describe('the film of an ordered export', () => {
  it('is opened with the document that was ordered', async () => {
    const { opened, told } = await ordered(() => Promise.resolve())
    await expect(opened).resolves.toMatchObject({ clip: { id: 'c' } })
    expect(told).toEqual(['openFootage'])
  })

  it('is planned by its shots alone: the engine is told of no coloring before they are found', async () => {
    const { opened } = await ordered(() => Promise.resolve())
    const { clip } = (await opened) as { clip: Clip }
    const found: { shots: FoundShots | null } = { shots: null }
    const told: unknown[] = []
    const engine = {
      call: async (name: string, _film: string, edits: unknown) => {
        if (name === 'shots') return found.shots
        told.push(edits)
        return null
      },
    } as unknown as EngineClient
    const plan = (by: Clip): Promise<Clip | null> => planOrdered(engine, 'o', by, new AssetFolder('/assets'))
    expect([await plan(clip), told]).toEqual([null, []])
    found.shots = { at: [4], transitions: [], colored: [] }
    expect((await plan(clip))!.shots.map(({ from, to }) => [from, to])).toEqual([
      [0, 4],
      [4, 9],
    ])
    expect(told).toMatchObject([
      {
        complete: true,
        layout: {
          wanted: [
            { from: 0, to: 4 },
            { from: 4, to: 9 },
          ],
        },
      },
    ])
    // Cuts of the artist's are nobody else's.
    const cut: Clip = { ...clip, cuts: 'edited' }
    expect(await plan(cut)).toBe(cut)
  })

  it('is refused where another one comes into its place after it was looked at and before it is open', async () => {
    const { opened, told } = await ordered(async (film) => {
      await writeFile(`${film} other`, Buffer.alloc(7000, 2))
      await copyFile(`${film} other`, film)
    })
    await expect(opened).rejects.toMatchObject({ code: 'footage-changed' })
    expect(told).toEqual(['openFootage', 'closeFootage'])
  })

  it('is refused where it is gone by then', async () => {
    const { opened } = await ordered((film) => rm(film))
    await expect(opened).rejects.toMatchObject({ code: 'footage-missing' })
  })
})
