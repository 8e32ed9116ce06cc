/** What was written behind `npm run inspect --`. Pure. */
import { resolve } from 'node:path'
import { wordsOf } from './arguments.ts'
import { WrongUse } from './wrongUse.ts'

export interface InspectCommand {
  readonly film: string
  /** What it was made of. */
  readonly original: string | null
  /** The report to write. */
  readonly html: string | null
  readonly json: boolean
  readonly overwrite: boolean
  readonly quiet: boolean
  readonly verbose: boolean
}

/** @param command as one types it */
export const inspectHelpFor = (
  command: string,
): string => `Looks a film through for places that are worth a look: flicker of color, gray leftovers, flashes, clipped
saturation, skin far from skin; low confidence where the record of an export lies beside it; doubled and dropped
frames where the original is named. What each rule says is in docs/manual.md.

  ${command} <film> [options]

  <film>                a film file, one picture of a numbered sequence, or a folder of them
  --original FILM       the film that it was made of
  --html REPORT         write a report with pictures, one file that opens anywhere
  --json                print what was found as JSON, for other programs
  --overwrite           replace the report if it is there
  --quiet               say nothing but what was found, and errors
  --verbose             with errors, show the details too
  -h, --help            print this

Nothing is written but the report. Exit codes: 0 looked through, whatever was found; 1 could not be done, 2 wrong use
of this command, 130 cancelled with Ctrl-C.
`

/** Null for the help. Paths are taken from 'folder'. Throws WrongUse. */
export function parseInspectLine(args: readonly string[], folder: string): InspectCommand | null {
  const { values, positionals } = wordsOf(args, {
    original: { type: 'string' },
    html: { type: 'string' },
    json: { type: 'boolean' },
    overwrite: { type: 'boolean' },
    quiet: { type: 'boolean', short: 'q' },
    verbose: { type: 'boolean', short: 'v' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) return null
  const [film, ...more] = positionals
  if (film === undefined || film === '') throw new WrongUse('No film was named.')
  if (more.length > 0) throw new WrongUse(`One film at a time: “${more[0]}” is one too many.`)
  for (const name of ['original', 'html'] as const)
    if (values[name] === '') throw new WrongUse(`--${name} wants the name of a file.`)
  // Of another ending it could be a film.
  if (values.html !== undefined && !/\.html?$/i.test(values.html))
    throw new WrongUse(`--html wants a name that ends in .html, not “${values.html}”.`)
  if (values.overwrite && values.html === undefined)
    throw new WrongUse('Only a report (--html) can be in the way of another one: leave --overwrite out.')
  return {
    film: resolve(folder, film),
    original: values.original === undefined ? null : resolve(folder, values.original),
    html: values.html === undefined ? null : resolve(folder, values.html),
    json: values.json ?? false,
    overwrite: values.overwrite ?? false,
    quiet: values.quiet ?? false,
    verbose: values.verbose ?? false,
  }
}
