/** What set-up says: a line for each thing it does, and one sentence with one line to run where it can't go on. */

/** Says on one line what happens now. Goes to stderr, so that the output of the command behind it stays clean. */
export function say(line: string): void {
  process.stderr.write(`Set-up: ${line}\n`)
}

/** Set-up can't go on. The message is for the person at the keyboard: it is shown without a stack trace. */
export class SetupProblem extends Error {
  /**
   * @param sentence what is missing
   * @param line the one line to run that mends it
   */
  constructor(
    readonly sentence: string,
    readonly line: string,
  ) {
    super(`${sentence}\n\n    ${line}\n`)
    this.name = 'SetupProblem'
  }
}

/** One line of an error for a report of one line: what pip or apt call the error, or else its first line. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const lines = message.split('\n').map((line) => line.trim())
  const named = lines.find((line) => /^(ERROR|E): /.test(line))?.replace(/^(ERROR|E): /, '')
  return named ?? lines.find((line) => line !== '') ?? 'unknown reason'
}
