/**
 * The shape of pixels where ffmpeg has it wrong: PNG's pHYs chunk says how many pixels there are to a unit across and
 * down (W3C PNG, 11.3.4.3), of which wide pixels have fewer across. Every version of ffmpeg takes the two numbers for
 * the shape itself as it reads and as it writes them.
 */
import { extname } from 'node:path'
import type { Rational } from '../../../contract/schemas.ts'
import type { InputFile } from '../inputFile.ts'

type Pictures = Pick<InputFile, 'path' | 'sequence'>

/** Whether ffmpeg tells, and hands to its filters, the height of a pixel by its width instead of width by height. */
export function isAspectInverted({ path, sequence }: Pictures): boolean {
  return sequence !== null && extname(path).toLowerCase() === '.png'
}

/** @param said by ffmpeg of pictures in that file */
export function trueAspect(file: Pictures, said: Rational): Rational {
  return isAspectInverted(file) && said.num > 0 && said.den > 0 ? { num: said.den, den: said.num } : said
}
