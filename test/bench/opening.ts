/** How long a long film takes to open for the first time, by its container's tables and by reading it through. */
import { join } from 'node:path'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { runFfmpeg } from '../../electron/engine/ffmpeg/runFfmpeg.ts'
import { decodeTimes } from '../../electron/engine/reading/index/decodedTimes.ts'
import { indexFromPackets } from '../../electron/engine/reading/index/frameIndex.ts'
import { listPackets } from '../../electron/engine/reading/index/packetList.ts'
import { resolveInput } from '../../electron/engine/reading/inputFile.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'

/** Drawn once and repeated: only how many packets there are, and how large, costs time. */
const DRAWN_SECONDS = 60

export interface Opening {
  readonly name: string
  readonly frames: number
  /** Milliseconds, one of each round. */
  readonly byTables: readonly number[]
  /** Of the packets alone: all of them, and a look at the keyframes for other sizes. */
  readonly readThrough: readonly number[]
}

async function drawLong(tools: FfmpegTools, folder: string, ending: string, minutes: number): Promise<string> {
  const [once, path] = [join(folder, `once.${ending}`), join(folder, `long.${ending}`)]
  const drawn = ['-f', 'lavfi', '-i', `testsrc=size=64x48:rate=25:duration=${DRAWN_SECONDS}`]
  await runFfmpeg(tools, ['-y', ...drawn, '-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', once])
  const times = Math.round((minutes * 60) / DRAWN_SECONDS) - 1
  await runFfmpeg(tools, ['-y', '-stream_loop', `${times}`, '-i', once, '-c', 'copy', path])
  return path
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now()
  const result = await work()
  return { ms: performance.now() - started, result }
}

/** @param rounds of both ways, alternately */
export async function measureOpening(folder: string, minutes: number, rounds: number): Promise<Opening[]> {
  const tools = await locateFfmpeg()
  const openings: Opening[] = []
  for (const ending of ['mp4', 'mkv']) {
    const path = await drawLong(tools, folder, ending, minutes)
    const file = await resolveInput(path)
    const [byTables, readThrough]: [number[], number[]] = [[], []]
    let frames = 0
    for (let round = 0; round < rounds; round++) {
      const opened = await timed(() => openFootage(tools, path))
      frames = opened.result.info.frameCount
      byTables.push(opened.ms)
      const read = await timed(async () => {
        const list = await listPackets(tools, file, '0:0')
        indexFromPackets(list, 0, {
          statedRate: null,
          longestHold: 1800,
          statedEnd: null,
          full: null,
          storesTimes: true,
        })
        await decodeTimes(
          tools,
          file,
          { stream: '0:0', others: [], field: 'progressive', keysOnly: true },
          list.timeBase,
        )
      })
      readThrough.push(read.ms)
    }
    openings.push({ name: ending, frames, byTables, readThrough })
  }
  return openings
}

export function printOpenings(openings: readonly Opening[]): void {
  for (const opening of openings) {
    const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN
    const [byTables, readThrough] = [median(opening.byTables), median(opening.readThrough)]
    const figures = [byTables, readThrough].map((ms) => `${(ms / 1000).toFixed(2)} s`.padStart(8))
    console.log(
      `${opening.name}, ${opening.frames} frames`.padEnd(24),
      ...figures,
      `1 : ${(readThrough / byTables).toFixed(1)}`,
    )
  }
}
