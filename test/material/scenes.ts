/** A film of three shots, in color and in gray: one scene, another, and the first again from somewhere else. */
import { join } from 'node:path'
import { ffmpeg, ffv1, withDisplayMatrix } from './films.ts'

const [WIDTH, HEIGHT] = [384, 256]
/** Frames of each shot. */
export const SCENE = 20

const SHOTS = [
  `testsrc2=s=${WIDTH}x${HEIGHT}:r=24,trim=end_frame=${SCENE}`,
  `mandelbrot=s=${WIDTH}x${HEIGHT}:rate=24:start_scale=0.5,trim=end_frame=${SCENE}`,
  `testsrc2=s=${WIDTH}x${HEIGHT}:r=24,trim=start_frame=30:end_frame=${30 + SCENE},setpts=PTS-STARTPTS,` +
    `scale=422:282,crop=${WIDTH}:${HEIGHT}:20:10,setsar=1`,
]

export interface Scenes {
  readonly path: string
  /** The same in color, upright. */
  readonly colored: string
  /** A frame of it as PNG; gives its place. */
  picture(frame: number): Promise<string>
}

/** How a reel differs from the usual one. */
export interface Reel {
  readonly name?: string
  /** Of ffmpeg, on the colored pictures. */
  readonly filters?: string
  /** Stored on its side, and marked as such. */
  readonly lying?: boolean
}

export async function drawScenes(
  folder: string,
  { name = 'scenes', filters = 'null', lying = false }: Reel = {},
): Promise<Scenes> {
  const colored = join(folder, name === 'scenes' ? 'colored.mkv' : `${name} colored.mkv`)
  const sources = SHOTS.flatMap((shot) => ['-f', 'lavfi', '-i', `${shot},format=yuv444p`])
  await ffmpeg([...sources, '-filter_complex', `concat=n=3,${filters}`, '-c:v', 'ffv1', colored])
  let path = join(folder, `${name}.mkv`)
  if (lying) {
    const unmarked = join(folder, `${name} unmarked.mp4`)
    const lossless = ['-c:v', 'libx264', '-qp', '0', '-g', '1']
    await ffmpeg(['-i', colored, '-vf', 'format=gray,format=yuv420p,transpose=cclock', ...lossless, unmarked])
    path = await withDisplayMatrix(unmarked, 'turned', join(folder, `${name}.mp4`))
  } else await ffmpeg(['-i', colored, '-vf', 'format=gray', ...ffv1, path])
  return {
    path,
    colored,
    picture: async (frame) => {
      const png = join(folder, name === 'scenes' ? `${frame}.png` : `${name} ${frame}.png`)
      await ffmpeg(['-i', colored, '-vf', `select=eq(n\\,${frame})`, '-frames:v', '1', png])
      return png
    },
  }
}
