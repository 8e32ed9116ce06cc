/**
 * The shape of pixels where ffmpeg has it wrong: PNG's pHYs chunk says how many pixels there are to a unit across and
 * down (W3C PNG, 11.3.4.3), of which wide pixels have fewer across. Every version of ffmpeg takes the two numbers for
 * the shape itself as it reads and as it writes them.
 */
import { extname } from 'node:path'
import type { Rational } from '../../contract/schemas.ts'
import type { InputFile } from './inputFile.ts'

/** @param said by ffmpeg of pictures in that file */
export function trueAspect({ path, sequence }: Pick<InputFile, 'path' | 'sequence'>, said: Rational): Rational {
  const isWrong = sequence !== null && extname(path).toLowerCase() === '.png'
  return isWrong && said.num > 0 && said.den > 0 ? { num: said.den, den: said.num } : said
}
