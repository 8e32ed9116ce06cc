/**
 * The program's settings in a file. A damaged one is never an error: what can't be read is as it came. What can't be
 * written holds while the program runs, which is said.
 */
import { readFileSync } from 'node:fs'
import { defaultPreferences, preferencesSchema, type Preferences } from '../contract/preferences.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { isNoRoom } from '../system/errorCode.ts'
import { writeAtomic } from '../system/writeAtomic.ts'

/** Each setting by itself: one that a later version wrote otherwise does not take the others with it. */
export function readPreferences(text: string): Preferences {
  try {
    const stored: unknown = JSON.parse(text)
    if (typeof stored !== 'object' || stored === null) return defaultPreferences
    const kept = Object.entries(preferencesSchema.shape).flatMap(([name, schema]) => {
      const { success, data } = schema.safeParse((stored as Record<string, unknown>)[name])
      return success ? [[name, data]] : []
    })
    return { ...defaultPreferences, ...(Object.fromEntries(kept) as Partial<Preferences>) }
  } catch {
    return defaultPreferences
  }
}

export class PreferencesFile {
  #current: Preferences
  #isTold = false

  /** @param onTrouble that settings can't be kept; told once a run */
  constructor(
    private readonly file: string,
    private readonly onTrouble: (error: UserError) => void,
  ) {
    let text = ''
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      // The first start.
    }
    this.#current = readPreferences(text)
  }

  get current(): Preferences {
    return this.#current
  }

  async change(changes: Partial<Preferences>): Promise<Preferences> {
    this.#current = { ...this.#current, ...changes }
    await writeAtomic(this.file, JSON.stringify(this.#current, null, 1)).catch((error: unknown) => this.#tell(error))
    return this.#current
  }

  #tell(error: unknown): void {
    if (this.#isTold) return
    this.#isTold = true
    this.onTrouble(
      new UserError(
        isNoRoom(error) ? 'disk-full' : 'target-not-writable',
        sentence`Your settings could not be kept in “${this.file}”.`,
        sentence`They hold while the program runs. Make room on that disk, or let the program write there; then change a setting once more.`,
        error instanceof Error ? error.message : String(error),
      ),
    )
  }
}
