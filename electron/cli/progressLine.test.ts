import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { JobProgress } from '../contract/schemas.ts'
import { formatProgress, formatSeconds, ProgressLine } from './progressLine.ts'

function progress(done: number): JobProgress {
  return {
    jobId: 'j',
    kind: 'export',
    footageId: 'f',
    state: 'running',
    done,
    total: 200,
    framesPerSecond: 12.34,
    secondsLeft: 3700,
    finished: [],
  }
}

function streamOf(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const stream = new PassThrough()
  let text = ''
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { stream: Object.assign(stream, { isTTY, columns: 60 }) as unknown as NodeJS.WriteStream, text: () => text }
}

describe('progress', () => {
  it('names frames, share, speed and time left', () => {
    expect(formatProgress(progress(50))).toBe('50 of 200 frames, 25 %, 12.3 frames/s, 1:01:40 left')
    expect(formatProgress({ kind: 'shots', done: 0, total: 0, framesPerSecond: 0, secondsLeft: null })).toBe(
      'Looking for shots: 0 of 0 frames, 0 %',
    )
    expect(formatProgress({ kind: 'export', done: 0, total: 1, framesPerSecond: 0, secondsLeft: null })).toBe(
      '0 of 1 frame, 0 %',
    )
    expect(formatSeconds(59.6)).toBe('1:00')
  })

  it('rewrites one line on a terminal, never wider than it', () => {
    const { stream, text } = streamOf(true)
    const line = new ProgressLine(stream)
    line.show(progress(1))
    line.show(progress(2))
    line.clear()
    expect(text()).not.toContain('\n')
    for (const part of text().split('\r\u001b[2K')) expect(part.length).toBeLessThan(60)
  })

  it('writes a plain line now and then into a log, and the last one always', () => {
    const { stream, text } = streamOf(false)
    let now = 0
    const line = new ProgressLine(stream, () => now)
    for (let done = 1; done <= 200; done++) {
      now += 100
      line.show(progress(done))
    }
    const lines = text().trim().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[4]).toContain('200 of 200 frames')
    expect(text()).not.toContain('\u001b')
  })
})
