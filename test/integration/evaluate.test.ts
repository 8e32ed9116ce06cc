/** `npm run evaluate`: what it says is of the film that the program exports. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ffmpeg } from '../material/films.ts'
import { workFolder } from '../material/workFolder.ts'

const evaluate = join(import.meta.dirname, '../../build/evaluate.mjs')

interface Row {
  readonly mean: { readonly chroma_psnr: number; readonly colorfulness_ratio: number }
  readonly clips: Readonly<Record<string, { readonly weakness?: Readonly<Record<string, number>> }>>
}

/** A colored disk goes over a ground of two colors, each with a luma of its own; 4:4:4, without loss. */
async function drawClip(folder: string, name: string): Promise<void> {
  const disk = 'lt(hypot(X-30-2*N,Y-40),18)'
  const parts = [
    `if(${disk},190,if(lt(X,70),70,120))`,
    `if(${disk},90,if(lt(X,70),115,150))`,
    `if(${disk},170,if(lt(X,70),140,110))`,
  ]
  const scene = `color=black:size=128x96:rate=24,format=yuv444p,geq=lum='${parts[0]}':cb='${parts[1]}':cr='${parts[2]}'`
  await ffmpeg(['-f', 'lavfi', '-i', scene, '-frames:v', '8', '-c:v', 'ffv1', join(folder, `${name}.mkv`)])
}

it('scores the exported film, beside the networks’ own chroma before the last step and what needs no network', async () => {
  const folder = workFolder()
  for (const name of ['disk', 'left-out']) await drawClip(folder, name)
  const wanted = [
    '--clips',
    '.',
    '--named',
    'disk',
    '--frames',
    '5',
    '--short-side',
    '96',
    '--no-pins',
    '--json',
    'scores.json',
  ]
  const { stdout } = await promisify(execFile)(process.execPath, [evaluate, ...wanted], { cwd: folder })
  for (const words of ['last fifth', 'first frame after the pin', 'under flow']) expect(stdout).toContain(words)
  const scores = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as { first_frame: Record<string, Row> }
  const [gray, inPlace, flow, networks, exported] = Object.values(scores.first_frame)
  expect(Object.keys(scores.first_frame)).toHaveLength(5)
  expect(Object.keys(exported!.clips)).toEqual(['disk'])
  expect(gray!.mean.colorfulness_ratio).toBeLessThan(0.01)
  expect(exported!.mean.colorfulness_ratio).toBeGreaterThan(0.5)
  for (const { mean } of [inPlace!, flow!, networks!, exported!])
    expect(mean.chroma_psnr).toBeGreaterThan(gray!.mean.chroma_psnr + 3)
  // The edges of its colors are those of its luma: the last step finds them again.
  expect(exported!.mean.chroma_psnr).toBeGreaterThan(networks!.mean.chroma_psnr)
  const weakness = exported!.clips['disk']!.weakness!
  const { first, worst, worst_frame: worstFrame, under_flow: underFlow, under_left_in_place: underInPlace } = weakness
  expect(first).toBeGreaterThanOrEqual(worst!)
  expect(worst).toBeLessThanOrEqual(exported!.mean.chroma_psnr)
  expect([1, 2, 3, 4]).toContain(worstFrame)
  for (const share of [underFlow, underInPlace]) expect([0, 0.25, 0.5, 0.75, 1]).toContain(share)
}, 600_000)
