/** Looks at films with ffmpeg alone, apart from the code under test: hashes of planes, times, streams. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { characterSets } from '../../electron/engine/ffmpeg/runFfmpeg.ts'
import type { Planes } from '../../electron/engine/picture/pixelLayout.ts'
import { ffmpeg } from './films.ts'

export interface HashedFrame {
  readonly seconds: number
  readonly md5: string
}

/** A frame or packet, in the order of a list. */
interface Listed {
  readonly seconds: number
  readonly bytes: number
  /** What the list has of its content: an MD5, or a checksum. */
  readonly hash: string
}

/** The first stream of a list by ffmpeg's framemd5 or framecrc. */
export function listed(text: string): Listed[] {
  const base = /^#tb 0: (\d+)\/(\d+)/m.exec(text)
  const tick = Number(base?.[1]) / Number(base?.[2])
  return text.split('\n').flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim())
    return line.startsWith('#') || fields.length < 6
      ? []
      : [{ seconds: Number(fields[2]) * tick, bytes: Number(fields[4]), hash: fields[5]! }]
  })
}

async function framemd5(path: string, args: readonly string[]): Promise<HashedFrame[]> {
  const text = await ffmpeg([
    '-copyts',
    '-noautorotate',
    '-i',
    `file:${path}`,
    ...args,
    '-fps_mode',
    'passthrough',
    ...(args.includes('copy') ? [] : ['-enc_time_base', '1:1000000']),
    '-f',
    'framemd5',
    '-',
  ])
  return listed(text).map(({ seconds, hash }) => ({ seconds, md5: hash }))
}

/** One entry per frame: its time and the hash of its Y plane as ffmpeg decodes it. */
export function lumaHashes(path: string): Promise<HashedFrame[]> {
  return framemd5(path, ['-map', '0:v:0', '-vf', 'extractplanes=y'])
}

/** One entry per frame: its time and the hash of all its planes, in the decoder's own format. */
export function pictureHashes(path: string): Promise<HashedFrame[]> {
  return framemd5(path, ['-map', '0:v:0'])
}

/** The same of what a filter takes of each picture. */
export function partHashes(path: string, filter: string): Promise<HashedFrame[]> {
  return framemd5(path, ['-map', '0:v:0', '-vf', filter])
}

/** The same hash of a frame that the program has decoded. */
export function frameHash(frame: Planes): string {
  const md5 = createHash('md5')
  for (const plane of [frame.y, frame.u, frame.v])
    if (plane) md5.update(new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength))
  return md5.digest('hex')
}

/** Hashes of the sound as stored: equal for a stream that was copied. */
export async function soundPackets(path: string): Promise<HashedFrame[]> {
  return framemd5(path, ['-map', '0:a:0', '-c', 'copy'])
}

/** Length of the first sound stream in seconds, measured by decoding it. */
export async function soundSpan(path: string): Promise<{ from: number; to: number }> {
  const packets = await soundPackets(path)
  return { from: packets[0]?.seconds ?? NaN, to: packets[packets.length - 1]?.seconds ?? NaN }
}

/** What ffmpeg says while it does something, whether it succeeds or not. */
export async function ffmpegLog(args: readonly string[]): Promise<string> {
  const { path: program } = await locateFfmpeg()
  return new Promise((resolve) => {
    execFile(
      program,
      ['-hide_banner', '-nostdin', ...args],
      { env: { ...process.env, ...characterSets } },
      (_error, _out, stderr) => resolve(stderr),
    )
  })
}

/** What ffmpeg prints about a file. */
export function describe(path: string): Promise<string> {
  return ffmpegLog(['-i', `file:${path}`])
}

/** What ffmpeg says of the first frame once decoded: fields, shape of the pixels, color tags. */
export async function firstFrame(
  path: string,
): Promise<{ fields: string; shape: string; range: string; matrix: string; primaries: string; transfer: string }> {
  const said = await ffmpegLog([
    '-noautorotate',
    '-i',
    `file:${path}`,
    '-map',
    '0:V:0',
    '-vf',
    'showinfo',
    '-frames:v',
    '1',
    '-f',
    'null',
    '-',
  ])
  const find = (pattern: RegExp): string => pattern.exec(said)?.[1] ?? ''
  return {
    fields: { T: 'top first', B: 'bottom first' }[find(/ i:(\S)/)] ?? 'progressive',
    shape: find(/ sar:(\S+)/),
    range: find(/color_range:(\S+)/),
    matrix: find(/color_space:(\S+)/),
    primaries: find(/color_primaries:(\S+)/),
    transfer: find(/color_trc:(\S+)/),
  }
}

/** Mean U and V of each frame, in code values of the film. */
export async function meanChroma(path: string): Promise<[number, number][]> {
  const text = await ffmpeg(['-i', `file:${path}`, '-vf', 'signalstats,metadata=print:file=-', '-f', 'null', '-'])
  const means = (key: string): number[] =>
    [...text.matchAll(new RegExp(`signalstats\\.${key}=([\\d.]+)`, 'g'))].map((match) => Number(match[1]))
  const v = means('VAVG')
  return means('UAVG').map((u, n) => [u, v[n]!])
}
