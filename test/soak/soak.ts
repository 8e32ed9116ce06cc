/**
 * `npm run soak -- --minutes 60`: the real window is used for an hour. Each round scrubs, pins a picture, colors, takes
 * both back, colors again and exports; after it the memory, open files and processes of the whole program are counted.
 * Prints a line a round, and exits with 1 where something grows, or where the page has an error.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { dialogsAnswer, orderExport } from '../e2e/driveWindow.ts'
import { launchStudio, type Studio } from '../e2e/launch.ts'
import { drawFilm, ffmpeg } from '../material/films.ts'
import { numbers, type Numbers } from '../material/numbers.ts'
import { census, growthOf, type Census } from './census.ts'

const FRAMES = 48
/** Keys of one round that move through the film. */
const MOVES = 60
const KEYS = ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'PageUp', 'PageDown'] as const
/** On a busy machine a job of 48 small frames takes a minute. */
const PATIENCE_MS = 300_000
/** A job is in the window within a blink; on a busy machine within seconds. */
const BEGUN_MS = 5000

/** Colors the film, and waits for the end of it. The key that begins it would hold a job that runs already. */
async function colored({ window }: Studio): Promise<void> {
  const colorize = window.getByRole('button', { name: 'Colorize', exact: true })
  await colorize.waitFor()
  const begun = window.getByRole('button', { name: 'Pause', exact: true }).first().waitFor({ timeout: BEGUN_MS })
  await window.keyboard.press('KeyC')
  // Where all colors are kept still it is over before it is seen.
  await begun.catch(() => undefined)
  await window.locator('canvas[data-colored="true"]').waitFor()
  await colorize.waitFor()
}

/** The last export's end is still said when the next one is ordered: the file has its name when it is whole. */
async function exported({ window }: Studio, target: string): Promise<void> {
  await orderExport(window)
  for (const end = Date.now() + PATIENCE_MS; !existsSync(target); await passed(200))
    if (Date.now() > end) throw new Error(`${target} was not exported.`)
  await window.getByText('The film is finished.').waitFor()
  await window.keyboard.press('Escape')
}

async function round(studio: Studio, next: Numbers, target: string): Promise<void> {
  const { window } = studio
  for (let move = 0; move < MOVES; move++) await window.keyboard.press(KEYS[next(KEYS.length)]!)
  await window.keyboard.press('Control+KeyP')
  await window.getByRole('button', { name: 'Remove pin' }).waitFor()
  await colored(studio)
  await window.keyboard.press('Control+KeyZ')
  await window.getByRole('button', { name: 'Pin this frame' }).waitFor()
  await colored(studio)
  await exported(studio, target)
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
  const minutes = Number(values.minutes)
  if (!(minutes > 0)) throw new Error(`“${values.minutes}” is no number of minutes`)
  const folder = await mkdtemp(join(tmpdir(), 'colornn-soak-'))
  const film = await drawFilm(folder, 'film.mkv', { size: '320x240', frames: FRAMES, filters: 'hue=s=0' })
  const picture = join(folder, 'pin.png')
  await ffmpeg(['-f', 'lavfi', '-i', 'color=0xa05040:size=320x240', '-frames:v', '1', picture])
  const studio = await launchStudio({ args: [film] })
  const counts: Census[] = []
  const started = Date.now()
  try {
    studio.window.setDefaultTimeout(PATIENCE_MS)
    await studio.window.locator('canvas[data-frame="0"]').waitFor()
    const next = numbers(1)
    while (Date.now() - started < minutes * 60_000) {
      const target = join(folder, `round ${counts.length}.mkv`)
      await dialogsAnswer(studio.app, { open: picture, save: target })
      await round(studio, next, target).catch(async (error: unknown) => {
        console.log(await studio.window.evaluate(() => document.body.innerText))
        throw error
      })
      const count = census(studio.app.process().pid!)
      counts.push(count)
      const at = `${((Date.now() - started) / 60_000).toFixed(1)} min`.padStart(9)
      const { memory, openFiles, processes } = count
      console.log(`${at}  round ${counts.length}: ${memory.toFixed(0)} MiB, ${openFiles} files, ${processes} processes`)
    }
  } finally {
    await studio.close()
    await rm(folder, { recursive: true, force: true })
  }
  const finds = [...growthOf(counts), ...studio.pageErrors]
  console.log(finds.length === 0 ? `${counts.length} rounds, all flat` : finds.join('\n'))
  return finds.length === 0 ? 0 : 1
}

process.exitCode = await main()
