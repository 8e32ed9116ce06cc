/** Whether the engine and its ffmpegs need more memory for a long film than for a short one. */
import { join } from 'node:path'
import type { Bench } from './measurements.ts'
import { drawFilm } from './drawFilm.ts'
import { watchMemory } from './runJob.ts'

/** Exports a short and a long film, each in an engine of its own, and compares the highest memory of all processes. */
export async function compareMemory({ ffmpeg, folder, start, options: { minutes, rate } }: Bench): Promise<void> {
  console.log(
    '\nmemory (engine and its ffmpeg children, shared pages once): highest of all, of each tenth of an export, of its end',
  )
  const peaks: number[] = []
  for (const [name, seconds] of [
    ['10 s', 10],
    [`${minutes} min`, minutes * 60],
  ] as const) {
    const path = join(folder, `memory-${seconds}.mp4`)
    await drawFilm(ffmpeg, path, { width: 320, height: 240, seconds, rate })
    const engine = await start(`memory-${seconds}`)
    await engine.open(path, 'film')
    const watch = watchMemory(engine.pid())
    const tenths: number[] = []
    const { frames } = await engine.run(
      { kind: 'export', footageId: 'film', target: join(folder, 'memory.mkv'), format: 'ffv1-mkv' },
      ({ done, total }) => {
        if (done >= ((tenths.length + 1) * total) / 10) tenths.push(watch.highestSince())
      },
    )
    // Joining and reading back come after the last frame.
    tenths.push(watch.highestSince())
    const peak = watch.stop()
    peaks.push(peak)
    const each = tenths.map((highest) => highest.toFixed(0)).join(' ')
    console.log(`${name.padEnd(8)} ${String(frames).padStart(7)} frames   ${peak.toFixed(0).padStart(6)} MiB   ${each}`)
    await engine.client.stop()
  }
  console.log(`long / short = ${((peaks[1] ?? 0) / (peaks[0] ?? 1)).toFixed(3)}`)
}
