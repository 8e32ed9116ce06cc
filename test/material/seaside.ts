/** Draws a gray film of a seaside: sky with drifting clouds, hills, moving water, a beach. A picture that networks can read. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { locateFfmpeg } from '../../electron/engine/media/locateFfmpeg.ts'

/** A fixed random number for a point of the grid, 0..1. */
function grain(x: number, y: number): number {
  const n = Math.sin(x * 127.1 + y * 311.7) * 43758.5453
  return n - Math.floor(n)
}

/** Smooth noise between grid points, 0..1. */
function smooth(x: number, y: number): number {
  const [xi, yi] = [Math.floor(x), Math.floor(y)]
  const [u, v] = [x - xi, y - yi].map((t) => t * t * (3 - 2 * t)) as [number, number]
  const top = grain(xi, yi) + (grain(xi + 1, yi) - grain(xi, yi)) * u
  const bottom = grain(xi, yi + 1) + (grain(xi + 1, yi + 1) - grain(xi, yi + 1)) * u
  return top + (bottom - top) * v
}

/** Five octaves of it. */
function fractal(x: number, y: number): number {
  let sum = 0
  for (let octave = 0, size = 0.5; octave < 5; octave++, size /= 2) sum += size * smooth(x * 2 ** octave + 17 * octave, y * 2 ** octave)
  return sum
}

/** Luma 0..255 at a place (0..1, 0..1 downward) and a time in seconds. */
function luma(x: number, y: number, time: number, aspect: number): number {
  const horizon = 0.46
  const shore = 0.74 + 0.05 * Math.sin(x * 3 + 0.6) + 0.008 * Math.sin(time * 2 + x * 14)
  const hill = horizon - 0.13 * Math.max(0, fractal(x * 2.2 + 3, 5) - 0.32) * Math.max(0, 1.6 - 2 * x) * 2.4
  if (y < hill) {
    const cloud = Math.max(0, fractal(x * aspect * 2 + time * 0.06, y * 5) - 0.47) * 3.2
    return 128 + 66 * (y / horizon) + Math.min(70, 130 * cloud) * (1 - y)
  }
  if (y < horizon) return 58 + 60 * fractal(x * 40, y * 60)
  if (y < shore) {
    const depth = (y - horizon) / (shore - horizon)
    const wave = fractal(x * aspect * (26 - 20 * depth) + time * 0.4, (y - horizon) * (220 - 150 * depth) - time * (1 + 2 * depth))
    const foam = Math.max(0, 1 - Math.abs(y - shore + 0.014) * 60) * fractal(x * 30, time * 0.7)
    return 86 + 40 * depth + 70 * (wave - 0.5) + 190 * foam
  }
  return 158 + 26 * fractal(x * aspect * 60, y * 60) + 30 * (fractal(x * 5, y * 9) - 0.5) - 40 * Math.max(0, 1 - (y - shore) * 26)
}

/** Writes the film, H.264 in 4:2:0 without colors. @param seconds its length at 24 frames/s */
export async function drawSeaside(path: string, width = 768, height = 432, seconds = 2): Promise<void> {
  const tools = await locateFfmpeg()
  const child = spawn(
    tools.path,
    ['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-r', '24', '-i', '-', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-crf', '14', `file:${path}`],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  const ended = once(child, 'close')
  for (let frame = 0; frame < seconds * 24; frame++) {
    const picture = Buffer.alloc(width * height)
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const noise = 6 * (grain(column + frame * 13.7, row * 1.3 + frame) - 0.5)
        picture[row * width + column] = Math.max(6, Math.min(248, luma(column / width, row / height, frame / 24, width / height) + noise))
      }
    }
    if (!child.stdin.write(picture)) await once(child.stdin, 'drain')
  }
  child.stdin.end()
  await ended
}
