/** What was written behind `npm run colorize --` or `colornn`. Pure. */
import { basename, resolve } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { readComparison, type FilmComparison } from '../contract/comparison.ts'
import type { LookThrough } from '../contract/exportQueue.ts'
import { endingOf, withEnding } from '../contract/fileEndings.ts'
import {
  exportFormat,
  exportFormatIds,
  exportFormats,
  exportPurposes,
  sizesWishes,
  usualFormat,
  wholeName,
  type ExportFormatId,
  type ExportPurpose,
  type SizesWish,
} from '../contract/formats.ts'
import { asItIs, type Delivery } from '../contract/delivery.ts'
import { parseRate } from '../contract/frameRate.ts'
import { pictureNumberSchema, type Keyframe, type Rational } from '../contract/schemas.ts'
import { CROPS_BARS, deliveryHelp, deliveryOf, deliveryOptions } from './deliveryArguments.ts'
import { isShotList } from '../contract/shotNumbers.ts'
import { WrongUse } from './wrongUse.ts'

/** One picture instead of a film: a frame, by its number or timecode; or all that is pinned, on a sheet. */
export type PictureWish = { readonly kind: 'still'; readonly at: string } | { readonly kind: 'sheet' }

/** A film, or a reel of a project, that is to be written. */
export interface FilmOrder {
  readonly source: string
  readonly target: string
  readonly format: ExportFormatId
  /** Of a project that has several: by name. */
  readonly reel: string | null
  readonly keyframes: readonly Keyframe[]
  /** Null for a film. */
  readonly picture: PictureWish | null
  /** Frames from..to; the end of the film where 'to' is null. */
  readonly range: { readonly from: number; readonly to: number | null } | null
  /** Frames per second of a sequence of pictures; null where its header is to tell. */
  readonly rate: Rational | null
  /** Of films whose pictures change their size. */
  readonly sizes: SizesWish
  /** Of the first frame behind the handles; whether it exists depends on the film's rate. */
  readonly timecode: string | null
  /** Of its picture in a sequence, in its name; null for what follows from the film's own. */
  readonly firstNumber: number | null
  /** The film's own pictures beside its colors; null for the colors alone. */
  readonly comparison: FilmComparison | null
  /** Shots to be put together, as they were named; null for all of the range. */
  readonly shots: string | null
  /** Every shot becomes a file of its own, named after the target. */
  readonly eachShot: boolean
  /** What is asked for beyond the format. */
  readonly delivery: Delivery
  /** What of black is beside the pictures is cut off. */
  readonly cropsBars: boolean
  /** It is looked through for faults when it is written: what is found is told, or laid beside it as a report too. */
  readonly lookThrough: LookThrough | null
  /** A list of the files' SHA-256 is laid beside each. */
  readonly checksums: boolean
  /** Shots that are in color already keep their own colors. */
  readonly keepColor: boolean
  /** Shots without a pin that look like pinned ones are pinned in their colors. */
  readonly pinAlike: boolean
  readonly overwrite: boolean
}

export interface Telling {
  readonly quiet: boolean
  readonly verbose: boolean
  /** As JSON, a line each. */
  readonly json: boolean
}

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version'; readonly verbose: boolean }
  | { readonly kind: 'film'; readonly order: FilmOrder; readonly telling: Telling }
  /** All films of a folder: of the order, source and target are folders. */
  | { readonly kind: 'folder'; readonly order: FilmOrder; readonly telling: Telling }
  | { readonly kind: 'jobs'; readonly path: string; readonly telling: Telling }

export const PROJECT_ENDING = '.colornn'
const USUAL_IN_FOLDERS: ExportFormatId = 'ffv1-mkv'

const purposes: Readonly<Record<ExportPurpose, string>> = {
  archive: 'archive master',
  mezzanine: 'mezzanine, for work in other programs',
  viewing: 'viewing copy',
}

/** What there is for a purpose, a line each. */
function formatLines(purpose: ExportPurpose): string {
  const formats = exportFormatIds.map(exportFormat).filter((format) => format.purpose === purpose)
  const lines = formats.map((format) => {
    const bits = format.depth ? `, ${format.depth} bits` : ', the film’s bits'
    const what = format.variant?.endsWith('bits') ? wholeName(format) : `${wholeName(format)}${bits}`
    return `    ${format.id.padEnd(18)}${what}${format.pictures ? `, a folder of ${format.pictures}` : ''}`
  })
  return [`  ${purposes[purpose]}`, ...lines].join('\n')
}

