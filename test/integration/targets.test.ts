/** Where exports may be written, and that a finished one is never lost for want of its name. */
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NAME_BYTES } from '../../electron/contract/fileNames.ts'
import { noOriginals } from '../../electron/contract/originals.ts'
import { isOriginal } from '../../electron/engine/writing/files/originals.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { originalsOf } from '../../electron/project/films/originals.ts'
import { ProjectSession } from '../../electron/project/session/projectSession.ts'
import { english } from '../material/english.ts'
import { drawFilm } from '../material/films.ts'
import { lumaHashes } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let film: string
beforeAll(async () => {
  film = await drawFilm(shared, 'film.mkv', { frames: 6 })
})

describe('a finished export whose name was taken meanwhile', () => {
  it('is kept under a free name beside it, which is said', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    writeFileSync(join(folder, 'out (2).mkv'), 'another')
    const { path, warnings } = await recolor(film, target, 'ffv1-mkv', {
      onFrame: (n) => n === 3 && writeFileSync(target, 'precious'),
    })
    expect(basename(path)).toBe('out (3).mkv')
    expect(english(...warnings)).toContain('kept as “out (3).mkv”')
    expect(readFileSync(target, 'utf8')).toBe('precious')
    expect(readdirSync(folder).sort()).toEqual(['out (2).mkv', 'out (3).mkv', 'out.mkv'])
    expect(await lumaHashes(path)).toEqual(await lumaHashes(film))
  })

  it('replaces the very file that was agreed to be lost, and no other that took its name', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    writeFileSync(target, 'to be lost')
    const meanwhile = await recolor(film, target, 'ffv1-mkv', {
      overwrite: true,
      onFrame: (n) => n === 3 && writeFileSync(target, 'precious'),
    })
    expect(basename(meanwhile.path)).toBe('out (2).mkv')
    expect(readFileSync(target, 'utf8')).toBe('precious')
    expect((await recolor(film, target, 'ffv1-mkv', { overwrite: true })).path).toBe(target)
    expect(await lumaHashes(target)).toEqual(await lumaHashes(film))
    const absent = join(folder, 'new.mkv')
    const appeared = await recolor(film, absent, 'ffv1-mkv', {
      overwrite: true,
      onFrame: (n) => n === 3 && writeFileSync(absent, 'precious'),
    })
    expect([basename(appeared.path), readFileSync(absent, 'utf8')]).toEqual(['new (2).mkv', 'precious'])
  })

  it('is kept so too where it was to replace a file, and a folder stands there now; and where it is a folder itself', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    const blocked = await recolor(film, target, 'ffv1-mkv', {
      overwrite: true,
      onFrame: (n) => n === 3 && mkdirSync(join(target, 'inside'), { recursive: true }),
    })
    expect(basename(blocked.path)).toBe('out (2).mkv')
    const pictures = join(folder, 'pictures')
    const { path } = await recolor(film, pictures, 'png-sequence', {
      onFrame: (n) => n === 3 && mkdirSync(join(pictures, 'inside'), { recursive: true }),
    })
    expect(basename(path)).toBe('pictures (2)')
    expect(readdirSync(path)).toHaveLength(6)
  })

  it('takes the place of an empty folder', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'pictures'))
    const { path, warnings } = await recolor(film, join(folder, 'pictures'), 'png-sequence')
    expect([basename(path), warnings]).toEqual(['pictures', []])
    expect(readdirSync(path)).toHaveLength(6)
  })
})

describe('names as long as the file system takes', () => {
  const longest = (letter: string, ending: string): string =>
    letter.repeat(Math.floor((NAME_BYTES - ending.length) / Buffer.byteLength(letter))) + ending

  it.each(['x', 'ж', '映', '🎬'])('are written to: of %s', async (letter) => {
    const folder = workFolder()
    const target = join(folder, longest(letter, '.mkv'))
    expect((await recolor(film, target, 'ffv1-mkv', { range: { from: 0, to: 2 } })).path).toBe(target)
    // Taken meanwhile, the free name fits as well.
    const { path } = await recolor(film, join(folder, longest(letter, '.mov')), 'prores-mov', {
      onFrame: () => writeFileSync(join(folder, longest(letter, '.mov')), ''),
    })
    expect(basename(path)).toMatch(/ \(2\)\.mov$/)
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('and one letter more is called too long, before anything is computed', async () => {
    const folder = workFolder()
    await expect(recolor(film, join(folder, `ж${longest('ж', '.mkv')}`))).rejects.toMatchObject({
      code: 'name-too-long',
    })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('the originals of a project are no targets', () => {
  it('by whatever link or spelling: films, pictures of a run, what lies in its folders', async () => {
    const folder = workFolder()
    const scans = join(folder, 'scans')
    const assets = join(folder, 'a.colornn-assets')
    for (const place of [scans, assets]) mkdirSync(place)
    for (const n of [1, 2, 12]) writeFileSync(join(scans, `scan_${n}.png`), '')
    writeFileSync(join(folder, 'other.mkv'), '')
    writeFileSync(join(folder, 'elsewhere.png'), '')
    symlinkSync(join(folder, 'elsewhere.png'), join(scans, 'scan_3.png'))
    linkSync(join(scans, 'scan_2.png'), join(folder, 'hard.png'))
    linkSync(join(folder, 'other.mkv'), join(folder, 'hard.mkv'))
    symlinkSync(join(folder, 'other.mkv'), join(folder, 'soft.mkv'))
    symlinkSync(scans, join(folder, 'round'))
    const originals = {
      files: [join(folder, 'other.mkv'), join(folder, 'away', 'gone.mkv')],
      sequences: [join(scans, 'scan_1.png')],
      folders: [assets],
    }
    for (const target of [
      'other.mkv',
      'hard.mkv',
      'soft.mkv',
      'away/gone.mkv',
      'scans/scan_2.png',
      'round/scan_12.png',
      'scans/scan_0099.png',
      'elsewhere.png',
      'hard.png',
      'a.colornn-assets/new.png',
    ]) {
      expect(await isOriginal(`${folder}/scans/../${target}`, originals), target).toBe(true)
    }
    for (const target of ['other2.mkv', 'scan_2.png', 'scans/scan_2.mkv', 'scans/still.png', 'a.colornn-assets2']) {
      expect(await isOriginal(join(folder, target), originals), target).toBe(false)
    }
  })

  it('whichever clip they belong to, and the project’s own files are none either', async () => {
    const folder = workFolder()
    const session = new ProjectSession({ untitledFolder: join(folder, 'untitled'), emit: () => undefined })
    await session.new()
    const other = join(folder, 'other.mkv')
    copyFileSync(film, other)
    for (const path of [film, other]) {
      session.apply({
        type: 'add-clip',
        clip: path,
        name: basename(path),
        frameCount: 6,
        rate: { num: 24, den: 1 },
        footage: await linkFootage(path, session.path),
      })
    }
    const originals = await originalsOf(session)
    const projectPath = session.path
    await session.close('keep')
    for (const target of [film, other, projectPath]) expect(await isOriginal(target, originals), target).toBe(true)
    await expect(recolor(film, other, 'ffv1-mkv', { overwrite: true, originals })).rejects.toMatchObject({
      code: 'target-is-source',
    })
    expect(readFileSync(other).equals(readFileSync(film))).toBe(true)
    await expect(recolor(film, other, 'ffv1-mkv', { overwrite: true, originals: noOriginals })).resolves.toBeTruthy()
  })
})
