/**
 * What programs have answered before. To start an ffmpeg takes most of a tenth of a second of a processor, and a start
 * of the editor asks it five things that stay as they are while it is the same program over the same libraries.
 * Disposable: losing it costs time.
 */
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { digest } from '../../content/digest.ts'
import type { Recall } from '../ffmpeg/locateFfmpeg.ts'
import { renewKept, writeKept } from './keptFiles.ts'

/** Written anew whenever one of the system's libraries comes, goes or changes (ldconfig). */
const LIBRARIES = '/etc/ld.so.cache'
const SUFFIX = '.answers'
/** Programs whose answers are kept. */
const KEPT = 8

const answersSchema = z.record(z.string(), z.string())

function stateOf(path: string): readonly number[] | null {
  const state = statSync(path, { throwIfNoEntry: false })
  return state ? [state.ino, state.size, state.mtimeMs, state.ctimeMs] : null
}

/** A script answers for another program, of which nothing is seen here. */
function isScript(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(2)
    readSync(file, head, 0, 2, 0)
    return head.toString('latin1') === '#!'
  } finally {
    closeSync(file)
  }
}

/** Stands for the program as it is now; null where that can't be told, and then nothing is kept. */
function nameOf(program: string): string | null {
  try {
    const path = realpathSync(program)
    return isScript(path) ? null : `${digest(path, stateOf(path), stateOf(LIBRARIES))}${SUFFIX}`
  } catch {
    return null
  }
}

export class KeptAnswers {
  readonly #read = new Map<string, Promise<Map<string, string>>>()
  #writing: Promise<void> = Promise.resolve()

  constructor(private readonly folder: string) {}

  readonly recall: Recall = async (program, question, find) => {
    const name = nameOf(program)
    if (name === null) return find()
    const known = this.#read.get(name) ?? this.#readFile(name)
    this.#read.set(name, known)
    const answers = await known
    const before = answers.get(question)
    if (before !== undefined) return before
    const answer = await find()
    answers.set(question, answer)
    this.#writing = this.#writing.then(() => this.#write(name, answers))
    return answer
  }

  /** Resolves when all answers are on the disk, as far as that takes them. */
  settled(): Promise<void> {
    return this.#writing
  }

  async #readFile(name: string): Promise<Map<string, string>> {
    try {
      const path = join(this.folder, name)
      const answers = answersSchema.parse(JSON.parse(await readFile(path, 'utf8')))
      await renewKept(path)
      return new Map(Object.entries(answers))
    } catch {
      return new Map()
    }
  }

  #write(name: string, answers: ReadonlyMap<string, string>): Promise<void> {
    const text = JSON.stringify(Object.fromEntries(answers))
    return writeKept(this.folder, name, Buffer.from(text), { suffix: SUFFIX, most: KEPT })
  }
}
