import { createHash } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { decodeFrames, decodeLumas } from '../../electron/engine/reading/decoding/decode.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { logRuns } from '../../electron/engine/ffmpeg/runFfmpeg.ts'
import type { Plane } from '../../electron/engine/picture/pixelLayout.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { createFrameReader } from '../../electron/engine/reading/decoding/reader.ts'
import { drawFilm, ffv1, longGopH264, openGopH264, type Film } from '../material/films.ts'
import { frameHash, pictureHashes } from '../material/inspect.ts'
import { groupsOf } from '../material/numberedFilm.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The same sequence of frames in every run, forward, back and far. */
function wander(count: number, steps: number): number[] {
  let state = 12345
  let at = 0
  const random = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % limit
  }
  return Array.from({ length: steps }, () => {
    const kind = random(4)
    at = kind === 0 ? random(count) : kind === 1 ? at - 1 : kind === 2 ? at + 1 : at + random(20)
    at = Math.min(count - 1, Math.max(0, at))
    return at
  })
}

/** isClosed: what the keyframes of a container with tables tell; false where nothing is known. */
const films: Record<string, Film & { name: string; isClosed?: true }> = {
  'H.264 with long groups and B-frames': { name: 'long.mp4', codec: longGopH264, isClosed: true },
  'H.264 with short groups and B-frames': {
    name: 'short.mp4',
    codec: ['-c:v', 'libx264', '-g', '9', '-bf', '3', '-x264-params', 'scenecut=0'],
    isClosed: true,
  },
  'H.264 with open groups': { name: 'open.mp4', codec: openGopH264 },
  'H.264 with open groups in a transport stream': { name: 'open.ts', codec: openGopH264 },
  'H.264 in Matroska, 24000/1001': { name: 'open.mkv', codec: openGopH264, rate: '24000/1001' },
  'H.265 with open groups': {
    name: 'hevc.mp4',
    codec: ['-c:v', 'libx265', '-x265-params', 'keyint=20:open-gop=1:bframes=4:log-level=error'],
    // Leading pictures alone refer to what is before a random access point.
    isClosed: true,
  },
  'MPEG-2 with B-frames in a program stream': {
    name: 'mpeg2.mpg',
    codec: ['-c:v', 'mpeg2video', '-g', '12', '-bf', '2', '-b:v', '2M'],
    rate: '25',
  },
  'MPEG-4 with B-frames in AVI': { name: 'mpeg4.avi', codec: ['-c:v', 'mpeg4', '-g', '12', '-bf', '2', '-q:v', '3'] },
  'MPEG-2 in MXF': {
    name: 'mpeg2.mxf',
    codec: ['-c:v', 'mpeg2video', '-g', '12', '-bf', '2', '-b:v', '4M'],
    rate: '25',
    size: '96x64',
  },
  VP9: {
    name: 'vp9.webm',
    codec: [
      '-c:v',
      'libvpx-vp9',
      '-g',
      '30',
      '-b:v',
      '300k',
      '-auto-alt-ref',
      '1',
      '-lag-in-frames',
      '12',
      '-cpu-used',
      '6',
    ],
  },
  'VP8 with hidden frames': {
    name: 'vp8.webm',
    codec: [
      '-c:v',
      'libvpx',
      '-g',
      '30',
      '-b:v',
      '300k',
      '-auto-alt-ref',
      '1',
      '-lag-in-frames',
      '12',
      '-cpu-used',
      '6',
    ],
  },
  ProRes: { name: 'prores.mov', codec: ['-c:v', 'prores_ks'], pixelFormat: 'yuv422p10le' },
  FFV1: { name: 'ffv1.mkv', codec: ffv1, pixelFormat: 'yuv444p10le' },
  'motion JPEG': { name: 'mjpeg.avi', codec: ['-c:v', 'mjpeg', '-q:v', '3'], pixelFormat: 'yuvj422p' },
  'a varying rate': {
    name: 'vfr.mp4',
    codec: longGopH264,
    filters: "setpts='(N+floor(N/7)*2+gt(N\\,30)*11)/TB/24'",
    isClosed: true,
  },
}

