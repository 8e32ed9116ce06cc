/** The program's own other files put to the test: settings, recent films, lists of jobs and the queue of exports. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WrongUse } from '../../electron/cli/wrongUse.ts'
import { readJobs } from '../../electron/cli/jobsFile.ts'
import { defaultPreferences, preferencesSchema } from '../../electron/contract/preferences.ts'
import { PreferencesFile } from '../../electron/main/preferencesFile.ts'
import { entryOf, ExportStore } from '../../electron/main/queue/exportStore.ts'
import { RecentFootageList } from '../../electron/main/recentFootage.ts'
import { AssetFolder } from '../../electron/project/disk/assets.ts'
import { exportOrder } from '../material/exportOrder.ts'
import type { Numbers } from '../material/numbers.ts'
import { mutated, strangeDocument } from './mutations.ts'
import { internalText, refusal, type Verdict } from './verdict.ts'

interface Kind {
  /** Which of the files that `write` leaves come to harm. */
  readonly files: readonly string[]
  /** Writes them as the program, or an artist, does. */
  readonly write: (folder: string) => Promise<void>
  /** Reads them as the program does at its start, changes something, and reads that again. Gives what went wrong. */
  readonly use: (folder: string) => Promise<string | null>
}

const thrown = (error: unknown): never => {
  throw error
}

async function usePreferences(path: string): Promise<string | null> {
  const read = new PreferencesFile(path, thrown)
  if (!preferencesSchema.safeParse(read.current).success) return 'settings that are none'
  await read.change({ ...defaultPreferences })
  return new PreferencesFile(path, thrown).current.theme === defaultPreferences.theme ? null : 'a change was not kept'
}

async function useRecentFilms(path: string): Promise<string | null> {
  const list = new RecentFootageList(path)
  const before = await list.list()
  await list.add('/films/harbor.mkv')
  const [first, ...others] = await new RecentFootageList(path).list()
  if (first?.name !== 'harbor.mkv') return 'a film that was opened is not in the list'
  return others.length <= before.length ? null : 'films that nobody opened'
}

/** A list that can not be followed is refused in a sentence that names what is wrong with it. */
async function useJobs(path: string): Promise<string | null> {
  try {
    const jobs = await readJobs(path)
    return jobs.length > 0 ? null : 'no job, and no word of it'
  } catch (error) {
    if (!(error instanceof WrongUse)) return String(error)
    return /\bat .+:\d+:\d+|\[object /.test(error.message) ? error.message : null
  }
}

/** However the list looks, what was ordered is there to go on with, or it is said of each order that it is not. */
async function useQueue(folder: string): Promise<string | null> {
  const { entries, notices } = await new ExportStore(folder).load()
  const said = notices.flatMap(({ message, advice }) => [message, advice])
  const internal = internalText(said)
  if (internal !== null) return `says “${internal}”`
  if (entries.length < ORDERS && notices.length === 0) return `${entries.length} of ${ORDERS} orders, without a word`
  const again = new ExportStore(folder)
  await again.load()
  for (const { id } of entries) {
    const find = await again.order(id).then(
      () => null,
      (error: unknown) => refusal(error).find ?? null,
    )
    if (find !== null) return find
  }
  await again.write([])
  const left = await new ExportStore(folder).load()
  return left.entries.length === 0 ? null : 'orders that were taken out are back'
}

const ORDERS = 2

async function writeQueue(folder: string): Promise<void> {
  const store = new ExportStore(folder)
  await store.load()
  const orders = Array.from({ length: ORDERS }, (_, n) => exportOrder(`order-${n}`, n))
  for (const order of orders) await store.take(order, () => new AssetFolder(join(folder, 'none')))
  await store.write(orders.map(entryOf))
}

const jobs = {
  format: 'colornn-jobs',
  version: 1,
  jobs: [
    { source: 'harbor.mkv', target: 'out/harbor.mov', format: 'prores-mov', range: { from: 10, to: 200 } },
    {
      source: 'street.mp4',
      target: 'out/street.mkv',
      options: { keyframes: [{ frame: 3, picture: 'street.png' }], rate: '18', timecode: '01:00:00:00' },
    },
  ],
}

const kinds: Readonly<Record<string, Kind>> = {
  preferences: {
    files: ['preferences.json'],
    write: async (folder) =>
      void (await new PreferencesFile(join(folder, 'preferences.json'), thrown).change(defaultPreferences)),
    use: (folder) => usePreferences(join(folder, 'preferences.json')),
  },
  'recent films': {
    files: ['recent.json'],
    write: async (folder) => {
      const list = new RecentFootageList(join(folder, 'recent.json'))
      for (const name of ['a.mkv', 'b.mp4', 'c.mov']) await list.add(`/films/${name}`)
    },
    use: (folder) => useRecentFilms(join(folder, 'recent.json')),
  },
  'a list of jobs': {
    files: ['jobs.json'],
    write: (folder) => writeFile(join(folder, 'jobs.json'), JSON.stringify(jobs)),
    use: (folder) => useJobs(join(folder, 'jobs.json')),
  },
  'the queue': {
    files: ['queue.json', 'order-1/order.json'],
    write: writeQueue,
    use: useQueue,
  },
}

export class OwnFileTrials {
  private constructor(private readonly folder: string) {}

  static async in(folder: string): Promise<OwnFileTrials> {
    for (const [name, { write }] of Object.entries(kinds)) {
      await mkdir(join(folder, 'whole', name), { recursive: true })
      await write(join(folder, 'whole', name))
    }
    return new OwnFileTrials(folder)
  }

  async run(next: Numbers): Promise<Verdict & { readonly what: string }> {
    const names = Object.keys(kinds)
    const name = names[next(names.length)]!
    const { files, use } = kinds[name]!
    const file = files[next(files.length)]!
    const harmed = join(this.folder, 'harmed')
    await rm(harmed, { recursive: true, force: true })
    await cp(join(this.folder, 'whole', name), harmed, { recursive: true })
    const whole = await readFile(join(harmed, file))
    const { how, bytes } = next(2) === 0 ? mutated(whole, next) : strangeJson(whole, next)
    await writeFile(join(harmed, file), bytes)
    const find = await use(harmed).catch((error: unknown) => refusal(error).find ?? null)
    return { what: `${name}, ${file}: ${how}`, outcome: 'started', ...(find !== null && { find }) }
  }
}

function strangeJson(bytes: Buffer, next: Numbers): { how: string; bytes: Buffer } {
  const { how, document } = strangeDocument(JSON.parse(bytes.toString('utf8')), next)
  return { how, bytes: Buffer.from(JSON.stringify(document), 'utf8') }
}
