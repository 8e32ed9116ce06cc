import { describe, expect, it } from 'vitest'
import type { BannerStream } from '../opening/probeText.ts'
import { bystanders, DamageLog, isDamageTalk } from './damageTalk.ts'

const matroska = ['matroska', 'webm']

describe('a line of ffmpeg’s log', () => {
  it.each([
    '[ffv1 @ 0x55] [error] slice CRC mismatch 734250D5!at 1.833000 seconds',
    '[h264 @ 0x55] [error] error while decoding MB 0 5, bytestream 1761',
    '[warning] file:/reels/a.mkv: corrupt decoded frame in stream 0',
    '[vist#0:0/prores @ 0x1] [dec:prores @ 0x2] [warning] corrupt decoded frame',
    '[error] Error while decoding stream #0:0: Invalid data found when processing input',
    '[mjpeg @ 0x1] [warning] EOI missing, emulating',
  ])('%s: tells of damage', (line) => {
    expect(isDamageTalk(line, matroska)).toBe(true)
  })

  it.each([
    '[h264 @ 0x1] [error] SEI type 5 size 256 truncated at 255',
    '[swscaler @ 0x1] [warning] deprecated pixel format used, make sure you did set range correctly',
    '[null @ 0x1] [error] Application provided invalid, non monotonically increasing dts to muxer in stream 0: 4 >= 3',
    '[matroska,webm @ 0x1] [error] File ended prematurely at pos. 700000',
    '[in#0/avi @ 0x1] [warning] Packet corrupt (stream = 0, dts = 72).',
    '[warning] file:/reels/a.avi: corrupt input packet in stream 0',
    '[info] decoder -> ist_index:0 type:video frame_pts:1833',
    '  Stream #0:0: Video: ffv1 (invalid, corrupt), gray, 320x240',
  ])('%s: tells of none', (line) => {
    expect(isDamageTalk(line, matroska)).toBe(false)
  })
})

describe('what ffmpeg says of the streams beside a film', () => {
  const stream = (index: number, codec: string) => ({ index, codec }) as BannerStream
  const others = bystanders(
    { container: ['mov', 'mp4'], streams: [stream(0, 'mjpeg'), stream(1, 'h264'), stream(2, 'mp3')] },
    1,
  )

  it.each([
    '[mjpeg @ 0x1] [warning] EOI missing, emulating',
    '[mp3float @ 0x1] [error] Header missing',
    '[mov,mp4 @ 0x1] [error] error reading header',
  ])('%s: tells of no damage in its pictures', (line) => expect(isDamageTalk(line, others)).toBe(false))

  it('is damage of the film where its own codec is the same', () => {
    const same = bystanders({ container: ['avi'], streams: [stream(0, 'mjpeg'), stream(1, 'mjpeg')] }, 1)
    expect(isDamageTalk('[mjpeg @ 0x1] [warning] EOI missing, emulating', same)).toBe(true)
  })
})

describe('the log of a decoder', () => {
  const out = '[info] decoder -> ist_index:0 type:video frame_pts:1'

  it('marks the pictures that ffmpeg marks, and does not blame the next one for what was said of them before', () => {
    const log = new DamageLog(matroska)
    for (const line of [
      out,
      '[h264 @ 0x1] [error] error while decoding MB 0 5',
      out,
      out,
      '[warning] a.mkv: corrupt decoded frame in stream 0',
      out,
    ]) {
      log.line(line)
    }
    expect([[...log.marked], [...log.loose]]).toEqual([[3], []])
  })

  it('takes what was said for the next picture where ffmpeg marks none', () => {
    const log = new DamageLog(matroska)
    for (const line of [
      out,
      '[ffv1 @ 0x1] [error] slice CRC mismatch',
      '[ffv1 @ 0x1] [error] slice CRC mismatch',
      out,
      out,
    ])
      log.line(line)
    expect([[...log.marked], [...log.loose]]).toEqual([[], [1]])
  })
})
