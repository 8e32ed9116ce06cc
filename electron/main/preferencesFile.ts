/**
 * The program's settings in a file. A damaged or unwritable one is never an error: what can't be read is as it came.
 */
import { readFileSync } from 'node:fs'
import { defaultPreferences, preferencesSchema, type Preferences } from '../contract/preferences.ts'
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

  constructor(private readonly file: string) {
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
    await writeAtomic(this.file, JSON.stringify(this.#current, null, 1)).catch(() => undefined)
    return this.#current
  }
}
