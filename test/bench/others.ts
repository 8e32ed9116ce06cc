/**
 * What a user would run instead: networks that color every frame by itself, rebuilt at their published size with random
 * weights (models/colornn/others.py), beside all that the program does to color a frame of film.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { ensurePythonEnvironment } from '../../build/setup/pythonEnvironment.ts'
import { readSignatures } from '../../electron/engine/network/signatures.ts'
import { loadTensorFlow } from '../../electron/engine/network/tensorflow.ts'
import { drawFilm } from './drawFilm.ts'
import type { BenchEngine } from './runJob.ts'

const models = join(import.meta.dirname, '../../models')

/** Sides of the square pictures that each is run at: DeOldify's usual 560 and 336, made multiples of 32. */
const OTHERS = [
  ['siggraph17', 256],
  ['deoldify-artistic', 576],
  ['deoldify-video', 352],
] as const

/** Frames of the film that the program colors. */
const FRAMES = 48

const writtenSchema = z.object({ channels: z.int(), parameters: z.int(), gflop: z.number(), onnx: z.boolean() })
const timedSchema = z.object({ milliseconds: z.number(), version: z.string() })

export interface OtherTimes extends z.infer<typeof writtenSchema> {
  readonly name: string
  readonly side: number
  /** Milliseconds for one picture; the median of all rounds. */
  readonly tensorflow: number
  /** Null where the packages onnx and onnxruntime are not there. */
  readonly onnxruntime: number | null
  /** Milliseconds that the program took in the same rounds for a frame of 576p film, from its file to the cache. */
  readonly ours: number
}

/** Runs colornn.others, which prints one object last. */
async function others<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<T> {
  const { python, env } = await ensurePythonEnvironment()
  const { stdout } = await promisify(execFile)(python, ['-m', 'colornn.others', ...args], {
    cwd: models,
    env: { ...process.env, ...env },
  })
  return schema.parse(JSON.parse(stdout.trim().split('\n').at(-1)!))
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN

/** @param rounds of a network and the program, alternately */
export async function measureOthers(
  engine: BenchEngine,
  ffmpeg: string,
  folder: string,
  rounds: number,
): Promise<OtherTimes[]> {
  const film = join(folder, 'others.mp4')
  await drawFilm(ffmpeg, film, { width: 720, height: 576, seconds: FRAMES / 24 })
  const { frameCount } = await engine.open(film, 'others')
  const color = async (): Promise<number> => {
    await engine.client.call('clearCache')
    const { seconds, frames } = await engine.run({ kind: 'colorize', footageId: 'others', frameCount })
    return (1000 * seconds) / frames
  }
  await color()
  const found: OtherTimes[] = []
  for (const [name, side] of OTHERS) {
    const place = join(folder, name)
    const written = await others(writtenSchema, ['--write', name, '--side', `${side}`, place])
    const other = loadOther(place, side, written.channels)
    const [theirs, ours]: [number[], number[]] = [[], []]
    other.run()
    for (let round = 0; round < rounds; round++) {
      theirs.push(other.run())
      ours.push(await color())
    }
    other.unload()
    const onnx = written.onnx ? await others(timedSchema, ['--time', `${rounds}`, place]) : null
    const times = { tensorflow: median(theirs), onnxruntime: onnx && onnx.milliseconds, ours: median(ours) }
    found.push({ name, side, ...written, ...times })
    await rm(place, { recursive: true, force: true })
  }
  await engine.client.call('closeFootage', 'others')
  return found
}

/** In the program's own TensorFlow. `run` gives milliseconds. */
function loadOther(folder: string, side: number, channels: number): { run(): number; unload(): void } {
  const tf = loadTensorFlow()
  const session = tf.load(folder)
  const { inputs, outputs } = readSignatures(readFileSync(join(folder, 'saved_model.pb'))).get('fp32')!
  const picture = tf.tensor(new Float32Array(side * side * channels).fill(0.5), [1, side, side, channels])
  return {
    run: () => {
      const started = performance.now()
      const made = tf.run(session, [[inputs.get('picture')!, picture]], [outputs.get('colors')!])
      for (const tensor of made) {
        tensor.values()
        tensor.dispose()
      }
      return performance.now() - started
    },
    unload: () => {
      picture.dispose()
      tf.unload(session)
    },
  }
}

export function printOthers(found: readonly OtherTimes[]): void {
  console.log(
    '\nwhat colors a frame          parameters     GFLOP   TensorFlow   onnxruntime   ours, 576p   theirs / ours',
  )
  for (const { name, side, parameters, gflop, tensorflow, onnxruntime, ours } of found) {
    const figures = [
      `${(parameters / 1e6).toFixed(1)} M`.padStart(11),
      gflop.toFixed(0).padStart(10),
      `${tensorflow.toFixed(0)} ms`.padStart(13),
      (onnxruntime === null ? '-' : `${onnxruntime.toFixed(0)} ms`).padStart(14),
      `${ours.toFixed(1)} ms`.padStart(13),
      (Math.min(tensorflow, onnxruntime ?? Infinity) / ours).toFixed(1).padStart(16),
    ]
    console.log(`${name}, ${side} x ${side}`.padEnd(28) + figures.join(''))
  }
}