describe('a frame reader', () => {
  for (const [title, { name, isClosed = false, ...film }] of Object.entries(films)) {
    it(`gives the very frame asked for: ${title}`, async () => {
      const path = await drawFilm(folder, name, { frames: 70, ...film })
      const tools = await locateFfmpeg()
      const footage = await openFootage(tools, path)
      const truth = await pictureHashes(path)
      expect(footage.info.frameCount).toBe(truth.length)

      // As for long films, which are not decoded on opening.
      const unchecked = await openFootage(tools, path, { checkedPixels: 0 })
      expect(unchecked.index.isClosed).toBe(isClosed)
      const seconds = Array.from(
        unchecked.index.pts,
        (pts) => (pts * unchecked.index.timeBase.num) / unchecked.index.timeBase.den,
      )
      expect(seconds.length).toBe(truth.length)
      seconds.forEach((time, n) => expect(time).toBeCloseTo(truth[n]?.seconds ?? NaN, 5))

      const sequential: string[] = []
      const planes: string[] = []
      const hash = (plane: Plane): string => createHash('md5').update(plane).digest('hex')
      for await (const frame of decodeFrames(tools, footage, { from: 0, to: footage.info.frameCount })) {
        sequential.push(frameHash(frame))
        planes.push(hash(frame.y))
      }
      expect(sequential).toEqual(truth.map((frame) => frame.md5))
      const lumas: string[] = []
      for await (const { made } of decodeLumas(tools, footage, { from: 5, to: footage.info.frameCount }, ({ y }) =>
        hash(y),
      ))
        lumas.push(made)
      expect(lumas).toEqual(planes.slice(5))

      const reader = createFrameReader(tools, unchecked)
      for (const n of wander(truth.length, 25)) {
        const frame = await reader.read(n)
        expect(frame.number).toBe(n)
        expect(frameHash(frame), `frame ${n}`).toBe(truth[n]?.md5)
      }
      await reader.close()
    })
  }

  it('steps on and back without decoding anew where keyframes are rare, also after a jump to the end', async () => {
    const count = 3000
    const codec = [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '100000',
      '-keyint_min',
      '100000',
      '-sc_threshold',
      '0',
      '-bf',
      '0',
    ]
    const path = await drawFilm(folder, 'one keyframe.mp4', { frames: count, size: '64x64', codec })
    const starts = join(folder, 'starts')
    const counting = join(folder, 'counting-ffmpeg')
    const tools = await locateFfmpeg()
    writeFileSync(counting, `#!/bin/sh\necho >> '${starts}'\nexec '${tools.path}' "$@"\n`, { mode: 0o755 })
    const footage = await openFootage(tools, path)
    expect([footage.info.frameCount, footage.index.seekable.reduce((sum, key) => sum + key, 0)]).toEqual([count, 1])
    const reader = createFrameReader({ ...tools, path: counting }, footage)
    const decoders = (): number => statSync(starts).size
    for (let n = 0; n < 40; n++) expect((await reader.read(n)).number).toBe(n)
    expect(decoders()).toBe(1)
    // A jump starts a decoder of its own: it passes over all up to there, where one that runs already hands it over.
    for (let n = count - 60; n < count - 20; n++) expect((await reader.read(n)).number).toBe(n)
    for (let n = count - 21; n > count - 100; n--) expect((await reader.read(n)).number).toBe(n)
    expect(decoders()).toBe(2)
    const again = createFrameReader({ ...tools, path: counting }, footage)
    for (const n of [count - 50, count - 51, count - 90, count - 49, count - 51])
      expect((await again.read(n)).number).toBe(n)
    expect(decoders()).toBe(3)
    await Promise.all([reader.close(), again.close()])
  })

  it('jumps back to a frame just behind a keyframe without decoding the group before it', async () => {
    const path = await drawFilm(folder, 'jumped.mp4', { frames: 120, codec: groupsOf(50) })
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, path, { checkedPixels: 0 })
    expect([footage.index.isClosed, footage.index.seekable[50]]).toEqual([true, 1])
    const reader = createFrameReader(tools, footage)
    await reader.read(100)
    const starts: (string | undefined)[] = []
    logRuns({
      begin: (_, args) => {
        starts.push(args[args.indexOf('-ss') + 1])
        return { heard: () => undefined, ended: () => undefined }
      },
    })
    onTestFinished(() => logRuns({ begin: () => ({ heard: () => undefined, ended: () => undefined }) }))
    expect((await reader.read(52)).number).toBe(52)
    for (const frame of [51, 50, 49]) expect((await reader.read(frame)).number).toBe(frame)
    // One decoder from that keyframe on, and one for what lies before it.
    expect([starts.length, starts[0]]).toEqual([2, (50 / 24).toFixed(6)])
    await reader.close()
  })

  it('rejects a frame outside the film and goes on', async () => {
    const path = await drawFilm(folder, 'short.mkv', { frames: 3 })
    const tools = await locateFfmpeg()
    const reader = createFrameReader(tools, await openFootage(tools, path))
    await expect(reader.read(3)).rejects.toThrow(RangeError)
    expect((await reader.read(2)).number).toBe(2)
    await reader.close()
  })

  it('stops at once when decoding is aborted', async () => {
    const path = await drawFilm(folder, 'abort.mkv', { frames: 60 })
    const tools = await locateFfmpeg()
    const footage = await openFootage(tools, path)
    const abort = new AbortController()
    const read = async (): Promise<void> => {
      for await (const frame of decodeFrames(tools, footage, { from: 0, to: 60 }, { signal: abort.signal }))
        if (frame.number === 5) abort.abort()
    }
    await expect(read()).rejects.toMatchObject({ code: 'cancelled' })
  })
})
