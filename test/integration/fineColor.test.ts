/** The fine color of a pinned picture, from the document to the exported film, and what keeps it. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../electron/contract/operations.ts'
import { unkeptColoring } from '../../electron/main/pinPicture.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import type { SourceFrame } from '../../electron/engine/reading/footage.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { ffmpeg } from '../material/films.ts'
import { connectFrames } from '../material/frameLine.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

const [WIDTH, HEIGHT, FRAMES] = [1280, 720, 8]
/** Of the thread in frame 0; it moves down by so many at every frame. */
const [ROW, DOWN] = [400, 6]

/** A cloth that moves down; the picture has a red thread in it that no luma shows, thinner than networks see. */
async function draw(folder: string): Promise<{ film: string; picture: string }> {
  const cloth = `nullsrc=s=${WIDTH}x800:r=24,format=yuv444p,geq='255*random(1)':128:128,gblur=4,normalize,loop=99:1:0`
  const seen = `crop=${WIDTH}:${HEIGHT}:0:'60-${DOWN}*n'`
  const drawn = async (name: string, filters: string, frames: number, output: readonly string[]): Promise<string> => {
    const path = join(folder, name)
    const source = ['-f', 'lavfi', '-i', `${cloth},${seen},${filters}`, '-frames:v', `${frames}`]
    await ffmpeg([...source, ...output, `file:${path}`])
    return path
  }
  const thread = `geq='lum(X,Y)':128:'if(lt(abs(Y-${ROW}),2),178,128)'`
  return {
    film: await drawn('film.mkv', 'format=gray', FRAMES, ['-c:v', 'ffv1']),
    picture: await drawn('thread.png', thread, 1, ['-pix_fmt', 'rgb24']),
  }
}

async function framesOf(path: string): Promise<SourceFrame[]> {
  const footage = await openFootage(await locateFfmpeg(), path)
  const frames: SourceFrame[] = []
  const tools = await locateFfmpeg()
  for await (const frame of decodeFrames(tools, footage, { from: 0, to: FRAMES })) frames.push(frame)
  return frames
}

/** How red a frame is in its middle column, in code values: on the thread, and beside it. */
const redOf = ({ v }: SourceFrame, row: number): number => v![row * WIDTH + WIDTH / 2]! - 128
const threadOf = (frame: SourceFrame): number => redOf(frame, ROW + DOWN * frame.number)

const chromaOf = ({ u, v }: SourceFrame): Buffer => Buffer.concat([Buffer.from(u!), Buffer.from(v!)])

describe('the fine color of a pinned picture', () => {
  it('goes with what moves, in an export as in the viewer', async () => {
    const folder = workFolder()
    const { film, picture } = await draw(folder)
    const test = startTestEngine(folder)
    await test.open(film, 'film', { keyframes: [{ frame: 0, picturePath: picture }] })
    const order = { jobId: 'job', footageId: 'film', target: join(folder, 'out.mkv'), format: 'ffv1-mkv' } as const
    expect(await test.export({ ...order, overwrite: false })).toMatchObject({ state: 'done' })
    const line = connectFrames(test.engine)
    for (const frame of await framesOf(order.target)) {
      const drawn = (await line.picture({ frame: frame.number, coloring: 'picture' })).coloring!
      expect(drawn).toMatchObject({ picture: 'drawn', width: WIDTH, height: HEIGHT })
      // Nothing was edited, so that a comparison with what was there before edits finds nothing.
      const before = (await line.picture({ frame: frame.number, coloring: 'base-picture' })).coloring!
      expect(Buffer.from(before.coefficients.buffer).equals(Buffer.from(drawn.coefficients.buffer))).toBe(true)
      const row = ROW + DOWN * frame.number
      for (const [y, least, most] of [
        [row, 50, 66],
        [row - 20, -3, 3],
      ] as const) {
        const red = redOf(frame, y)
        expect(red, `row ${y} of frame ${frame.number}`).toBeGreaterThanOrEqual(least)
        expect(red, `row ${y} of frame ${frame.number}`).toBeLessThanOrEqual(most)
        // Drawn colors are shares of BT.601's differences, those of the file of BT.709's.
        const shown = drawn.coefficients[4 * (y * WIDTH + WIDTH / 2) + 3]!
        expect((255 * 1.402 * shown) / 1.5748).toBeCloseTo(red, 1)
      }
    }
  })

  it('stays with frames that are locked or pinned, whatever becomes of the picture’s pin', async () => {
    const { desk, exported } = await redThread()
    const before = await exported()
    for (const frame of before) expect(threadOf(frame), `frame ${frame.number}`).toBeGreaterThan(50)
    await desk.locks.lock('c', { id: 'lock', from: 3, to: 5, region: null })
    const base = (await unkeptColoring(desk, 'c', 6))!
    desk.session.apply({ type: 'pin', clip: 'c', frame: 6, base })
    desk.session.apply({ type: 'unpin', clip: 'c', frame: 0, keepColoring: false })
    await desk.colorize()
    const after = await exported()
    for (const frame of [3, 4, 6])
      expect(chromaOf(after[frame]!).equals(chromaOf(before[frame]!)), `${frame}`).toBe(true)
    // What is colored from the new pin has it from there, and what comes before it likewise.
    for (const frame of after) expect(threadOf(frame), `frame ${frame.number}`).toBeGreaterThan(50)
  })

  it('stays under edits where they leave the colors alone, of the pin as of another frame', async () => {
    const { desk, exported } = await redThread()
    const corner = {
      kind: 'lasso',
      points: [
        [0, 0],
        [0.3, 0],
        [0.3, 0.3],
        [0, 0.3],
      ],
    } as const
    const operation: Operation = {
      id: 'corner',
      enabled: true,
      type: 'region',
      shape: { ...corner, points: corner.points.map(([x, y]) => [x, y]) },
      inverted: false,
      feather: 0,
      adjustment: { kind: 'recolor', color: { u: 0.2, v: -0.1 }, strength: 1, variation: 1 },
    }
    for (const frame of [0, 4]) desk.session.apply({ type: 'add-operation', clip: 'c', frame, operation })
    const frames = await exported()
    for (const frame of frames) expect(threadOf(frame), `frame ${frame.number}`).toBeGreaterThan(50)
    for (const number of [0, 4]) expect(frames[number]!.u![20 * WIDTH + 20]).toBeGreaterThan(150)
  })

  async function redThread(): Promise<{ desk: Desk; exported: () => Promise<SourceFrame[]> }> {
    const folder = workFolder()
    const { film, picture } = await draw(folder)
    const desk = await openDesk(folder, { path: film, frameCount: FRAMES })
    const asset = await desk.session.assets.putFile(picture)
    desk.session.apply({ type: 'pin', clip: 'c', frame: 0, base: { kind: 'picture', asset } })
    await desk.colorize()
    let exports = 0
    const exported = async (): Promise<SourceFrame[]> => {
      const target = join(folder, `export ${++exports}.mkv`)
      expect(await desk.exported(await desk.order(target))).toMatchObject({ state: 'done' })
      return framesOf(target)
    }
    return { desk, exported }
  }
})
