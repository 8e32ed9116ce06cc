/** A studio with a film of three shots, whose true colors are known. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { decodeColoring } from '../../electron/engine/cache/coloringCodec.ts'
import { openDesk, type Desk } from './desk.ts'
import { ffmpeg } from './films.ts'
import { drawScenes, SCENE, type Scenes } from './scenes.ts'
import { workFolder } from './workFolder.ts'

/** A frame of the first scene. */
export const PINNED = 10

export type SceneDesk = Desk & Pick<Scenes, 'colored' | 'picture'>

export async function scenes(): Promise<SceneDesk> {
  const folder = workFolder()
  const { path, colored, picture } = await drawScenes(folder)
  const desk = await openDesk(folder, { path, frameCount: 3 * SCENE })
  await desk.shots.ensure('c')
  expect(desk.clip().shots.map(({ from }) => from)).toEqual([0, SCENE, 2 * SCENE])
  return { ...desk, colored, picture }
}

export async function pinPicture(desk: SceneDesk, frame: number): Promise<void> {
  const asset = await desk.session.assets.putFile(await desk.picture(frame))
  desk.session.apply({ type: 'pin', clip: 'c', frame, base: { kind: 'picture', asset } })
  await desk.clips.settled('c')
}

/** Mean distance of a coloring's U and V from those of the film in color. */
export async function farFromTruth(desk: SceneDesk, frame: number, bytes: Uint8Array): Promise<number> {
  const { chroma } = decodeColoring(bytes)!
  const filter = `select=eq(n\\,${frame}),scale=${chroma.width}:${chroma.height}:flags=area,format=yuv444p`
  const raw = join(desk.folder, `${frame}.yuv`)
  await ffmpeg(['-i', desk.colored, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', raw])
  const planes = readFileSync(raw)
  const count = chroma.width * chroma.height
  let sum = 0
  for (let i = 0; i < count; i++) {
    const [u, v] = [planes[count + i]!, planes[2 * count + i]!].map((sample) => (sample - 128) / 224)
    sum += Math.hypot(chroma.values[2 * i]! - u!, chroma.values[2 * i + 1]! - v!)
  }
  return sum / count
}

/** Frames of the film that are pinned. */
export const pinsOf = (desk: Desk): number[] => Object.keys(desk.clip().frames).map(Number)