/** @param command as it is typed here: `npm run colorize --` in a checkout */
export const helpFor = (command: string): string => `Colorizes black-and-white films, without a window.

  ${command} <film> -o <target> [options]
  ${command} <project.colornn> -o <target> [--reel NAME] [options]
  ${command} <film or project> -o <picture> --still FRAME
  ${command} <film or project> -o <picture> --sheet
  ${command} <folder> -o <folder>/ [--format ID] [options]
  ${command} --jobs <list.json> [options]

  <film>                a film file, one picture of a numbered sequence, or its pattern (scan_%05d.png)
  <project.colornn>     a project as it would open, with what is not saved yet; nothing is written to it
  <folder>              all films in it, each under its own name; the name of where they go ends in a slash
  --reel NAME           which reel of a project that has several
  --jobs LIST           all that a list in JSON names; see “Lists of jobs” in docs/file-formats.md
  -o, --output TARGET   the file to write; its ending chooses the format (.mkv, .mov, .mxf, .mp4), and a name
                        without an ending becomes a folder of PNG pictures
  --format ID           one of the formats below
  --keyframe N=PICTURE  pins a colored picture to frame N (counted from 0); may be given several times
  --range A:B           only frames A to B, B not included; either may be left out
  --still FRAME         one frame as a picture, PNG or TIFF (.tif) of 16 bits, as an export would have it: its number
                        from 0 on, or a timecode counted from the film's first frame, as in 00:01:20:05
  --sheet               all pinned frames, each with its number, on one picture, PNG or TIFF
  --rate R              frames per second of a sequence of pictures, as in 16 or 24000/1001; without it
                        that of the pictures' header, else 24
  --timecode TC         of the first frame that was asked for, the first one behind the handles, hh:mm:ss:ff, with a
                        semicolon before the frames in drop-frame; without it what follows from the film's own
  --first-number N      of that frame's picture in a sequence, in its name; without it what follows from the film's own
  --sizes WISH          of a film whose pictures change their size midway: largest (the usual) writes one
                        film at the largest size, in which other pictures are scaled; parts writes each
                        part of one size as a file of its own, “film part 1.mkv” and so on; those that are there
                        already are left as they are
  --compare HOW         shows the film's own pictures beside its colors: side (by side, at twice the width), wipe (on
                        both sides of a line that moves to and fro) or wipe=40 (the line rests at 40 % of the width)
  --shots LIST          only these shots, one behind the other, as in 1,3,5-7; sound is cut along with them
${deliveryHelp}
  --checksums           lay a list of the files' SHA-256 beside each, “film.mkv.sha256”, for sha256sum --check
  --inspect             look through what was written for faults, and tell them
  --report              the same, and lay a report with pictures beside each file, “film.mkv.html”
  --each-shot           every shot as a file of its own, “film shot 1.mkv” and so on; timecodes and numbers go on from
                        one to the next, and files that are there already are left as they are
  --keep-color          shots that are in color already keep their own colors, sample by sample
  --pin-alike           shots without a keyframe that look like one that has one are colored by it too; of a project's
                        reel also those that look like pinned frames of its other reels
  --overwrite           replace the target if it is there
  --json                tell what happens as JSON, one object a line; see “Lines of JSON” in
                        docs/file-formats.md
  --quiet               say nothing but errors
  --verbose             with errors, show the details too
  --version             print the version; with --verbose also what the program runs on
  -h, --help            print this

Formats:
${exportPurposes.map(formatLines).join('\n')}

  FFV1 keeps every luma sample of pictures that are not scaled; the others are as deep as named. An ffmpeg that can not
  write one says so. The film itself is never changed.

The film is looked through for its shots first; with --range, only as far as the part's colors need it, but where
shots are numbered or compared (--each-shot, --pin-alike). A part has the very colors that
it has in the whole film, whatever was colored before.

What was ended before its time (Ctrl-C, a crash, a loss of power, a full disk) is gone on with by the same command. Of
folders and lists, what is there already is left as it is; where its record says that something else would be made
now, that is told. What was written into the folder itself is none of its films.

Exit codes: 0 all is done, 1 something could not be done, 2 wrong use of this command, 130 stopped with Ctrl-C.
`

