/**
 * Dissolves and wipes in color: from the colors of the one shot to those of the other, without a jump, always the same.
 */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawFilm, ffmpeg, ffv1 } from '../material/films.ts'
import { meanChroma, pictureHashes } from '../material/inspect.ts'
import { startTestEngine, type TestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const [FROM, TO, FRAMES] = [12, 24, 36]

/** Frames FROM..TO are on their way between two shots, of which a frame each is pinned: red and blue. */
async function openTransition(
  folder: string,
  kind: 'fade' | 'wipeleft',
): Promise<{ test: TestEngine; folder: string }> {
  const path = join(folder, `${kind}.mkv`)
  const shots = [
    await drawFilm(folder, 'a.mkv', { frames: TO, pixelFormat: 'gray' }),
    await drawFilm(folder, 'b.mkv', { frames: TO, pixelFormat: 'gray', filters: 'negate,hflip' }),
  ]
  const inputs = shots.flatMap((shot) => ['-i', shot])
  const xfade = `xfade=transition=${kind}:duration=${(TO - FROM) / 24}:offset=${FROM / 24}`
  await ffmpeg([
    ...inputs,
    '-filter_complex',
    `[0]settb=1/24[a];[1]settb=1/24[b];[a][b]${xfade},format=yuv420p`,
    '-frames:v',
    `${FRAMES}`,
    ...ffv1,
    path,
  ])
  const pictures = await Promise.all(
    ['0xb03020', '0x2040b0'].map(async (color) => {
      const picture = join(folder, `${color}.png`)
      await ffmpeg(['-f', 'lavfi', '-i', `color=${color}:s=96x64`, '-frames:v', '1', '-pix_fmt', 'rgb24', picture])
      return picture
    }),
  )
  const test = startTestEngine(folder)
  const keyframes = [
    { frame: 3, picturePath: pictures[0]! },
    { frame: FRAMES - 3, picturePath: pictures[1]! },
  ]
  await test.open(path, 'film', { cuts: [FROM, TO], transitions: [{ from: FROM, to: TO }], keyframes })
  return { test, folder }
}

async function exported(
  { test, folder }: { test: TestEngine; folder: string },
  range?: { from: number; to: number },
): Promise<string> {
  const target = join(folder, range ? 'part.mkv' : 'whole.mkv')
  const end = await test.export({
    jobId: target,
    footageId: 'film',
    target,
    format: 'ffv1-mkv',
    overwrite: false,
    ...(range && { range }),
  })
  expect(end.state, JSON.stringify(end.error)).toBe('done')
  return target
}

describe('a film with a pin on either side of a transition', () => {
  it('goes from the colors of the one to those of the other step by step, beginning and ending without a jump', async () => {
    for (const kind of ['fade', 'wipeleft'] as const) {
      const chroma = await meanChroma(await exported(await openTransition(workFolder(), kind)))
      const [left, right] = [chroma[FROM - 1]!, chroma[TO]!]
      const whole = Math.hypot(right[0] - left[0], right[1] - left[1])
      expect(whole).toBeGreaterThan(40)
      const steps = chroma.slice(1).map(([u, v], n) => Math.hypot(u - chroma[n]![0], v - chroma[n]![1]))
      const inside = steps.slice(FROM - 1, TO)
      // Even steps would be a thirteenth of the way.
      expect(Math.max(...inside), kind).toBeLessThan((3 * whole) / 13)
      // What is farther on is so in color as well.
      const way = [right[0] - left[0], right[1] - left[1]] as const
      const share = chroma
        .slice(FROM, TO)
        .map(([u, v]) => ((u - left[0]) * way[0] + (v - left[1]) * way[1]) / whole ** 2)
      for (const [n, part] of share.entries())
        expect(Math.abs(part - (n + 0.5) / share.length), `${kind} ${n}`).toBeLessThan(0.25)
    }
  })

  it('has the same colors there whatever was colored and written before', async () => {
    const [one, other] = [await openTransition(workFolder(), 'fade'), await openTransition(workFolder(), 'fade')]
    const whole = await pictureHashes(await exported(one))
    const part = await pictureHashes(await exported(other, { from: 17, to: 19 }))
    expect(part.map(({ md5 }) => md5)).toEqual(whole.slice(17, 19).map(({ md5 }) => md5))
    const job = await other.test.colorize('all', 'film')
    expect(job).toMatchObject({ state: 'done', done: FRAMES, total: FRAMES })
    expect(await pictureHashes(await exported(other))).toEqual(whole)
  })
})
