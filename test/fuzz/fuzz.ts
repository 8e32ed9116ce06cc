/**
 * `npm run fuzz -- --seed N --count 500`: films, projects and the other files of the program come to harm in as many
 * ways, and the program's own code opens, edits, colors and exports them. Prints a table of what came of it and every
 * find with the number that brings it back: `npm run fuzz -- --seed N --only 17`. Exits with 1 where there is a find.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { forkedEngine } from '../../electron/host/forkedEngine.ts'
import { settingsFor } from '../material/testEngine.ts'
import { numbers } from '../material/numbers.ts'
import { drawKinds, type FuzzFilm } from './films.ts'
import { FilmTrials } from './filmTrials.ts'
import { ProjectTrials } from './projectTrials.ts'
import { OwnFileTrials } from './ownFileTrials.ts'
import type { Verdict } from './verdict.ts'

const engineFile = join(import.meta.dirname, '..', '..', 'out', 'engine.cjs')
/** Of ten trials so many are films, so many projects; the rest are the program's other files. */
const FILMS_IN_TEN = 5
const PROJECTS_IN_TEN = 3

export interface FuzzOptions {
  readonly seed: number
  readonly count: number
  /** One trial alone, by its number. */
  readonly only?: number
  /** Which kinds of films; all when left out. */
  readonly kinds?: readonly string[]
  /** What came to harm in a find is copied into this folder. */
  readonly keep?: string
  readonly say: (line: string) => void
}

export interface Find {
  readonly trial: number
  readonly what: string
  readonly find: string
}

/** Runs the trials and gives the finds, and how often each outcome came. */
export async function fuzz(options: FuzzOptions): Promise<{ finds: Find[]; outcomes: Map<string, number> }> {
  const folder = await mkdtemp(join(tmpdir(), 'colornn-fuzz-'))
  const films = new FilmTrials(forkedEngine(engineFile, settingsFor(folder)), join(folder, 'films'))
  const finds: Find[] = []
  const outcomes = new Map<string, number>()
  try {
    const drawn = await drawKinds(join(folder, 'drawn'), options.kinds)
    const trials = {
      films: [...drawn],
      projects: await ProjectTrials.in(join(folder, 'projects', 'inside')),
      own: await OwnFileTrials.in(join(folder, 'own')),
    }
    for (let trial = 0; trial < options.count; trial++) {
      if (options.only !== undefined && trial !== options.only) continue
      const { kind, what, outcome, find } = await oneTrial(options.seed, trial, films, trials)
      const row = `${kind.padEnd(10)} ${outcome}`
      outcomes.set(row, (outcomes.get(row) ?? 0) + 1)
      if (find === undefined) continue
      finds.push({ trial, what, find })
      options.say(`trial ${trial}: ${what}: ${outcome}: ${find}`)
      const harmed = { film: 'films/film', project: 'projects/inside/project', 'own file': 'own/harmed' }[kind]
      if (options.keep) await cp(join(folder, harmed), join(options.keep, `${trial}`), { recursive: true })
    }
    return { finds, outcomes }
  } finally {
    await films.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Trials {
  readonly films: readonly (readonly [string, FuzzFilm])[]
  readonly projects: ProjectTrials
  readonly own: OwnFileTrials
}

/** Each trial draws its own numbers, so that it comes out the same by itself. */
async function oneTrial(
  seed: number,
  trial: number,
  films: FilmTrials,
  trials: Trials,
): Promise<Verdict & { kind: 'film' | 'project' | 'own file'; what: string }> {
  const next = numbers((BigInt(seed) << 32n) + BigInt(trial))
  for (let skip = 0; skip < 8; skip++) next(2)
  const kind = trial % 10
  if (kind >= FILMS_IN_TEN + PROJECTS_IN_TEN) return { kind: 'own file', ...(await trials.own.run(next)) }
  if (kind >= FILMS_IN_TEN || trials.films.length === 0)
    return { kind: 'project', ...(await trials.projects.run(next)) }
  const [name, film] = trials.films[next(trials.films.length)]!
  return { kind: 'film', ...(await films.run(name, film, next)) }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '100' },
      only: { type: 'string' },
      keep: { type: 'string' },
    },
  })
  const { seed, count, only, keep } = values
  const numberOf = (text: string): number => {
    if (!/^\d+$/.test(text)) throw new Error(`“${text}” is no number; see the head of test/fuzz/fuzz.ts`)
    return Number(text)
  }
  const started = Date.now()
  const { finds, outcomes } = await fuzz({
    seed: numberOf(seed),
    count: only === undefined ? numberOf(count) : numberOf(only) + 1,
    ...(only !== undefined && { only: numberOf(only) }),
    ...(keep !== undefined && { keep: resolve(keep) }),
    say: (line) => console.log(line),
  })
  for (const [row, times] of [...outcomes].sort(([a], [b]) => a.localeCompare(b)))
    console.log(`${String(times).padStart(6)}  ${row}`)
  console.log(`${finds.length} finds in ${((Date.now() - started) / 1000).toFixed(0)} s, seed ${seed}`)
  return finds.length > 0 ? 1 : 0
}

if (import.meta.filename === process.argv[1]) process.exitCode = await main()
