/**
 * Films with claps: every second a white picture and a click at the same moment, by which it can be told whether sound
 * stands where it should.
 */
import { ffmpeg } from './films.ts'

/** Pictures a second of all of them. */
export const CLAP_RATE = 25

export interface ClapFilm {
  readonly seconds: number
  /** Encoders, further inputs and the options of the container. */
  readonly output: readonly string[]
}

/** The first clap comes 0.2 s behind the beginning. */
export async function drawClaps(path: string, { seconds, output }: ClapFilm): Promise<string> {
  const flash = `drawbox=c=white:t=fill:enable='lt(abs(mod(t,1)-0.2),0.01)'`
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    `color=black:s=64x48:r=${CLAP_RATE}:d=${seconds},${flash},format=yuv420p`,
    '-f',
    'lavfi',
    '-i',
    `aevalsrc='0.9*sin(2*PI*1000*t)*between(mod(t,1),0.2,0.22)':s=48000:d=${seconds}`,
    ...output,
    path,
  ])
  return path
}

interface Claps {
  readonly flashes: readonly number[]
  readonly clicks: readonly number[]
}

/**
 * How many claps there are, NaN where not each flash has its click; and the widest distance of two that belong
 * together.
 */
export function inStep({ flashes, clicks }: Claps): { readonly claps: number; readonly off: number } {
  const off = clicks.map((click) => Math.min(...flashes.map((flash) => Math.abs(flash - click))))
  return { claps: flashes.length === clicks.length ? clicks.length : NaN, off: Math.max(...off) }
}

/** Times at which a measured value rises above a limit. */
function risesOf(said: string, limit: number): number[] {
  const found: number[] = []
  let time = 0
  let above = false
  for (const line of said.split('\n')) {
    const clock = /pts_time:(-?[\d.]+)/.exec(line)
    if (clock) time = Number(clock[1])
    const value = /^lavfi\.\S+=(\S+)/.exec(line)
    if (!value) continue
    const is = Number(value[1]) > limit
    // A click swings; it is over when nothing was heard for a while.
    if (is && !above && time - (found.at(-1) ?? -1) > 0.1) found.push(time)
    above = is
  }
  return found
}

/**
 * When white pictures begin and clicks are heard, in seconds of the film's own clock; sound to 5 ms.
 * @param sound which of the film's sounds, counted from 0
 */
export async function clapsOf(path: string, sound = 0): Promise<Claps> {
  const print = (key: string): string => `metadata=print:key=lavfi.${key}:file=-`
  const input = ['-copyts', '-i', `file:${path}`]
  const luma = `signalstats,${print('signalstats.YAVG')}`
  const flashes = await ffmpeg([...input, '-map', '0:V:0', '-vf', luma, '-fps_mode', 'passthrough', '-f', 'null', '-'])
  const level = `asetnsamples=240,astats=metadata=1:reset=1,a${print('astats.Overall.Peak_level')}`
  const clicks = await ffmpeg([...input, '-map', `0:a:${sound}`, '-af', level, '-f', 'null', '-'])
  return { flashes: risesOf(flashes, 120), clicks: risesOf(clicks, -12) }
}
