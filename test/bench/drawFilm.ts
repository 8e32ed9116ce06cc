/**
 * Draws moving gray test films with ffmpeg's own sources, film enough to time decoding, networks and encoding; and pins
 * for films.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export async function drawFilm(
  ffmpeg: string,
  path: string,
  { width, height, seconds, rate = '24' }: { width: number; height: number; seconds: number; rate?: string },
): Promise<void> {
  const source = `testsrc2=size=${width}x${height}:rate=${rate}:duration=${seconds}`
  await run(ffmpeg, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', source],
    ...[
      '-vf',
      'hue=s=0,noise=alls=6:allf=t',
      '-pix_fmt',
      'yuv420p',
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      '20',
      path,
    ],
  ])
}

/** A colored picture of a film's first frame, for pinning it. */
export async function drawPin(ffmpeg: string, film: string, path: string): Promise<void> {
  const tint = 'format=yuv444p,lutyuv=u=val*0.5+48:v=val*0.5+76,format=rgb24'
  await run(ffmpeg, ['-v', 'error', '-y', '-i', film, '-frames:v', '1', '-vf', tint, path])
}