/** Throws WrongUse where there is none, or the target is none of it. */
export function formatOf(target: string, given: string | undefined): ExportFormatId {
  if (given === undefined) {
    const format = usualFormat(endingOf(target))
    if (format === undefined) {
      throw new WrongUse(
        `No format is known for the ending “${endingOf(target)}”: use .mkv, .mov, .mxf or .mp4, or name one with --format.`,
      )
    }
    return format
  }
  const format = namedFormat(given)
  const [usual]: readonly string[] = exportFormats[format].endings
  // In the window a name without an ending is completed; scripts are to find what they named.
  if (withEnding(target, exportFormats[format].endings) !== target) {
    throw new WrongUse(
      `${format} is written to ${usual === undefined ? 'a folder' : `${usual} files`}, not to “${basename(target)}”.`,
    )
  }
  return format
}

function namedFormat(given: string): ExportFormatId {
  const format = exportFormatIds.find((id) => id === given)
  if (format === undefined) throw new WrongUse(`“${given}” is no format; choose one of ${exportFormatIds.join(', ')}.`)
  return format
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function keyframeOf(text: string, folder: string): Keyframe {
  const at = text.indexOf('=')
  const frame = at < 0 ? null : wholeNumber(text.slice(0, at))
  const picture = text.slice(at + 1)
  if (frame === null || picture === '') {
    throw new WrongUse(`--keyframe wants a frame number and a picture, as in 0=reference.png, not “${text}”.`)
  }
  return { frame, picturePath: resolve(folder, picture) }
}

function rangeOf(text: string): { from: number; to: number | null } {
  const parts = /^(\d*):(\d*)$/.exec(text)
  const from = wholeNumber(parts?.[1] || '0')
  const to = parts?.[2] ? wholeNumber(parts[2]) : null
  if (!parts || from === null || (parts[2] && to === null)) {
    throw new WrongUse(`--range wants two frame numbers, as in 100:250, not “${text}”.`)
  }
  if (to !== null && to <= from)
    throw new WrongUse(`--range ${text} holds no frame: the second number must be larger than the first.`)
  return { from, to }
}

function sizesOf(text: string): SizesWish {
  const wish = sizesWishes.find((each) => each === text)
  if (!wish) throw new WrongUse(`--sizes wants ${sizesWishes.join(' or ')}, not “${text}”.`)
  return wish
}

function comparisonOf(text: string): FilmComparison {
  const comparison = readComparison(text)
  if (!comparison)
    throw new WrongUse(`--compare wants side, wipe, or wipe=40 with the line at 40 % of the width, not “${text}”.`)
  return comparison
}

/** The ending alone says what a picture is written as. */
function pictureFormat(target: string): ExportFormatId {
  const ending = endingOf(target)
  if (ending === '.png') return 'png-sequence'
  if (ending === '.tif' || ending === '.tiff') return 'tiff-sequence'
  throw new WrongUse(`Pictures are written as .png or .tif, not as “${basename(target)}”.`)
}

/** What of films says nothing of a single picture. */
const OF_FILMS = [
  'format',
  'range',
  'sizes',
  'timecode',
  'first-number',
  'compare',
  'shots',
  'each-shot',
  'inspect',
  'report',
  'checksums',
  ...Object.keys(deliveryOptions),
]

/** Throws WrongUse. */
function pictureOf(values: Readonly<Record<string, unknown>>): PictureWish | null {
  const { still, sheet } = values
  if (still === undefined && !sheet) return null
  const name = still === undefined ? '--sheet' : '--still'
  const also = still !== undefined && sheet ? 'sheet' : OF_FILMS.find((option) => values[option] !== undefined)
  if (also !== undefined) throw new WrongUse(`With ${name} one picture is written: leave --${also} out.`)
  return typeof still === 'string' ? { kind: 'still', at: still } : { kind: 'sheet' }
}

/** What was said of a film in words. */
interface Said {
  readonly source: string
  readonly target: string
  readonly format: ExportFormatId
  readonly reel?: string | undefined
  readonly keyframes?: readonly Keyframe[]
  readonly picture?: PictureWish | null
  readonly range?: FilmOrder['range']
  readonly rate?: string | undefined
  readonly sizes?: string | undefined
  readonly timecode?: string | undefined
  readonly firstNumber?: number | undefined
  readonly compare?: string | undefined
  readonly delivery?: Delivery | undefined
  readonly cropsBars?: boolean | undefined
  readonly shots?: string | undefined
  readonly eachShot?: boolean | undefined
  readonly inspect?: boolean | undefined
  readonly report?: boolean | undefined
  readonly checksums?: boolean | undefined
  readonly keepColor?: boolean | undefined
  readonly pinAlike?: boolean | undefined
  readonly overwrite?: boolean | undefined
}

/** An order with what goes without saying. Throws WrongUse. */
export function orderOf(said: Said): FilmOrder {
  const { source, target, format, keyframes = [], picture = null, range = null } = said
  const isProject = endingOf(source) === PROJECT_ENDING
  const twice = keyframes.find((keyframe, n) => keyframes.findIndex((other) => other.frame === keyframe.frame) !== n)
  if (twice) throw new WrongUse(`Frame ${twice.frame} has two keyframes.`)
  if (isProject && (keyframes.length > 0 || said.rate !== undefined || said.keepColor)) {
    throw new WrongUse('A project says itself what is pinned, how fast it runs and what keeps its color.')
  }
  if (said.pinAlike && !isProject && keyframes.length === 0)
    throw new WrongUse('There is no keyframe that shots could look like (--pin-alike): name one with --keyframe.')
  if (said.compare !== undefined && (said.inspect || said.report))
    throw new WrongUse('Comparisons are not looked through for faults: the line would be one.')
  if (said.firstNumber !== undefined && exportFormat(format).container !== 'image2')
    throw new WrongUse('Only pictures that are files of their own have numbers.')
  if ((said.inspect || said.report) && (said.shots !== undefined || said.delivery?.deinterlace === 'double'))
    throw new WrongUse('What has not one picture for each frame in turn can not be looked through beside its film.')
  if (said.shots !== undefined && !isShotList(said.shots))
    throw new WrongUse(`“${said.shots}” is no list of shots. Write their numbers, counted from 1, as in 1,3,5-7.`)
  if (said.cropsBars && said.delivery?.crop)
    throw new WrongUse('What is cut off is either named or looked for (cropBars): use one of them.')
  if (said.shots !== undefined && said.eachShot)
    throw new WrongUse('Shots are put together (--shots) or made files of their own (--each-shot): use one of them.')
  if (said.shots !== undefined && said.sizes === 'parts')
    throw new WrongUse(
      'Shots are put together in one file (--shots), which is of one size: leave --sizes parts out, or use --each-shot.',
    )
  if (said.shots !== undefined && range !== null)
    throw new WrongUse('Shots and a range are two ways to name a part: use one of them.')
  if (!isProject && said.reel !== undefined) throw new WrongUse('Only projects have reels.')
  refuseIdle(said)
  return {
    source,
    target,
    format,
    keyframes,
    picture,
    range,
    reel: said.reel ?? null,
    rate: said.rate === undefined ? null : rateOf(said.rate),
    sizes: said.sizes === undefined ? 'largest' : sizesOf(said.sizes),
    timecode: said.timecode ?? null,
    firstNumber: said.firstNumber ?? null,
    comparison: said.compare === undefined ? null : comparisonOf(said.compare),
    delivery: said.delivery ?? asItIs,
    cropsBars: said.cropsBars ?? false,
    shots: said.shots ?? null,
    eachShot: said.eachShot ?? false,
    checksums: said.checksums ?? false,
    lookThrough: said.report ? 'report' : said.inspect ? 'told' : null,
    keepColor: said.keepColor ?? false,
    pinAlike: said.pinAlike ?? false,
    overwrite: said.overwrite ?? false,
  }
}

/** What would be heeded only beside something else that was not said. Throws WrongUse. */
function refuseIdle({ range, shots, eachShot, delivery = asItIs, format, timecode, picture, ...said }: Said): void {
  if (delivery.handles !== undefined && shots !== undefined)
    throw new WrongUse('Shots that are put together (--shots) have no more frames between them: leave --handles out.')
  if (delivery.handles !== undefined && !range && !eachShot)
    throw new WrongUse(
      'Only a part has frames before and behind it (--handles): name one with --range, or --each-shot.',
    )
  if (delivery.enlarge && !delivery.size)
    throw new WrongUse('The picture only becomes larger (--enlarge) where a size is asked for: name one with --size.')
  if (timecode !== undefined && picture == null && /^(png|tiff)-/.test(format))
    throw new WrongUse('PNG and TIFF pictures hold no timecode (--timecode): choose DPX or OpenEXR, or leave it out.')
  if (picture?.kind === 'sheet' && (said.keepColor || said.pinAlike))
    throw new WrongUse('A sheet shows what is pinned: leave --keep-color and --pin-alike out.')
}

function firstNumberOf(text: string): number {
  const number = pictureNumberSchema.safeParse(/^\d+$/.test(text) ? Number(text) : NaN)
  if (!number.success) throw new WrongUse(`--first-number wants a whole number, as in 86400, not “${text}”.`)
  return number.data
}

function rateOf(text: string): Rational {
  const rate = parseRate(text)
  if (!rate) throw new WrongUse(`--rate wants frames per second from 1 to 240, as in 16 or 24000/1001, not “${text}”.`)
  return rate
}

/** Takes a command line apart. Throws WrongUse with Node.js's own words. */
export function wordsOf<O extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    // They are plain enough, but their first sentence will do.
    const message = error instanceof Error ? error.message : String(error)
    throw new WrongUse(/^[^.]+(?:\.(?!\s)[^.]*)*/.exec(message.split('\n')[0] ?? '')?.[0] ?? message)
  }
}

