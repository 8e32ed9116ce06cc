/** A film of three shots, in color and in gray: one scene, another, and the first again from somewhere else. */
import { join } from 'node:path'
import { ffmpeg, ffv1 } from './films.ts'

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
  /** The same in color. */
  readonly colored: string
  /** A frame of it as PNG; gives its place. */
  picture(frame: number): Promise<string>
}

export async function drawScenes(folder: string): Promise<Scenes> {
  const [colored, path] = [join(folder, 'colored.mkv'), join(folder, 'scenes.mkv')]
  const sources = SHOTS.flatMap((shot) => ['-f', 'lavfi', '-i', `${shot},format=yuv444p`])
  await ffmpeg([...sources, '-filter_complex', 'concat=n=3', '-c:v', 'ffv1', colored])
  await ffmpeg(['-i', colored, '-vf', 'format=gray', ...ffv1, path])
  return {
    path,
    colored,
    picture: async (frame) => {
      const png = join(folder, `${frame}.png`)
      await ffmpeg(['-i', colored, '-vf', `select=eq(n\\,${frame})`, '-frames:v', '1', png])
      return png
    },
  }
}
