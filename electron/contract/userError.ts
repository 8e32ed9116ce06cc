/**
 * An error that is meant to be read by an artist: what happened, and what to do about it.
 * Everything that can go wrong with a person's files ends as one of these; anything else that
 * reaches a border between processes is a bug and is reported as code 'internal'.
 */

import { inWords, noWords, sentence, type Sentence } from './sentence.ts'

/** Stable names of what can go wrong; tests and the window's choice of icon hang on them, never on the words. */
export const userErrorCodes = [
  'not-found',
  'no-permission',
  'is-a-folder',
  'empty-file',
  'not-a-film',
  'no-video',
  'damaged',
  'unsupported-picture',
  'bad-picture',
  'sound-unreadable',
  'bad-argument',
  'target-is-source',
  'target-folder-missing',
  'target-not-writable',
  'disk-full',
  'name-too-long',
  'ffmpeg-missing',
  'ffmpeg-too-old',
  'ffmpeg-failed',
  'encoder-missing',
  'weights-missing',
  'weights-damaged',
  'tensorflow-missing',
  'engine-stopped',
  'edit-refused',
  'not-a-project',
  'project-too-new',
  'project-in-use',
  'project-taken-over',
  'project-changed',
  'project-gone',
  'edits-unwritten',
  'footage-changed',
  'footage-missing',
  'cancelled',
  'internal',
] as const
export type UserErrorCode = (typeof userErrorCodes)[number]

/** The same error as plain data: the form in which it crosses processes. */
export interface UserErrorData {
  readonly code: UserErrorCode
  /** One sentence: what happened. Ends with a full stop. */
  readonly message: Sentence
  /** One sentence: what to do. Without words only for 'cancelled'. */
  readonly advice: Sentence
  /** For the log and the "details" fold, never the first thing shown: ffmpeg's last lines, an errno. */
  readonly detail?: string
}

export class UserError extends Error {
  readonly code: UserErrorCode
  /** 'message' is the same in English, for logs. */
  readonly said: Sentence
  readonly advice: Sentence
  readonly detail: string | undefined

  constructor(code: UserErrorCode, said: Sentence, advice: Sentence, detail?: string) {
    super(inWords(said))
    this.name = 'UserError'
    this.code = code
    this.said = said
    this.advice = advice
    this.detail = detail
  }

  toData(): UserErrorData {
    const { code, said, advice, detail } = this
    return { code, message: said, advice, ...(detail !== undefined && { detail }) }
  }

  static from(data: UserErrorData): UserError {
    return new UserError(data.code, data.message, data.advice, data.detail)
  }
}

/** What was under way is not wanted any more; nobody is told. */
export const cancelled = (): UserError => new UserError('cancelled', sentence`Cancelled.`, noWords)

/**
 * For work that nobody waits for and whose errors are told elsewhere, as of a film that is away: hands on what nobody
 * expects, be it the engine's.
 */
export const unlessExpected =
  (onTrouble: (error: unknown) => void) =>
  (error: unknown): void => {
    if (!(error instanceof UserError) || error.code === 'internal') onTrouble(error)
  }

/** Turns whatever was thrown into something an artist can read. Unknown errors keep their text as the detail. */
export function toUserErrorData(thrown: unknown): UserErrorData {
  if (thrown instanceof UserError) return thrown.toData()
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return {
    code: 'internal',
    message: sentence`Something went wrong inside ColoRNN Studio.`,
    advice: sentence`Your footage is unharmed. Try again; if it happens again, report it with the details below.`,
    detail,
  }
}

/** What a call across a process border resolves to: thrown errors lose their class there, so they travel as data. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: UserErrorData }
