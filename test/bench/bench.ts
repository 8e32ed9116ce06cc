/**
 * The benchmarks behind the figures in the README and in models/: `npm run bench -- --help` names them and what they
 * take. Figures that are compared come from one run; every line says what it measured.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { describeEngine } from '../../electron/host/describeEngine.ts'
import { compareWith, printCompared } from './against.ts'
import { measurements, root, weights, type Bench } from './measurements.ts'
import { startBenchEngine } from './runJob.ts'

const WIDTH = 120
const NAME = 9

/** One measurement, with its lines below one another. */
function described({ name, what }: { readonly name: string; readonly what: string }): string {
  const lines = ['']
  for (const word of what.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart()
    if (longer.length > WIDTH - NAME) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return name.padEnd(NAME) + lines.join('\n'.padEnd(1 + NAME))
}

const usual = measurements.filter(({ isUsual }) => isUsual).map(({ name }) => name)

const usage = `npm run bench -- [--only ${usual.join(',')}] [--film F]

${measurements.map(described).join('\n')}

npm run bench -- --against CHECKOUT [--rounds N (3)] [--frames N (48)]

Whole jobs of the command line, from an empty cache and from colors that are there, by this checkout, by another one and,
of films that are only encoded anew, by ffmpeg alone, alternately: ratios, and how far they spread.
`

async function compare({ ffmpeg, folder, options: { rounds, frames } }: Bench, other: string): Promise<void> {
  const options = { ffmpeg, checkouts: [root, resolve(other)] as const, folder, rounds, frames }
  printCompared(await compareWith(options, (done) => console.log(`round ${done} of ${rounds}`)), other)
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      only: { type: 'string', default: usual.join(',') },
      minutes: { type: 'string', default: '2' },
      hours: { type: 'string', default: '3' },
      rate: { type: 'string', default: '24' },
      film: { type: 'string' },
      clips: { type: 'string' },
      frames: { type: 'string', default: '48' },
      against: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  })
  if (values.help) return console.log(usage)
  const chosen = new Set(values.only.split(','))
  const engineFile = join(root, 'out', 'engine.cjs')
  await stat(engineFile)
  const folder = await mkdtemp(join(tmpdir(), 'colornn-bench-'))
  const start: Bench['start'] = async (cache) => {
    const engine = startBenchEngine({ engineFile, cache: join(folder, `cache-${cache}`), weights })
    await engine.client.call('info')
    return engine
  }
  try {
    const engine = await start('info')
    const info = await engine.client.call('info')
    await engine.client.stop()
    console.log(describeEngine(info))
    const { film, clips, rate } = values
    const [minutes, hours] = [Number(values.minutes), Number(values.hours)]
    const [frames, rounds] = [Number(values.frames), Number(values.rounds)]
    const options = { film, clips, minutes, hours, rate, frames, rounds }
    const bench: Bench = { ffmpeg: info.ffmpeg.path, folder, options, start }
    if (values.against !== undefined) return await compare(bench, values.against)
    for (const { name, run } of measurements) if (chosen.has(name)) await run(bench)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
