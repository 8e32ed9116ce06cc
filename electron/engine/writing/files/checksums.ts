/**
 * The SHA-256 of finished exports, by which whoever keeps them sees later that nothing has changed. In a list beside
 * the export where that is asked for, as `sha256sum --check` reads it.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { freeSideFile, standingSideFile } from '../../../system/sideFile.ts'
import { writeAtomic } from '../../../system/writeAtomic.ts'
import { whyNotWritten } from './whyNotWritten.ts'

const TAIL = '.sha256'
/** How every list begins; programs that check it pass over such lines. */
const HEAD = '# SHA-256, written by ColoRNN Studio\n'

/** As 64 hexadecimal digits. Throws the system's error. */
export async function fileSum(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Whether a list lies there already, of what bore the export's name before. It would call the new file damaged. */
export async function hasSums(path: string): Promise<boolean> {
  return (await standingSideFile(path, TAIL, HEAD)) !== null
}

/** What there is to say of a file that could not be read for its sum. A list of what it has replaced goes. */
export async function missSums(path: string): Promise<Sentence[]> {
  const list = await standingSideFile(path, TAIL, HEAD)
  if (list !== null) await rm(list, { force: true }).catch(() => undefined)
  return [sentence`“${basename(path)}” could not be read for its checksum; there is none beside it.`]
}

/**
 * As GNU's programs write them: what could not stand in a line is escaped, and the line says so in front.
 * @param name as seen from the folder of the list
 */
function line(sum: string, name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return `${escaped === name ? '' : '\\'}${sum}  ${escaped}\n`
}

/**
 * A line a file, with its name as seen from the folder that the export lies in. Whole or not at all; in the place of an
 * earlier list, but of nothing else. The export is finished by then: a list that can not be written costs it nothing.
 * @param path of the export
 * @param sum of the file; null of a folder of pictures, each of which is read
 * @returns what to tell the artist; nothing where all is as it should be
 */
export async function writeSums(path: string, sum: string | null): Promise<Sentence[]> {
  const name = basename(path)
  try {
    const lines = sum === null ? await pictureLines(path) : [line(sum, name)]
    await writeAtomic(await freeSideFile(path, TAIL, HEAD), `${HEAD}${lines.join('')}`)
    return []
  } catch (error) {
    const why = whyNotWritten(path, error)
    return [sentence`“${name}” is finished and whole, but its checksum could not be written. ${why}`]
  }
}

async function pictureLines(folder: string): Promise<string[]> {
  const lines: string[] = []
  for (const name of (await readdir(folder)).sort())
    lines.push(line(await fileSum(join(folder, name)), `${basename(folder)}/${name}`))
  return lines
}
