/** How fast films of several sizes are colored and exported, and what each part of coloring costs. */
import { join } from 'node:path'
import type { Bench } from './measurements.ts'
import { drawFilm, drawPin } from './drawFilm.ts'
import type { Measured } from './runJob.ts'

/** Names of films and where they lie. */
async function filmsToTime({ ffmpeg, folder, options: { film } }: Bench): Promise<[name: string, path: string][]> {
  if (film !== undefined) return [[film, film]]
  const films: [string, string][] = []
  for (const [name, width, height] of [
    ['576p', 720, 576],
    ['1080p', 1920, 1080],
  ] as const) {
    const path = join(folder, `${name}.mp4`)
    await drawFilm(ffmpeg, path, { width, height, seconds: 4 })
    films.push([name, path])
  }
  return films
}

function line(what: string, { frames, seconds, processors: { engine, ffmpeg } }: Measured): void {
  const each = (time: number): string => ((1000 * time) / frames).toFixed(1)
  const numbers = [frames, seconds.toFixed(2), (frames / seconds).toFixed(1), each(seconds), each(engine), each(ffmpeg)]
  console.log(what.padEnd(28), numbers.map((n) => String(n).padStart(8)).join('  '))
}

export async function timeSpeed(bench: Bench): Promise<void> {
  const { ffmpeg, folder } = bench
  console.log('\nspeed                        frames   seconds  frames/s  ms/frame   CPU time: engine, ffmpeg')
  const engine = await bench.start('speed')
  for (const [name, path] of await filmsToTime(bench)) {
    const pin = join(folder, 'pin.png')
    await drawPin(ffmpeg, path, pin)
    const footageId = `speed-${name}`
    const { frameCount } = await engine.open(path, footageId)
    line(`${name} colorize, no pin`, await engine.run({ kind: 'colorize', footageId, frameCount }))
    const exports = [
      ['ffv1-mkv', 'film.mkv'],
      ['h264-mp4', 'film.mp4'],
    ] as const
    for (const [format, target] of exports) {
      line(
        `${name} export ${format}`,
        await engine.run({ kind: 'export', footageId, target: join(folder, target), format }),
      )
    }
    await engine.client.call('closeFootage', footageId)
    await engine.open(path, footageId, pin)
    line(`${name} colorize, a pin`, await engine.run({ kind: 'colorize', footageId, frameCount }))
    await engine.client.call('closeFootage', footageId)
  }
  await engine.client.stop()
}

/**
 * What the engine says of its own stages stands before each line (electron/engine/jobs/trace.ts); reading holds luma.
 */
export async function timeParts(bench: Bench): Promise<void> {
  const { ffmpeg, folder } = bench
  console.log('\nparts                        frames   seconds  frames/s  ms/frame   CPU time: engine, ffmpeg')
  process.env['COLORNN_TRACE'] = '1'
  const engine = await bench.start('parts')
  for (const [name, path] of await filmsToTime(bench)) {
    const pin = join(folder, 'pin.png')
    await drawPin(ffmpeg, path, pin)
    for (const [how, picture] of [
      ['no pin', undefined],
      ['a pin', pin],
    ] as const) {
      const footageId = `${name} with ${how}`
      const { frameCount } = await engine.open(path, footageId, picture)
      line(footageId, await engine.run({ kind: 'colorize', footageId, frameCount }))
      await engine.client.call('closeFootage', footageId)
    }
  }
  await engine.client.stop()
  delete process.env['COLORNN_TRACE']
}
