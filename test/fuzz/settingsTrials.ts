/** The program's own small files put to the test: whatever they hold, the program starts. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultPreferences, preferencesSchema } from '../../electron/contract/preferences.ts'
import { PreferencesFile } from '../../electron/main/preferencesFile.ts'
import { RecentFootageList } from '../../electron/main/recentFootage.ts'
import type { Numbers } from '../material/numbers.ts'
import { mutated, strangeDocument } from './mutations.ts'
import type { Verdict } from './verdict.ts'

/** By name: reads a file as the program does at its start, changes something, and reads that again. */
const kinds: Readonly<Record<string, (file: string) => Promise<string | null>>> = {
  preferences: async (file) => {
    const read = new PreferencesFile(file)
    if (!preferencesSchema.safeParse(read.current).success) return 'settings that are none'
    await read.change({ ...defaultPreferences })
    return new PreferencesFile(file).current.theme === defaultPreferences.theme ? null : 'a change was not kept'
  },
  'recent films': async (file) => {
    const list = new RecentFootageList(file)
    const before = await list.list()
    await list.add('/films/harbor.mkv')
    const [first, ...others] = await new RecentFootageList(file).list()
    if (first?.name !== 'harbor.mkv') return 'a film that was opened is not in the list'
    return others.length <= before.length ? null : 'films that nobody opened'
  },
}

export class SettingsTrials {
  private constructor(
    private readonly folder: string,
    private readonly whole: ReadonlyMap<string, Buffer>,
  ) {}

  static async in(folder: string): Promise<SettingsTrials> {
    await mkdir(folder, { recursive: true })
    const path = (name: string): string => join(folder, `${name}.json`)
    await new PreferencesFile(path('preferences')).change({ ...defaultPreferences })
    const list = new RecentFootageList(path('recent films'))
    for (const name of ['a.mkv', 'b.mp4', 'c.mov']) await list.add(`/films/${name}`)
    const files = await Promise.all(Object.keys(kinds).map(async (name) => [name, await readFile(path(name))] as const))
    return new SettingsTrials(folder, new Map(files))
  }

  async run(next: Numbers): Promise<Verdict & { readonly what: string }> {
    const names = Object.keys(kinds)
    const name = names[next(names.length)]!
    const whole = this.whole.get(name)!
    const { how, bytes } = next(2) === 0 ? mutated(whole, next) : strangeJson(whole, next)
    const file = join(this.folder, 'harmed.json')
    await writeFile(file, bytes)
    const find = await kinds[name]!(file).catch(String)
    return { what: `${name}: ${how}`, outcome: 'started', ...(find !== null && { find }) }
  }
}

function strangeJson(bytes: Buffer, next: Numbers): { how: string; bytes: Buffer } {
  const { how, document } = strangeDocument(JSON.parse(bytes.toString('utf8')), next)
  return { how, bytes: Buffer.from(JSON.stringify(document), 'utf8') }
}
