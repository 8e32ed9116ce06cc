/**
 * SMPTE timecode (ST 12-1) of a frame number, and back. Rates of 30000/1001 and 60000/1001 count in drop-frame:
 * the first two (four) numbers of every minute but each tenth are left out, so that the code keeps clock time.
 */
import { broadcastRate } from './frameRate.ts'
import type { Rational } from './schemas.ts'
import { sentence, type Sentence } from './sentence.ts'

/** Frame numbers per second of the counter: 24 for 24000/1001. */
export function nominalRate({ num, den }: Rational): number {
  return Math.max(1, Math.round(num / den))
}

/** Files and older projects have the rates that drop frames rounded as well, as 2997/100. */
function droppedPerMinute({ num, den }: Rational): number {
  const meant = broadcastRate(num / den)
  return meant?.num === 30000 ? 2 : meant?.num === 60000 ? 4 : 0
}

/** Whether timecode of this rate can count in drop-frame. */
export function hasDropFrame(rate: Rational): boolean {
  return droppedPerMinute(rate) > 0
}

const two = (n: number): string => String(n).padStart(2, '0')

/** hh:mm:ss:ff, with a semicolon before the frames in drop-frame. */
export function formatTimecode(frame: number, rate: Rational): string {
  const perSecond = nominalRate(rate)
  const dropped = droppedPerMinute(rate)
  let number = frame
  if (dropped > 0) {
    const perMinute = perSecond * 60 - dropped
    const perTenMinutes = perMinute * 10 + dropped
    const tens = Math.floor(frame / perTenMinutes)
    const rest = frame % perTenMinutes
    number += 9 * dropped * tens
    if (rest >= dropped) number += dropped * Math.floor((rest - dropped) / perMinute)
  }
  const seconds = Math.floor(number / perSecond)
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')
  return `${clock}${dropped > 0 ? ';' : ':'}${String(number % perSecond).padStart(perSecond > 100 ? 3 : 2, '0')}`
}

/**
 * Reads what a person types: a timecode (short forms are filled up from the left: "1:05" is one second, five frames)
 * or a plain frame number. Null when it is neither. A code that drop-frame leaves out means the next one that exists.
 */
export function parsePosition(text: string, rate: Rational): number | null {
  const trimmed = text.trim()
  if (/^\d+$/.test(trimmed)) return Number(trimmed)
  if (!/^\d{1,3}([:;.]\d{1,3}){1,3}$/.test(trimmed)) return null
  const parts = trimmed.split(/[:;.]/).map(Number)
  while (parts.length < 4) parts.unshift(0)
  const [hours, minutes, seconds, frames] = parts as [number, number, number, number]
  const perSecond = nominalRate(rate)
  if (minutes > 59 || seconds > 59 || frames >= perSecond) return null
  const dropped = droppedPerMinute(rate)
  const allMinutes = hours * 60 + minutes
  const missing = seconds === 0 && frames < dropped && minutes % 10 !== 0 ? dropped : frames
  return (allMinutes * 60 + seconds) * perSecond + missing - dropped * (allMinutes - Math.floor(allMinutes / 10))
}

/**
 * The same, or with a sign before it how far to go from a frame: "+48" is 48 frames on, "-1:00" a second back. It may
 * lie outside of the film.
 */
export function parsePlace(text: string, rate: Rational, from: number): number | null {
  const [, sign, rest] = /^\s*([+\-−])\s*(.*)$/.exec(text) ?? []
  if (sign === undefined || rest === undefined) return parsePosition(text, rate)
  const by = parsePosition(rest, rate)
  return by === null ? null : from + (sign === '+' ? by : -by)
}

/** A timecode that exists at its rate. */
export interface Timecode {
  /** Frames from 00:00:00:00 on. */
  readonly frame: number
  readonly dropFrame: boolean
}

const HOURS = 24

/** The rate that codes count by: without drop-frame as at the whole rate. */
function countedBy(rate: Rational, dropFrame: boolean): Rational {
  return dropFrame ? rate : { num: nominalRate(rate), den: 1 }
}

/**
 * Reads a whole timecode, hh:mm:ss:ff, with a semicolon (or a point) before the frames in drop-frame.
 * @returns why there is none, where it does not exist at this rate
 */
export function readTimecode(text: string, rate: Rational): Timecode | Sentence {
  const parts = /^\s*(\d{2}):(\d{2}):(\d{2})([:;.])(\d{2,3})\s*$/.exec(text)
  if (!parts) return sentence`“${text}” is no timecode; write hours, minutes, seconds and frames, as in 01:00:00:00.`
  const [hours, minutes, seconds, , frames] = parts.slice(1).map(Number) as [number, number, number, number, number]
  const perSecond = nominalRate(rate)
  if (hours >= HOURS || minutes > 59 || seconds > 59) {
    return sentence`The timecode “${text}” does not exist: hours go to 23, minutes and seconds to 59.`
  }
  if (frames >= perSecond) {
    return sentence`The timecode “${text}” does not exist at this frame rate: frames go to ${perSecond - 1}.`
  }
  const dropFrame = parts[4] !== ':'
  const dropped = droppedPerMinute(rate)
  if (dropFrame && dropped === 0) {
    return sentence`Drop-frame timecode, with a semicolon before the frames, exists at 29.97 and 59.94 frames/s alone; write “${text.replace(/[;.]/, ':')}”.`
  }
  if (dropFrame && seconds === 0 && frames < dropped && minutes % 10 !== 0) {
    return sentence`The timecode “${text}” does not exist: drop-frame leaves out the first ${dropped} of every minute but each tenth.`
  }
  return { frame: parsePosition(text, countedBy(rate, dropFrame))!, dropFrame }
}

/** The timecode `frames` later, or earlier; behind the last one of the day comes the first. */
export function laterTimecode({ frame, dropFrame }: Timecode, frames: number, rate: Rational): string {
  const by = countedBy(rate, dropFrame)
  const last = `${HOURS - 1}:59:59:${nominalRate(rate) - 1}`
  const day = parsePosition(last, by)! + 1
  return formatTimecode((((frame + frames) % day) + day) % day, by)
}
