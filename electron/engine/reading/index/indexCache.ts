/**
 * Frame indexes of films that were opened before. Making one reads the whole file, minutes of a feature film on a slow
 * disk; the same file (by path, size and time of change) is opened at once from then on. Disposable: losing it costs
 * time.
 */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { rationalSchema } from '../../../contract/schemas.ts'
import type { FilmSizes } from '../opening/filmSizes.ts'
import type { BuiltIndex } from './frameIndex.ts'
import type { RangeChange } from './rangeChange.ts'
import { renewKept, writeKept } from '../keptFiles.ts'

/** Changes when the same file would be indexed otherwise. */
const VERSION = 15
/** Films whose indexes are kept; that of a feature film takes about 3 MB. */
const KEPT = 200
const SUFFIX = '.index'

export interface KeptIndex extends BuiltIndex {
  /** Packets and frames match one to one. */
  readonly paired: boolean
  /** Pictures behind the last one that the container has lost. */
  readonly lost: number
  /** Frames that decode, but not whole. */
  readonly flawed: readonly number[]
  /** Where sizes begin that are not those of the frames before. */
  readonly sizes: FilmSizes['changes']
  /** Where pictures are called of another range; null for nowhere. */
  readonly otherRange: RangeChange | null
  /** Share of the decoded pictures that are of two fields; null where none was decoded. */
  readonly interlaced: number | null
  /** The first frame that says its fields come in another order than the first one's; null where none does. */
  readonly otherOrder: number | null
}

const sizeSchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  format: z.string(),
  aspect: z.object({ num: z.number(), den: z.number() }),
})

const headSchema = z.object({
  version: z.literal(VERSION),
  timeBase: rationalSchema,
  frames: z.number().int().nonnegative(),
  damaged: z.array(z.number().int()),
  flawed: z.array(z.number().int()),
  cutOff: z.boolean(),
  lost: z.number().int().nonnegative(),
  checked: z.boolean(),
  paired: z.boolean(),
  end: z.number(),
  isClosed: z.boolean(),
  breaks: z.array(z.object({ frame: z.number().int(), ticks: z.number() })),
  sizes: z.array(z.tuple([z.number().int(), sizeSchema])),
  otherRange: z.object({ seconds: z.number().nullable() }).nullable(),
  interlaced: z.number().nullable(),
  otherOrder: z.number().int().nonnegative().nullable(),
})

/**
 * Names the file as it is now; null where that can't be told, and then nothing is kept. `how` is all else the index
 * depends on.
 */
async function nameOf(path: string, how: string): Promise<string | null> {
  try {
    const { size, mtimeMs, ino } = await stat(path)
    return `${createHash('sha256')
      .update(JSON.stringify([VERSION, path, size, mtimeMs, ino, how]))
      .digest('hex')
      .slice(0, 32)}${SUFFIX}`
  } catch {
    return null
  }
}

export class IndexCache {
  constructor(private readonly folder: string) {}

  /** What was kept of the file, or else what `make` makes, kept for the next time. */
  async recall(path: string, how: string, make: () => Promise<KeptIndex>): Promise<KeptIndex> {
    const name = await nameOf(path, how)
    if (name === null) return make()
    const known = await this.#read(join(this.folder, name))
    if (known) return known
    const made = await make()
    // A file that changed while it was read is not what its name says.
    if ((await nameOf(path, how)) === name) await this.#write(name, made)
    return made
  }

  async #read(file: string): Promise<KeptIndex | null> {
    try {
      const bytes = await readFile(file)
      const headEnd = bytes.indexOf(10)
      const {
        timeBase,
        frames,
        end,
        isClosed,
        version: _version,
        ...rest
      } = headSchema.parse(JSON.parse(bytes.toString('utf8', 0, headEnd)))
      const body = bytes.subarray(headEnd + 1)
      if (body.length !== 17 * frames) return null
      const times = (at: number): Float64Array =>
        new Float64Array(body.buffer.slice(body.byteOffset + 8 * at * frames, body.byteOffset + 8 * (at + 1) * frames))
      const seekable = Uint8Array.from(body.subarray(16 * frames))
      await renewKept(file)
      return {
        index: { timeBase, pts: times(0), stored: times(1), end, seekable, isClosed },
        ...rest,
      }
    } catch {
      return null
    }
  }

  async #write(name: string, { index, ...rest }: KeptIndex): Promise<void> {
    const { timeBase, pts, stored, end, seekable, isClosed } = index
    const head = JSON.stringify({
      version: VERSION,
      timeBase,
      frames: pts.length,
      end,
      isClosed,
      ...rest,
    })
    const bytesOf = (times: Float64Array): Buffer => Buffer.from(times.buffer, times.byteOffset, times.byteLength)
    const bytes = Buffer.concat([Buffer.from(`${head}\n`), bytesOf(pts), bytesOf(stored), seekable])
    await writeKept(this.folder, name, bytes, { suffix: SUFFIX, most: KEPT })
  }
}
