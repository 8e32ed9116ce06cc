import { describe, expect, it } from 'vitest'
import { english } from '../../../../test/material/english.ts'
import { FailureWatch, failedRead, inputFailure, judge, readFailure, type Reading } from './readEnd.ts'

const url = 'file:/reels/the end: part 2.mkv'

describe('a line of ffmpeg’s log', () => {
  it.each([
    // As 5.1, 7.0 and 9.0 say it.
    [`[error] ${url}: Input/output error`, 'Input/output error'],
    [`${url}: Stale file handle`, 'Stale file handle'],
    [`[error] ${url}: Connection timed out`, 'Connection timed out'],
    ['[in#0/matroska,webm @ 0x55cdbc645d40] [error] Error during demuxing: Input/output error', 'Input/output error'],
    ['[in#0/mov,mp4 @ 0x1] [error] Error during demuxing: Permission denied', 'Permission denied'],
    ['[in#0 @ 0x55e1d767cd40] [error] Error opening input: No such device or address', 'No such device or address'],
    // No list holds everything that a system may say.
    [
      '[in#0/avi @ 0x1] [error] Error during demuxing: The semaphore timeout period has expired',
      'The semaphore timeout period has expired',
    ],
    [`[error] ${url}: The tape snapped`, 'The tape snapped'],
    ['[error] Error number -10054 occurred', null],
    [`[error] ${url}: Error number -10054 occurred`, 'Error number -10054 occurred'],
  ])('%s: says why a read failed, or nothing', (line, reason) => {
    expect(readFailure(line, ['-i', url])).toBe(reason)
  })

  it.each([
    `[error] ${url}: Invalid data found when processing input`,
    '[in#0/avi @ 0x1] [error] Error during demuxing: Invalid data found when processing input',
    '[in#0/avi @ 0x1] [error] Error during demuxing: Operation not permitted',
    `[warning] ${url}: corrupt input packet in stream 0`,
    `[warning] ${url}: corrupt decoded frame in stream 0`,
    '[matroska,webm @ 0x1] [error] File ended prematurely',
    '[h264 @ 0x1] [error] error while decoding MB 10 2, bytestream -8',
    '[ffv1 @ 0x1] [error] slice CRC mismatch 356A6E92! at 0.000000 seconds',
    'frame:12 pts:12 pts_time:0.5',
  ])('%s: tells of the film’s own damage', (line) => {
    expect(readFailure(line, ['-i', url])).toBeNull()
  })
})

describe('a line of the log of a child that writes as well', () => {
  it.each([
    [`[error] ${url}: Input/output error`, 'Input/output error'],
    ['[in#1/matroska,webm @ 0x55cdbc645d40] [error] Error during demuxing: Input/output error', 'Input/output error'],
    [`[error] ${url}: Invalid data found when processing input`, null],
    ['[error] av_interleaved_write_frame(): Input/output error', null],
    ['[error] Error writing trailer of file:/exports/reel.mkv: Input/output error', null],
    ['[out#0/matroska @ 0x1] [error] Error muxing a packet: Input/output error', null],
    ['[in#0/matroska,webm @ 0x1] [error] Error during demuxing: Input/output error', null],
  ])('%s: says why the film could not be read, or nothing of it', (line, reason) => {
    expect(inputFailure(line, ['-i', url], 1)).toBe(reason)
  })
})

