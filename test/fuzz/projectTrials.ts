/**
 * Projects put to the test: the files of one are harmed, on the disk or by a program that writes nonsense with the
 * right checksum, and it is opened, edited, saved and opened again, as the editor does it.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Project } from '../../electron/contract/projectDocument.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { decodeLine, encodeLine } from '../../electron/project/disk/journalFormat.ts'
import { decodeProjectFile, encodeProjectFile } from '../../electron/project/disk/projectFile.ts'
import { ProjectSession } from '../../electron/project/session/projectSession.ts'
import type { Numbers } from '../material/numbers.ts'
import { mutated, strangeDocument } from './mutations.ts'
import { internalText, refusal, TooLong, within, type Verdict } from './verdict.ts'

const PATIENCE_SECONDS = 30
const PROJECT = 'harbour.colornn'
const LAST_TITLE = 'opened all the same'
const CHECKSUM = ', with its checksum'

export class ProjectTrials {
  private constructor(
    private readonly folder: string,
    /** The project's files as they were written, by their path from its folder. */
    private readonly whole: ReadonlyMap<string, Buffer>,
    /** What they hold. */
    private readonly project: Project,
  ) {}

  /** Writes a project with saved and unsaved edits of many kinds into `folder`. */
  static async in(folder: string): Promise<ProjectTrials> {
    const place = join(folder, 'whole')
    await mkdir(place, { recursive: true })
    const session = newSession(folder)
    await session.new()
    await writeFile(join(place, 'film.mkv'), 'a film')
    const footage = await linkFootage(join(place, 'film.mkv'), session.path)
    session.apply({ type: 'add-clip', clip: 'c', name: 'Reel', frameCount: 100, rate: { num: 24, den: 1 }, footage })
    const asset = await session.assets.put(Buffer.from('a picture'), 'png')
    await session.saveAs(join(place, PROJECT))
    session.apply({ type: 'set-cuts', clip: 'c', cuts: [40, 70], transitions: [], colored: [], source: 'automatic' })
    for (let step = 1; step < 12; step++) {
      session.apply({ type: 'pin', clip: 'c', frame: step * 7, base: { kind: 'picture', asset } })
      if (step === 3 || step === 5) await session.save()
    }
    session.undo()
    const pictures = [{ frame: 7, asset }]
    const colorings = await session.assets.put(Buffer.from('colorings'), 'colors')
    const lock = { id: 'lock', from: 10, to: 12, region: null, colorings, pictures: [{ from: 10, to: 12, pictures }] }
    session.apply({ type: 'add-lock', clip: 'c', lock })
    const chroma = await session.assets.put(Buffer.from('a coloring'), 'chroma')
    session.apply({ type: 'pin', clip: 'c', frame: 9, base: { kind: 'frozen', asset: chroma, pictures } })
    session.apply({ type: 'rename-project', title: 'Harbor' })
    const { project } = session
    await session.close('keep')
    return new ProjectTrials(folder, await filesBelow(place), project)
  }

  async run(next: Numbers): Promise<Verdict & { readonly what: string }> {
    const place = join(this.folder, 'project')
    await rm(place, { recursive: true, force: true })
    for (const [name, bytes] of this.whole) {
      await mkdir(dirname(join(place, name)), { recursive: true })
      await writeFile(join(place, name), bytes)
    }
    const names = [...this.whole.keys()].filter((name) => name !== 'film.mkv')
    const harmed = names[next(names.length)]!
    const { how, bytes } = this.#harm(harmed, next)
    await writeFile(join(place, harmed), bytes)
    // One file alone, as after a copy of it: what was in the others can't be missed.
    const alone = next(4) === 0
    if (alone) for (const name of names) if (name !== harmed) await rm(join(place, name))
    // What bears the right checksum says what somebody wanted it to.
    const mustBeMissed = !alone && !how.endsWith(CHECKSUM)
    const what = `${harmed}: ${how}`
    const around = await namesIn(this.folder)
    const verdict = await this.#try(join(place, PROJECT), mustBeMissed).catch((error: unknown) =>
      error instanceof TooLong ? { outcome: 'hung', find: error.message } : refusal(error),
    )
    const outside = (await namesIn(this.folder)).filter((name) => !around.includes(name))
    if (outside.length > 0) return { what, outcome: verdict.outcome, find: `wrote ${outside.join(', ')} outside` }
    const left = [...(await filesBelow(place)).keys()].filter((name) => /-lock$|\.tmp$/.test(name))
    if (left.length > 0) return { what, outcome: verdict.outcome, find: `left ${left.join(', ')}` }
    return { what, ...verdict }
  }

  #harm(name: string, next: Numbers): { how: string; bytes: Buffer } {
    const bytes = this.whole.get(name)!
    if (next(2) === 0) return mutated(bytes, next)
    if (name.endsWith('-journal')) return strangeLine(bytes, next)
    if (name.endsWith('.colornn') || name.endsWith('-backup')) return strangeProject(bytes, next)
    return mutated(bytes, next)
  }

  /** Opened, edited, saved, closed, and opened again with what was edited. */
  async #try(path: string, mustBeMissed: boolean): Promise<Verdict> {
    const first = newSession(this.folder)
    try {
      const opened = await within(PATIENCE_SECONDS, 'opening', first.open(path))
      const internal = internalText(opened.notices)
      if (internal !== null) return { outcome: 'opened, with a word', find: `says “${internal}”` }
      if (
        mustBeMissed &&
        opened.notices.length === 0 &&
        !isDeepStrictEqual(edited(first.project), edited(this.project))
      )
        return { outcome: 'opened', find: 'another project than it was, without a word' }
      first.apply({ type: 'rename-project', title: LAST_TITLE })
      while (first.steps.length > 1 && first.project.title === LAST_TITLE) first.undo()
      first.redo()
      await within(PATIENCE_SECONDS, 'saving', first.save())
      const outcome = opened.notices.length > 0 ? 'opened, with a word' : 'opened'
      const title = first.project.title
      // What is no project of its own any more lies elsewhere.
      const place = first.path
      await first.close('keep')
      const second = newSession(this.folder)
      const again = await within(PATIENCE_SECONDS, 'opening again', second.open(place))
      await second.close('keep')
      if (again.project.title !== title)
        return { outcome, find: `“${again.project.title}” after it was saved as “${title}”` }
      return { outcome }
    } finally {
      await first.close('give-up').catch(() => undefined)
    }
  }
}

