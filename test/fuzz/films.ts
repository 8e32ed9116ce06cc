/** One small film of each of the kinds that are put to the test, as a program of its kind writes it. */
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { drawFilm, type Film } from '../material/films.ts'

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '6', '-bf', '2']
const aac = ['-c:a', 'aac']

/** By ending; a sequence of pictures by a pattern. */
const kinds: Readonly<Record<string, Film>> = {
  'film.mp4': { codec: h264, sound: aac },
  'film.mov': { codec: ['-c:v', 'prores_ks'], pixelFormat: 'yuv422p10le', sound: ['-c:a', 'pcm_s16le'] },
  'film.mkv': { sound: ['-c:a', 'flac'] },
  'film.webm': { codec: ['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '300k'] },
  'film.ts': { codec: h264, sound: ['-c:a', 'mp2'] },
  'film.mpg': { codec: ['-c:v', 'mpeg2video', '-g', '6', '-bf', '2'], rate: '25', sound: ['-c:a', 'mp2'] },
  'film.avi': { codec: ['-c:v', 'mpeg4', '-g', '6'], sound: ['-c:a', 'pcm_s16le'] },
  'film.mxf': { codec: ['-c:v', 'mpeg2video', '-g', '1'], rate: '25', pixelFormat: 'yuv422p' },
  'film.wmv': { codec: ['-c:v', 'wmv2'] },
  'film.nut': {},
  'film.gif': { codec: ['-c:v', 'gif'], pixelFormat: 'gray' },
  'film.y4m': { codec: ['-c:v', 'wrapped_avframe'], pixelFormat: 'gray' },
  'scan/%04d.dpx': { codec: ['-c:v', 'dpx'], pixelFormat: 'gray10le' },
  'scan/%04d.tif': { codec: ['-c:v', 'tiff'], pixelFormat: 'gray' },
}

export interface FuzzFilm {
  /** As the artist opens it: of a sequence the first picture. */
  readonly path: string
  /** What may come to harm. */
  readonly files: readonly string[]
}

/** All kinds, each in a folder of its own below `folder`. 64 x 48, twelve pictures each. */
export async function drawKinds(folder: string, only?: readonly string[]): Promise<Map<string, FuzzFilm>> {
  const films = new Map<string, FuzzFilm>()
  for (const [name, film] of Object.entries(kinds)) {
    if (only && !only.includes(name)) continue
    const place = join(folder, name.replaceAll(/[^a-z]/g, '-'))
    await mkdir(join(place, 'scan'), { recursive: true })
    const drawn = await drawFilm(place, name, { size: '64x48', frames: 12, ...film })
    const pictures = join(place, 'scan')
    const files = name.includes('%') ? (await readdir(pictures)).sort().map((file) => join(pictures, file)) : [drawn]
    films.set(name, { path: files[0]!, files })
  }
  return films
}
