/** Films whose pictures change their size or format midway: told on opening and with an export, and no sample lost in a part of one size. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { decodeFrames } from '../../electron/engine/reading/decode.ts'
import { IndexCache } from '../../electron/engine/reading/indexCache.ts'
import { openFootage } from '../../electron/engine/reading/probe.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { english } from '../material/english.ts'
import { drawFilm, type Film } from '../material/films.ts'
import { describe as describeFilm, lumaHashes } from '../material/inspect.ts'
import { startTestEngine } from '../material/testEngine.ts'
import { workFolder } from '../material/workFolder.ts'

// TensorFlow and the weights load within; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

/** IVF files one after another as one: their headers tell the first one's size, as those of a broadcast that switches do. */
function joinedIvf(parts: readonly Buffer[]): Buffer {
  const frames = parts.flatMap((part) => {
    const found: Buffer[] = []
    for (let at = 32; at < part.length; ) {
      const end = at + 12 + part.readUInt32LE(at)
      found.push(part.subarray(at, end))
      at = end
    }
    return found
  })
  const head = Buffer.from(parts[0]!.subarray(0, 32))
  head.writeUInt32LE(frames.length, 24)
  return Buffer.concat([head, ...frames.map((frame, n) => {
    const numbered = Buffer.from(frame)
    numbered.writeBigUInt64LE(BigInt(n), 4)
    return numbered
  })])
}

interface Joined {
  readonly path: string
  /** The films that it was joined of. */
  readonly parts: readonly string[]
}

/** Draws a film of several sizes, ten frames each. */
async function joined(folder: string, ending: string, sizes: readonly string[], film: Film): Promise<Joined> {
  const parts: string[] = []
  for (const [n, size] of sizes.entries()) {
    const output = ending === 'ts' ? ['-output_ts_offset', `${n * 0.4}`] : []
    parts.push(await drawFilm(folder, `part ${n}.${ending}`, { frames: 10, rate: '25', size, output, ...film }))
  }
  const path = join(folder, `joined.${ending}`)
  const bytes = parts.map((part) => readFileSync(part))
  writeFileSync(path, ending === 'ivf' ? joinedIvf(bytes) : Buffer.concat(bytes))
  return { path, parts }
}

const hashes = async (path: string): Promise<string[]> => (await lumaHashes(path)).map(({ md5 }) => md5)

const kinds: [name: string, ending: string, film: Film][] = [
  ['H.264 in a transport stream', 'ts', { codec: ['-c:v', 'libx264', '-g', '5', '-bf', '0'] }],
  ['JPEG pictures one after another', 'mjpeg', { codec: ['-c:v', 'mjpeg', '-q:v', '3'], pixelFormat: 'yuvj420p' }],
  ['VP8 in IVF', 'ivf', { codec: ['-c:v', 'libvpx', '-g', '5', '-b:v', '1M'] }],
]

describe('a film whose pictures change their size', () => {
  for (const [name, ending, film] of kinds) {
    it(`is told with the frame and the sizes, and its parts are exported as they are: ${name}`, async () => {
      const folder = workFolder()
      const { path, parts } = await joined(folder, ending, ['96x64', '160x112', '96x64'], film)
      const { open, export: runExport } = startTestEngine(folder)
      const info = await open(path, 'film')
      expect(info.frameCount).toBe(30)
      expect(english(...info.warnings)).toMatch(/changes within the film: 96 x 64 from frame 0 on, 160 x 112 from frame 10 on and 96 x 64 from frame 20 on\./)

      const own = join(folder, 'own.mkv')
      const part = await runExport({ jobId: 'part', footageId: 'film', target: own, format: 'ffv1-mkv', range: { from: 10, to: 20 }, overwrite: false })
      expect(part.error).toBeUndefined()
      expect(await hashes(own)).toEqual(await hashes(parts[1]!))
      expect(english(...(part.notes ?? []))).not.toMatch(/size/)

      const whole = join(folder, 'whole.mkv')
      const all = await runExport({ jobId: 'all', footageId: 'film', target: whole, format: 'ffv1-mkv', overwrite: false })
      expect(all.error).toBeUndefined()
      expect(await describeFilm(whole)).toMatch(/160x112/)
      expect((await hashes(whole)).slice(10, 20)).toEqual(await hashes(parts[1]!))
      expect(english(...(all.notes ?? []))).toMatch(/96 x 64 from frame 0 on, 160 x 112 from frame 10 on.*All were written as 160 x 112; those of another size were scaled/)
    })
  }

  it('is told of a long one by its keyframes, and the next time from what was kept', async () => {
    const folder = workFolder()
    const { path } = await joined(folder, 'ts', ['96x64', '160x112'], kinds[0]![2])
    const tools = await locateFfmpeg()
    const indexes = new IndexCache(join(folder, 'indexes'))
    for (let n = 0; n < 2; n++) {
      const { info, source } = await openFootage(tools, path, { checkedPixels: 0, indexes })
      expect(source.checked).toBe(false)
      expect(english(...info.warnings)).toMatch(/160 x 112 from frame 10 on/)
    }
  })

  it('is noticed while it is read, where opening it could not tell', async () => {
    const folder = workFolder()
    for (const [n, size] of ['96x64', '96x64', '128x64'].entries()) await drawFilm(folder, `scan_00${n}.png`, { frames: 1, size, pixelFormat: 'gray', codec: ['-c:v', 'png'] })
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, join(folder, 'scan_000.png'))
    for await (const _ of decodeFrames(tools, footage, { from: 0, to: 3 }));
    expect(footage.source.sizes.changes.map(([frame, { width }]) => [frame, width])).toEqual([[2, 128]])
  })
})

describe('a film whose pictures change their format', () => {
  it('is told with both, and a part of one is exported in its own', async () => {
    const folder = workFolder()
    const codec = { codec: ['-c:v', 'mjpeg', '-q:v', '3'] }
    const first = await drawFilm(folder, 'a.mjpeg', { frames: 10, rate: '25', pixelFormat: 'yuvj420p', ...codec })
    const second = await drawFilm(folder, 'b.mjpeg', { frames: 10, rate: '25', pixelFormat: 'yuvj422p', ...codec })
    const path = join(folder, 'both.mjpeg')
    writeFileSync(path, Buffer.concat([readFileSync(first), readFileSync(second)]))
    const { open, export: runExport } = startTestEngine(folder)
    const info = await open(path, 'film')
    expect(english(...info.warnings)).toMatch(/96 x 64 \(yuvj420p\) from frame 0 on and 96 x 64 \(yuvj422p\) from frame 10 on/)
    const target = join(folder, 'second.mkv')
    const end = await runExport({ jobId: 'part', footageId: 'film', target, format: 'ffv1-mkv', range: { from: 10, to: 20 }, overwrite: false })
    expect(end.error).toBeUndefined()
    expect(await hashes(target)).toEqual(await hashes(second))
    expect(await describeFilm(target)).toMatch(/yuv422p/)
  })
})
