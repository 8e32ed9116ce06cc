/**
 * The time of every frame that leaves ffmpeg's filters, told among its messages: so it is known before which frame
 * something was said. A pipe of its own would lose that order. (The showinfo filter tells times as well, but writes a
 * line in several pieces, which other threads' messages come between just when a frame is damaged.)
 */
import type { Readable } from 'node:stream'
import type { Rational } from '../../contract/schemas.ts'

/**
 * Filters that write a line per frame to stderr, in one piece and before the frame itself is written; times in ticks of
 * 'timeBase'.
 */
export function clockFilters(timeBase: Rational): string[] {
  return [
    `settb=${timeBase.num}/${timeBase.den}`,
    // Frames without metadata are passed over by the printing filter.
    'metadata=mode=add:key=colornn:value=1',
    'metadata=mode=print:key=colornn:direct=1:file=pipe\\\\:2',
  ]
}

/** A clock line, the line with the key that follows it, or the end of any other line. */
const token = /frame:\d+ +pts:(\S+) +pts_time:\S+\r?\n|colornn=1\r?\n|\r?\n/g

/**
 * Takes ffmpeg's messages and the clock's lines apart again. A message is written in pieces, and a clock line may stand
 * between two of them: it is taken out, and the message is whole.
 * @param onTime null for frames without a time
 */
export function eachClockedLine(
  stream: Readable,
  onLine: (line: string) => void,
  onTime: (pts: number | null) => void,
): void {
  /** Of a message, up to where a clock line came between. */
  let begun = ''
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    const text = rest + chunk
    let at = 0
    for (const match of text.matchAll(token)) {
      begun += text.slice(at, match.index)
      at = match.index + match[0].length
      if (match[1] !== undefined) {
        const pts = Number(match[1])
        onTime(Number.isSafeInteger(pts) ? pts : null)
      } else if (!match[0].startsWith('colornn')) {
        onLine(begun)
        begun = ''
      }
    }
    rest = text.slice(at)
  })
  stream.on('end', () => {
    if (begun + rest !== '') onLine(begun + rest)
  })
}
