/** Files that were damaged on the disk: nothing is silently another, and only what was damaged is lost. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Project } from '../../electron/contract/projectDocument.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { loadProject, type LoadedProject } from '../../electron/project/disk/loadProject.ts'
import { ProjectSession } from '../../electron/project/session/projectSession.ts'
import { numbers, type Numbers } from '../material/numbers.ts'

let folder: string
let path: string
let whole: LoadedProject
/** By ending: the files as they were written. */
const written = new Map<string, Buffer>()

/** Fifteen steps: four saved in the backup, six in the file, nine in the journal alone; none needs another. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-damage-'))
  path = join(folder, 'harbour.colornn')
  const session = new ProjectSession({ untitledFolder: join(folder, 'untitled'), emit: () => undefined })
  await session.new()
  await writeFile(join(folder, 'film.mkv'), 'a film')
  const footage = await linkFootage(join(folder, 'film.mkv'), session.path)
  session.apply({ type: 'add-clip', clip: 'c', name: 'Reel', frameCount: 100, rate: { num: 24, den: 1 }, footage })
  const asset = await session.assets.put(Buffer.from('a picture'), 'png')
  await session.saveAs(path)
  for (let step = 1; step < 15; step++) {
    session.apply({ type: 'pin', clip: 'c', frame: step, base: { kind: 'picture', asset } })
    if (step === 3 || step === 5) await session.save()
  }
  await session.close('keep')
  for (const ending of ['', '-backup', '-journal']) written.set(ending, await readFile(path + ending))
  whole = await loadProject(path)
  expect(whole).toMatchObject({ recovered: 9, notices: [] })
})
beforeEach(async () => {
  for (const [ending, bytes] of written) await writeFile(path + ending, bytes)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const said = ({ notices }: LoadedProject): string => notices.map((notice) => inWords(notice)).join(' ')
const pinsOf = (project: Project): number => Object.keys(project.clips[0]?.frames ?? {}).length

function flipped(bytes: Buffer, next: Numbers): Buffer {
  const copy = Buffer.from(bytes)
  copy[next(copy.length)]! ^= 1 << next(8)
  return copy
}

describe('one bit that is another', () => {
  it('in the project file is noticed wherever it is, and costs nothing where backup and journal are whole', async () => {
    const next = numbers(20261128n)
    for (let round = 0; round < 300; round++) {
      await writeFile(path, flipped(written.get('')!, next))
      const loaded = await loadProject(path)
      expect(said(loaded)).not.toBe('')
      expect(loaded.project).toEqual(whole.project)
    }
  })

  it('in a project file that is alone is noticed, if the project opens at all', async () => {
    const next = numbers(7n)
    await rm(`${path}-journal`)
    await rm(`${path}-backup`)
    for (let round = 0; round < 150; round++) {
      await writeFile(path, flipped(written.get('')!, next))
      const loaded = await loadProject(path).catch((error: unknown) => error)
      if (loaded instanceof Error) expect(loaded).toBeInstanceOf(UserError)
      else expect(said(loaded as LoadedProject)).not.toBe('')
    }
  })

  it('in the journal is noticed, and costs one edit at most', async () => {
    const next = numbers(3n)
    for (let round = 0; round < 300; round++) {
      await writeFile(`${path}-journal`, flipped(written.get('-journal')!, next))
      const loaded = await loadProject(path)
      expect(said(loaded)).not.toBe('')
      expect(pinsOf(loaded.project)).toBeGreaterThanOrEqual(13)
      if (pinsOf(loaded.project) === 13)
        expect(said(loaded)).toContain('1 of 9 unsaved edits of “harbour.colornn” could not be read')
    }
  })
})

describe('a journal', () => {
  /** Where its lines begin. */
  const lines = (): Buffer[] =>
    written
      .get('-journal')!
      .toString('latin1')
      .split(/(?<=\n)/)
      .map((line) => Buffer.from(line, 'latin1'))

  it.each([
    ['without its tally', (all: Buffer[]) => all.slice(1), 0],
    ['without its header', (all: Buffer[]) => [all[0]!, ...all.slice(2)], 0],
    ['without its beginning', (all: Buffer[]) => all.slice(5), 0],
    ['without a line that was not saved', (all: Buffer[]) => [...all.slice(0, -3), ...all.slice(-2)], 1],
    ['without its last four lines', (all: Buffer[]) => all.slice(0, -4), 4],
    ['with the end of its last line cut', (all: Buffer[]) => [...all.slice(0, -1), all.at(-1)!.subarray(0, 40)], 1],
    [
      'with a tail of zeros',
      (all: Buffer[]) => [...all.slice(0, -2), Buffer.alloc(all.at(-2)!.length + all.at(-1)!.length)],
      2,
    ],
    ['with two lines changed about', (all: Buffer[]) => [...all.slice(0, -2), all.at(-1)!, all.at(-2)!], 0],
    ['with a line twice', (all: Buffer[]) => [...all, all.at(-3)!], 0],
    [
      'with rubbish in its middle',
      (all: Buffer[]) => [...all.slice(0, -3), Buffer.from('rubbish'), ...all.slice(-3)],
      0,
    ],
    [
      'whose lines have run together',
      (all: Buffer[]) => [...all.slice(0, -3), all.at(-3)!.subarray(0, -1), Buffer.from('\t'), ...all.slice(-2)],
      0,
    ],
  ])('%s gives back all the others, and says how many are missing', async (_what, damage, lost) => {
    await writeFile(`${path}-journal`, Buffer.concat(damage(lines())))
    const loaded = await loadProject(path)
    expect(loaded.recovered).toBe(9 - lost)
    expect(pinsOf(loaded.project)).toBe(14 - lost)
    if (lost === 0) expect(said(loaded)).toContain('no unsaved edit is missing')
    else expect(said(loaded)).toContain(`${lost} of 9 unsaved edits of “harbour.colornn” could not be read`)
    // The raw file stays for whoever may be able to read more of it.
    expect(loaded.aside).toContainEqual({ path: `${path}-journal`, why: 'damaged', copy: true })
  })

  it('that can not be read at all does not pass over what it may have held', async () => {
    await writeFile(`${path}-journal`, Buffer.alloc(500))
    expect(said(await loadProject(path))).toContain(
      'Edits made after the project was last saved are missing, if there were any',
    )
    await writeFile(path, written.get('')!.subarray(0, -200))
    const loaded = await loadProject(path)
    expect(pinsOf(loaded.project)).toBe(3)
  })
})

describe('a project file that another program has written', () => {
  it('opens as it is, with the edits that still fit, and with a sentence', async () => {
    const content = JSON.parse(written.get('')!.toString()) as Project
    await writeFile(path, JSON.stringify({ ...content, title: 'By hand' }))
    const loaded = await loadProject(path)
    expect(loaded.project.title).toBe('By hand')
    expect(pinsOf(loaded.project)).toBe(14)
    expect(said(loaded)).toContain('“harbour.colornn” was changed by another program')
    await copyFile(path, join(folder, 'copy.colornn'))
    expect((await loadProject(join(folder, 'copy.colornn'))).project.title).toBe('By hand')
  })

  it('is refused where it is no project any more, and only then', async () => {
    await rm(`${path}-journal`)
    await rm(`${path}-backup`)
    await writeFile(path, written.get('')!.toString().replace('"clips"', '"clops"'))
    await expect(loadProject(path)).rejects.toMatchObject({ code: 'damaged' })
  })
})
