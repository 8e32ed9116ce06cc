/** Films put to the test: opened, looked through, colored and exported by a real engine in a process of its own. */
import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FilmProject } from '../../electron/cli/filmProject.ts'
import { errorOf } from '../../electron/contract/jobs.ts'
import type { FootageInfo, JobProgress } from '../../electron/contract/schemas.ts'
import type { Sentence } from '../../electron/contract/sentence.ts'
import { UserError } from '../../electron/contract/userError.ts'
import { EngineClient } from '../../electron/host/engineClient.ts'
import type { LaunchEngine } from '../../electron/host/engineLink.ts'
import { sha256 } from '../../electron/content/digest.ts'
import { pictureHashes } from '../material/inspect.ts'
import type { Numbers } from '../material/numbers.ts'
import type { FuzzFilm } from './films.ts'
import { mutated } from './mutations.ts'
import { internalText, refusal, TooLong, within, type Verdict } from './verdict.ts'

/** Of one step of a film of twelve small pictures. On a busy machine one takes some seconds. */
const PATIENCE_SECONDS = 90
/** A header may promise any number of pictures; so many are exported. */
const MOST_FRAMES = 40

export class FilmTrials {
  #client: EngineClient | null = null
  #restarts = 0
  readonly #waiting = new Map<string, (last: JobProgress) => void>()

  /** @param folder for films that came to harm, and what is exported of them */
  constructor(
    private readonly launch: LaunchEngine,
    private readonly folder: string,
  ) {}

  /** A film with harm done to one of its files, and what the program makes of it. The film itself stays as it is. */
  async run(name: string, film: FuzzFilm, next: Numbers): Promise<Verdict & { readonly what: string }> {
    const harmed = film.files[next(film.files.length)]!
    const { how, bytes } = mutated(await readFile(harmed), next)
    const place = join(this.folder, 'film')
    const exports = join(this.folder, 'exports')
    for (const each of [place, exports]) {
      await rm(each, { recursive: true, force: true })
      await mkdir(each, { recursive: true })
    }
    for (const file of film.files) await copyFile(file, join(place, basename(file)))
    await writeFile(join(place, basename(harmed)), bytes)
    const before = await hashesOf(place)
    const verdict = await this.#try(join(place, basename(film.path)), join(exports, 'colored.mkv'))
    const what = `${name}: ${how}`
    if ((await hashesOf(place)) !== before) return { what, outcome: verdict.outcome, find: 'the film was written to' }
    return { what, ...verdict }
  }

  async stop(): Promise<void> {
    await this.#client?.stop()
    this.#client = null
  }

  async #try(path: string, target: string): Promise<Verdict> {
    const footageId = randomUUID()
    const restarts = this.#restarts
    let verdict: Verdict
    try {
      verdict = await this.#color(path, footageId, target)
    } catch (error) {
      verdict = error instanceof TooLong ? { outcome: 'hung', find: error.message } : refusal(error)
      // One that hangs takes no more orders.
      if (error instanceof TooLong) await this.stop()
      const left = await readdir(dirname(target))
      if (!verdict.find && left.length > 0) verdict = { ...verdict, find: `left ${left.join(', ')}` }
    }
    await this.#client?.call('closeFootage', footageId).catch(() => undefined)
    if (this.#restarts > restarts) return { outcome: 'the engine died', find: verdict.find ?? verdict.outcome }
    return verdict
  }

  async #color(path: string, footageId: string, target: string): Promise<Verdict> {
    const client = this.#running()
    const info = await within(PATIENCE_SECONDS, 'opening', client.call('openFootage', path, footageId))
    const range = { from: 0, to: Math.min(info.frameCount, MOST_FRAMES) }
    const project = await FilmProject.of(info, [], join(this.folder, 'cache'))
    await client.call('setEdits', footageId, project.edits)
    await this.#job('the search for shots', (jobId) => client.call('startFindShots', { jobId, footageId }))
    const shots = await client.call('shots', footageId)
    if (shots) project.setShots(shots, false)
    await client.call('setEdits', footageId, project.edits)
    const order = { footageId, target, format: 'ffv1-mkv', range, overwrite: false } as const
    const last = await this.#job('the export', (jobId) => client.call('startExport', { jobId, ...order }))
    return verdictOn(info, last, range.to, target)
  }

  async #job(what: string, start: (jobId: string) => Promise<unknown>): Promise<JobProgress> {
    const jobId = randomUUID()
    const ended = new Promise<JobProgress>((resolve) => this.#waiting.set(jobId, resolve))
    await start(jobId)
    const last = await within(PATIENCE_SECONDS, what, ended)
    if (last.state !== 'done') throw UserError.from(errorOf(last))
    return last
  }

  #running(): EngineClient {
    if (this.#client) return this.#client
    this.#client = new EngineClient(this.launch, {
      onStatus: ({ state }) => {
        if (state === 'restarting') this.#restarts++
      },
      onProgress: (progress) => {
        if (['done', 'failed', 'cancelled'].includes(progress.state)) this.#waiting.get(progress.jobId)?.(progress)
      },
    })
    this.#client.start()
    return this.#client
  }
}

async function hashesOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).sort()
  return (await Promise.all(names.map(async (name) => `${name} ${sha256(await readFile(join(folder, name)))}`))).join()
}

/** Never fewer frames than said, nothing beside the film, no words of code. */
async function verdictOn(info: FootageInfo, last: JobProgress, wanted: number, target: string): Promise<Verdict> {
  const said: Sentence[] = [...info.warnings, ...(last.notes ?? [])]
  const outcome = said.length > 0 ? 'exported, with a word' : 'exported'
  const internal = internalText(said)
  if (internal !== null) return { outcome, find: `says “${internal}”` }
  const files = last.parts ?? [last.target ?? target]
  const beside = (await readdir(dirname(target))).filter((name) => !files.some((file) => basename(file) === name))
  if (beside.length > 0) return { outcome, find: `left ${beside.join(', ')}` }
  const counts = await Promise.all(files.map(async (file) => (await pictureHashes(file)).length))
  const written = counts.reduce((sum, count) => sum + count, 0)
  if (written !== wanted) return { outcome, find: `${written} frames of ${wanted} that were said to be there` }
  if (said.length > 0 || wanted === MOST_FRAMES) return { outcome }
  const plain = await pictureHashes(info.path).then(
    (hashes) => hashes.length,
    () => 0,
  )
  return plain > written
    ? { outcome, find: `${written} frames without a word, ffmpeg alone finds ${plain}` }
    : { outcome }
}
