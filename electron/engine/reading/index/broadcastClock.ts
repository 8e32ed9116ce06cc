/**
 * The clock of broadcast recordings. It starts anywhere, is set anew at will, and in MPEG transport and program streams
 * it is full after 33 bits of 90 kHz (26.5 hours; ISO/IEC 13818-1, 2.4.3.7) and begins again at zero. ffmpeg counts on
 * there, but by one offset for all streams of an input, from the first of them on that gets there: packets of others
 * that come meanwhile are moved as well. So streams that must keep step are read by inputs of their own. Pure.
 */
import type { Banner } from '../opening/probeText.ts'

const FULL_SECONDS = 2 ** 33 / 90_000

export function isBroadcast({ container }: Pick<Banner, 'container'>): boolean {
  return container.some((name) => name === 'mpegts' || name === 'mpeg' || name === 'wtv')
}

/** Seconds after which the stored clock is full and begins again at zero; null where it never does. */
export function fullClock({ container }: Pick<Banner, 'container'>): number | null {
  return container.some((name) => name === 'mpegts' || name === 'mpeg') ? FULL_SECONDS : null
}

/** @param lastSeconds the latest time that ffmpeg tells of a film: beyond a full clock it has counted on */
export function countsOn(banner: Pick<Banner, 'container'>, lastSeconds: number): boolean {
  return lastSeconds >= (fullClock(banner) ?? Infinity)
}
