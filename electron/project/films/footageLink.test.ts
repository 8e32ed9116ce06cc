import { mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filmIdentity, identityBefore } from '../../content/filmIdentity.ts'
import { linkFootage, locateFootage, rebase } from './footageLink.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footage-link-'))
  await mkdir(join(folder, 'work', 'films'), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Bytes that differ everywhere, of any length. */
function film(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length)
  for (let index = 0; index < length; index++) bytes[index] = index * 31 + (index >> 8) * seed
  return bytes
}

async function linked(length = 3 * 1024 * 1024) {
  const path = join(folder, 'work', 'films', 'regatta.mkv')
  const project = join(folder, 'work', 'regatta.colornn')
  await writeFile(path, film(length))
  return { path, project, link: await linkFootage(path, project) }
}

describe('a film’s link', () => {
  it('tells the way from the project with forward slashes', async () => {
    const { link, path } = await linked()
    expect(link).toMatchObject({ relativePath: 'films/regatta.mkv', absolutePath: path, bytes: 3 * 1024 * 1024 })
    expect(rebase(link, join(folder, 'elsewhere', 'p.colornn')).relativePath).toBe('../work/films/regatta.mkv')
  })

  it('knows films apart by size, beginning, middle and end, and not by their dates', async () => {
    const { path, link } = await linked()
    await utimes(path, new Date(0), new Date(0))
    expect((await filmIdentity(path)).hash).toBe(link.hash)
    const other = join(folder, 'other.mkv')
    for (const place of [0, 1.5 * 1024 * 1024, 3 * 1024 * 1024 - 1]) {
      const bytes = film(3 * 1024 * 1024)
      bytes[place]! ^= 1
      await writeFile(other, bytes)
      expect((await filmIdentity(other)).hash).not.toBe(link.hash)
    }
  })

  it('works for films shorter than what is sampled, even empty ones', async () => {
    const { path, project, link } = await linked(5)
    expect(await locateFootage(link, project, { search: false })).toEqual({ state: 'found', path, moved: false })
    await writeFile(path, '')
    expect((await filmIdentity(path)).hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('reads the film without touching it', async () => {
    const { path } = await linked()
    const before = await stat(path)
    await filmIdentity(path)
    const after = await stat(path)
    expect([after.mtimeMs, after.size]).toEqual([before.mtimeMs, before.size])
  })

  it('says what is wrong with a film that is not there', async () => {
    await expect(linkFootage(join(folder, 'none.mkv'), join(folder, 'p.colornn'))).rejects.toThrow(
      '“none.mkv” was not found.',
    )
  })
})

describe('a run of numbered pictures', () => {
  const scan = (name: string): string => join(folder, 'work', 'films', name)
  async function scanned(): Promise<void> {
    for (let n = 8; n < 14; n++) await writeFile(scan(`scan_${String(n).padStart(4, '0')}.dpx`), film(300_000, n))
    await writeFile(scan('scan_0020.dpx'), film(300_000, 20))
  }
  const hash = async (name: string): Promise<string> => (await filmIdentity(scan(name))).hash

  it('is the same film by whichever picture it is opened, touched or copied', async () => {
    await scanned()
    const before = await hash('scan_0008.dpx')
    expect(await hash('scan_0012.dpx')).toBe(before)
    expect(await hash('scan_0020.dpx')).not.toBe(before)
    await writeFile(scan('scan_0010.dpx'), film(300_000, 10))
    await utimes(scan('scan_0011.dpx'), new Date(0), new Date(0))
    expect(await hash('scan_0008.dpx')).toBe(before)
    await rename(join(folder, 'work', 'films'), join(folder, 'work', 'archive'))
    expect((await filmIdentity(join(folder, 'work', 'archive', 'scan_0009.dpx'))).hash).toBe(before)
  })

  it('is known by all its pictures, wherever in their names the number is', async () => {
    for (let n = 10; n < 13; n++) await writeFile(scan(`${n}_scan.dpx`), film(300_000, n))
    const before = await hash('10_scan.dpx')
    expect(await hash('12_scan.dpx')).toBe(before)
    await writeFile(scan('11_scan.dpx'), film(300_000, 99))
    expect(await hash('10_scan.dpx')).not.toBe(before)
  })

  it('stays the same film where pictures were replaced, which are named; it has changed where all were, or some were added', async () => {
    await scanned()
    const project = join(folder, 'work', 'p.colornn')
    const link = await linkFootage(scan('scan_0008.dpx'), project)
    await writeFile(scan('scan_0011.dpx'), film(300_000, 99))
    const now = await locateFootage(link, project, { search: false })
    expect(now).toMatchObject({
      state: 'found',
      path: scan('scan_0008.dpx'),
      run: { replaced: [{ from: 3, pictures: expect.stringMatching(/^[0-9a-f]{16}$/) }] },
    })
    await writeFile(scan('scan_0011.dpx'), film(300_000, 11))
    expect(await locateFootage(link, project, { search: false })).toMatchObject({
      state: 'found',
      run: { replaced: [] },
    })
    await writeFile(scan('scan_0014.dpx'), film(300_000, 14))
    expect(await locateFootage(link, project, { search: false })).toMatchObject({
      state: 'changed',
      run: { replaced: [] },
    })
    expect(await linkFootage(scan('scan_0008.dpx'), project, link)).toMatchObject({
      hash: link.hash,
      pictures: expect.stringMatching(/^[0-9a-f]{112}$/),
    })
    for (let n = 8; n < 15; n++) await writeFile(scan(`scan_${String(n).padStart(4, '0')}.dpx`), film(300_000, 100 + n))
    expect(await locateFootage(link, project, { search: false })).toMatchObject({
      state: 'changed',
      run: { replaced: [{ from: 0 }] },
    })
    expect((await linkFootage(scan('scan_0008.dpx'), project, link)).hash).not.toBe(link.hash)
  })
})

describe('a film is found again', () => {
  it('by a project of before, which knew it by its ends', async () => {
    const { link, path, project } = await linked()
    expect(
      await locateFootage({ ...link, hash: await identityBefore(path) }, project, { search: false }),
    ).toMatchObject({ state: 'found' })
  })

  it('where project and film were moved together', async () => {
    const { link } = await linked()
    await rename(join(folder, 'work'), join(folder, 'archive'))
    const project = join(folder, 'archive', 'regatta.colornn')
    expect(await locateFootage(link, project, { search: false })).toEqual({
      state: 'found',
      path: join(folder, 'archive', 'films', 'regatta.mkv'),
      moved: true,
    })
  })

  it('where only the project was moved', async () => {
    const { link, path } = await linked()
    expect(await locateFootage(link, join(folder, 'p.colornn'), { search: false })).toEqual({
      state: 'found',
      path,
      moved: false,
    })
  })

  it('somewhere below the project when it is searched for', async () => {
    const { link, path, project } = await linked()
    await mkdir(join(folder, 'work', 'scans', 'reel 2'), { recursive: true })
    const moved = join(folder, 'work', 'scans', 'reel 2', 'regatta.mkv')
    await rename(path, moved)
    expect(await locateFootage(link, project, { search: false })).toEqual({ state: 'missing' })
    expect(await locateFootage(link, project, { search: true })).toEqual({ state: 'found', path: moved, moved: true })
  })

  it('but never mistaken for another film of that name', async () => {
    const { link, path, project } = await linked()
    await rename(path, join(folder, 'gone'))
    await writeFile(join(folder, 'work', 'regatta.mkv'), film(3 * 1024 * 1024, 2))
    expect(await locateFootage(link, project, { search: true })).toEqual({ state: 'missing' })
  })

  it('and noticed when it has changed in its place', async () => {
    const { link, path, project } = await linked()
    await writeFile(path, film(3 * 1024 * 1024, 2))
    expect(await locateFootage(link, project, { search: true })).toEqual({ state: 'changed', path })
  })
})