/** Paths are taken from 'folder'. Throws WrongUse. */
export function parseCommandLine(args: readonly string[], folder: string): Command {
  const { values, positionals } = wordsOf(args, {
    output: { type: 'string', short: 'o' },
    format: { type: 'string' },
    keyframe: { type: 'string', multiple: true },
    range: { type: 'string' },
    still: { type: 'string' },
    sheet: { type: 'boolean' },
    rate: { type: 'string' },
    sizes: { type: 'string' },
    timecode: { type: 'string' },
    'first-number': { type: 'string' },
    compare: { type: 'string' },
    ...deliveryOptions,
    shots: { type: 'string' },
    'each-shot': { type: 'boolean' },
    inspect: { type: 'boolean' },
    report: { type: 'boolean' },
    checksums: { type: 'boolean' },
    'keep-color': { type: 'boolean' },
    'pin-alike': { type: 'boolean' },
    overwrite: { type: 'boolean' },
    reel: { type: 'string' },
    jobs: { type: 'string' },
    json: { type: 'boolean' },
    quiet: { type: 'boolean', short: 'q' },
    verbose: { type: 'boolean', short: 'v' },
    version: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version', verbose: values.verbose ?? false }
  const { quiet = false, verbose = false, json = false } = values
  const telling = { quiet, verbose, json }
  if (json && quiet) throw new WrongUse('JSON tells all that happens (--json): leave --quiet out.')
  if (values.jobs !== undefined) {
    const also = Object.keys(values).find((name) => !['jobs', 'quiet', 'verbose', 'json'].includes(name))
    if (also !== undefined || positionals.length > 0)
      throw new WrongUse('A list of jobs says itself what is to be done: name nothing beside --jobs.')
    if (values.jobs === '') throw new WrongUse('--jobs wants the name of a list.')
    return { kind: 'jobs', path: resolve(folder, values.jobs), telling }
  }
  const [source, ...more] = positionals
  if (source === undefined || source === '') throw new WrongUse('No film was named.')
  if (more.length > 0) throw new WrongUse(`One film at a time: “${more[0]}” is one too many.`)
  const { output } = values
  if (output === undefined || output === '')
    throw new WrongUse('No target was named; add -o and the name of the file to write.')
  const picture = pictureOf(values)
  const isFolder = /[\\/]$/.test(output) && !picture
  const order = orderOf({
    ...values,
    source: resolve(folder, source),
    target: resolve(folder, output),
    format: picture
      ? pictureFormat(output)
      : isFolder
        ? namedFormat(values.format ?? USUAL_IN_FOLDERS)
        : formatOf(output, values.format),
    picture,
    keyframes: (values.keyframe ?? []).map((text) => keyframeOf(text, folder)),
    range: values.range === undefined ? null : rangeOf(values.range),
    firstNumber: values['first-number'] === undefined ? undefined : firstNumberOf(values['first-number']),
    eachShot: values['each-shot'],
    keepColor: values['keep-color'],
    pinAlike: values['pin-alike'],
    delivery: deliveryOf(values),
    cropsBars: values.crop === CROPS_BARS,
  })
  return { kind: isFolder ? 'folder' : 'film', order, telling }
}
