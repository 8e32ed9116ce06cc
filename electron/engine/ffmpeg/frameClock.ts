/**
 * The time of every frame that leaves ffmpeg's filters, on a pipe of its own. (The log, where the showinfo filter would
 * tell it, is written by several threads at once and comes out garbled just when a frame is damaged.)
 */
import type { Rational } from '../../contract/schemas.ts'

/** Filters that write a line per frame to file descriptor 3, before the frame itself is written; times in ticks of 'timeBase'. */
export function clockFilters(timeBase: Rational): string[] {
  return [
    `settb=${timeBase.num}/${timeBase.den}`,
    // Frames without metadata are passed over by the printing filter.
    'metadata=mode=add:key=colornn:value=1',
    'metadata=mode=print:key=colornn:direct=1:file=pipe\\\\:3',
  ]
}

/** 'undefined' for lines that tell no time, null for frames without one. */
export function parseClockLine(line: string): number | null | undefined {
  const match = /^frame:\d+\s+pts:(\S+)/.exec(line)
  if (!match) return undefined
  const pts = Number(match[1])
  return Number.isSafeInteger(pts) ? pts : null
}