describe('the end of a run of pictures', () => {
  const numbering = { folder: '/reels/100%', before: 'scan_', digits: 5, padded: true, after: '.tif' }
  const sequence = { first: 8, count: 2, digits: 5, timecode: null, rateFrom: 'assumed', numbering } as const
  const heard = (...lines: string[]): string | null => {
    const watch = new FailureWatch({ args: ['-i', 'file:/reels/100%%/scan_%05d.tif'], sequence })
    for (const line of lines) watch.hear(line)
    return watch.failure
  }

  it.each([
    '[error] file:/reels/100%%/scan_%05d.tif: Input/output error',
    '[error] Error demuxing input file 0: Input/output error',
    '[in#0/image2 @ 0x1] [error] Error during demuxing: Input/output error',
    '[in#0/image2 @ 0x1] [error] Error during demuxing: No such file or directory',
  ])('is a gap that ffmpeg runs into, as 5.1, 6.0, 7.0 and 9.0 call it: %s', (said) => {
    const gap = ['[image2 @ 0x1] [error] Could not open file : /reels/100%/scan_00010.tif', said]
    expect(heard(...gap)).toBeNull()
    // 6.0 says it once more, before or after the last picture.
    const again = `[error] file:/reels/100%%/scan_%05d.tif: ${said.slice(said.lastIndexOf(': ') + 2)}`
    expect(heard(...gap, again)).toBeNull()
    expect(heard(...gap, again, again)).not.toBeNull()
  })

  it.each([
    [
      'one of its pictures is gone',
      '[image2 @ 0x1] [error] Could not open file : /reels/100%/scan_00009.tif',
      '[in#0/image2 @ 0x1] [error] Error during demuxing: Input/output error',
    ],
    ['a picture can not be read', '[in#0/image2 @ 0x1] [error] Error during demuxing: Input/output error'],
    [
      'the disk goes behind its end',
      '[image2 @ 0x1] [error] Could not open file : /reels/100%/scan_00010.tif',
      '[in#0/image2 @ 0x1] [error] Error during demuxing: No such file or directory',
      '[error] file:/reels/100%%/scan_%05d.tif: Input/output error',
    ],
  ])('is none where %s', (_title, ...lines) => {
    expect(heard(...lines)).toBe('Input/output error')
  })
})

describe('the end of a reading', () => {
  const good: Reading = { code: 0, signal: null, failure: null, changed: false, reached: true, arrived: 100 }

  it.each<[string, Partial<Reading>, ReturnType<typeof judge>]>([
    ['is the film’s own when its last frame came', {}, 'whole'],
    ['is the film’s own when its last frame came, whatever the exit code', { code: 69 }, 'whole'],
    ['is to be looked into when the last frames did not come, though nothing was said', { reached: false }, 'short'],
    ['is to be looked into when no picture came at all', { reached: false, code: 234, arrived: 0 }, 'short'],
    [
      'is none when the system could not read, though ffmpeg exits with 0',
      { failure: 'Input/output error' },
      'unreadable',
    ],
    ['is none when ffmpeg gave up midway', { reached: false, code: 1 }, 'unreadable'],
    ['is none when the decoder was killed', { code: null, signal: 'SIGKILL' }, 'killed'],
    ['is none when the decoder ended itself by a mistake of its own', { code: null, signal: 'SIGSEGV' }, 'crashed'],
    ['is none when we have ended the decoder', { signal: 'SIGKILL', endedFor: 'memory' }, 'memory'],
    ['is none when the film is not the one that was opened', { changed: true, signal: 'SIGKILL' }, 'changed'],
  ])('%s', (_title, changes, verdict) => {
    expect(judge({ ...good, ...changes })).toBe(verdict)
  })

  it('is not put down to a disk where only the film’s name is gone', () => {
    const detail = 'file:/films/reel.mkv: No such file or directory'
    expect(failedRead('reel.mkv', 'unreadable', detail).message).toBe('“reel.mkv” is no longer where it was.')
    const run =
      '[image2 @ 0x5] Could not open file : /scans/a_0007.dpx\nfile:/scans/a_%04d.dpx: No such file or directory'
    expect(failedRead('a_0001.dpx', 'unreadable', run).message).toMatch(/^A picture of “a_0001\.dpx” is no longer/)
    expect(failedRead('reel.mkv', 'unreadable', 'reel.mkv: Input/output error').message).toMatch(/disk may have been/)
  })

  it('is told in a sentence with something to do, for each way in which it can fail', () => {
    for (const verdict of ['changed', 'killed', 'unreadable', 'lost', 'crashed', 'stalled', 'memory'] as const) {
      const { code, message, advice } = failedRead('reel.mkv', verdict)
      expect([code, message, english(advice)]).toEqual([
        ['crashed', 'stalled', 'memory'].includes(verdict) ? 'ffmpeg-failed' : 'footage-changed',
        expect.stringMatching(/“reel\.mkv”.*\.$/),
        expect.stringMatching(/^[A-Z].+\.$/),
      ])
    }
  })
})