/** What the artist has made of it: where the films lie is noted anew in every place. */
const edited = ({ title, clips }: Project): unknown => ({
  title,
  clips: clips.map((clip) => ({ ...clip, footage: null })),
})

const newSession = (folder: string): ProjectSession =>
  new ProjectSession({
    untitledFolder: join(folder, 'untitled'),
    keptFolders: [join(folder, 'kept')],
    emit: () => undefined,
  })

/** One value of the document or of what stands beside it, under a checksum that is right. */
function strangeProject(bytes: Buffer, next: Numbers): { how: string; bytes: Buffer } {
  const read = decodeProjectFile(bytes)
  if (read.state !== 'sound') throw new Error('the project that trials begin with is not whole')
  const { project, mark } = read.snapshot
  const { how, document } = strangeDocument({ project, mark }, next)
  const strange = document as { project?: typeof project; mark?: typeof mark }
  return { how: `${how}${CHECKSUM}`, bytes: encodeProjectFile(strange.project!, strange.mark!) }
}

/** One value of one line, under a checksum that is right. */
function strangeLine(bytes: Buffer, next: Numbers): { how: string; bytes: Buffer } {
  const lines = bytes.toString('utf8').split('\n').slice(0, -1)
  const at = next(lines.length)
  const { how, document } = strangeDocument(decodeLine(Buffer.from(lines[at]!)), next)
  lines[at] = encodeLine(document as never).trimEnd()
  return { how: `line ${at + 1}, ${how}${CHECKSUM}`, bytes: Buffer.from(`${lines.join('\n')}\n`, 'utf8') }
}

async function filesBelow(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (file) => [relative(folder, file), await readFile(file)] as const)))
}

/** What lies around the project: nothing may come to it but untitled projects and kept edits. */
async function namesIn(folder: string): Promise<string[]> {
  const above = await readdir(dirname(folder))
  return [...(await readdir(folder)), ...above.map((name) => join('..', basename(name)))]
    .filter((name) => !['untitled', 'kept', 'project'].includes(name))
    .sort()
}
