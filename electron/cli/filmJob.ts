/** One film from its file, or its project's, to the export: over the same engine as the editor's. */
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { foundAlike, type AlikeFrame } from '../contract/alike.ts'
import type { ExportFile } from '../contract/exportFile.ts'
import { endingOf } from '../contract/fileEndings.ts'
import { isSameRate } from '../contract/frameRate.ts'
import type { Delivery } from '../contract/delivery.ts'
import type { FoundShots, ShotsWish } from '../contract/foundShots.ts'
import type { FootageInfo, FrameRange } from '../contract/schemas.ts'
import { listed, sentence, type Sentence } from '../contract/sentence.ts'
import { toUserErrorData, UserError } from '../contract/userError.ts'
import type { ShotFile } from '../project/shotFiles.ts'
import { writeReportBeside, type PicturesOf } from '../report/writeReport.ts'
import { en } from '../text/en/en.ts'
import { recordBeside } from '../engine/inspect/recordBeside.ts'
import { resolveInput } from '../engine/reading/inputFile.ts'
import { PROJECT_ENDING, type FilmOrder, type PictureWish } from './arguments.ts'
import { FilmProject } from './filmProject.ts'
import { isNameTaken, type ListedOrder } from './films.ts'
import type { GivenFilms } from './givenFilms.ts'
import { lookThrough } from './lookThrough.ts'
import { otherSettings, type OrderedSettings } from './otherSettings.ts'
import { framesOf, writePicture } from './pictureJob.ts'
import { PinFolder } from './pinFolder.ts'
import type { Reporter } from './reporter.ts'
import { inEnglish, type OnProgress, type Session } from './session.ts'
import type { WrittenFiles } from './writtenFiles.ts'

/** Where it is to be laid over the frame's own colors is the window's to do. */
const seeThrough = (name: string): Sentence =>
  sentence`“${name}” is transparent in places; what is hidden there counts as its colors. Save it painted whole.`

/** Throws UserError 'bad-argument' where a rate was given that would not be heeded. */
function checkRate({ rate, source }: FilmOrder, film: FootageInfo): void {
  if (rate === null || isSameRate(rate, film.rate)) return
  throw new UserError(
    'bad-argument',
    sentence`“${basename(source)}” has a frame rate of its own; only a sequence of pictures is given one.`,
    sentence`Leave --rate out.`,
  )
}

function checkedRange(order: FilmOrder, film: FootageInfo): FrameRange | undefined {
  const last = film.frameCount - 1
  const outside = order.keyframes.find((keyframe) => keyframe.frame > last)
  if (outside) {
    throw new UserError(
      'bad-argument',
      sentence`The film has no frame ${outside.frame}: its frames are 0 to ${last}.`,
      sentence`Correct the number given with --keyframe.`,
    )
  }
  if (order.range === null) return undefined
  const to = order.range.to ?? film.frameCount
  if (order.range.from > last || to > film.frameCount) {
    throw new UserError(
      'bad-argument',
      sentence`The film has ${film.frameCount} frames, so the range can not be ${order.range.from}:${to}.`,
      sentence`Choose a range within 0:${film.frameCount}.`,
    )
  }
  return { from: order.range.from, to }
}

/** The shots that `around` lies in, all shots where it is left out. */
async function findShots(
  session: Session,
  footageId: string,
  around: ShotsWish | undefined,
  onProgress: OnProgress,
): Promise<FoundShots> {
  const { client } = session
  for (;;) {
    await session.run(
      (jobId) => client.call('startFindShots', { jobId, footageId, ...(around && { around }) }),
      onProgress,
    )
    // An engine that was started again meanwhile may not know them any more, if the disk could not take them.
    const found = await client.call('shots', footageId, around)
    if (found) return found
  }
}

const isProject = ({ source }: FilmOrder): boolean => endingOf(source) === PROJECT_ENDING

/** What can be said without starting the networks. Throws UserError. */
export async function checkOrder(order: FilmOrder): Promise<void> {
  if (!isProject(order)) await resolveInput(order.source)
  if (!(await isNameTaken(order))) return
  if ((await stat(order.target).catch(() => null))?.isDirectory()) {
    throw new UserError(
      'target-not-writable',
      sentence`“${basename(order.target)}” is a folder that is already there.`,
      sentence`To write into it, end its name in a slash; else choose another name.`,
      order.target,
    )
  }
  throw isThereAlready(order.target)
}

const isThereAlready = (target: string): UserError =>
  new UserError(
    'target-not-writable',
    sentence`“${basename(target)}” is already there.`,
    sentence`Choose another name, or replace it with --overwrite.`,
    target,
  )

/**
 * Whether a film of many whose name is there can be passed over as it is: what has no record is taken at its name.
 * Otherwise runFilm tells whether it is what is ordered.
 */
export async function isTakenAtItsName({ picture, target }: FilmOrder): Promise<boolean> {
  return picture !== null || (await recordBeside(target)) === null
}

/** What must not be written to, beside the film itself; nothing where it is known of this one alone. */
export interface Guarded {
  readonly films?: GivenFilms
  /** Of the jobs before it. */
  readonly written?: WrittenFiles
}

/** A film that is open in the engine, with the project that says how it is colored. */
interface OpenFilm {
  readonly session: Session
  readonly footageId: string
  readonly film: FootageInfo
  readonly project: FilmProject
  readonly order: FilmOrder
  readonly reporter: Reporter
  readonly guarded: Guarded
  /** Where colorings lie that are pinned on the way. */
  readonly colorings: PinFolder
  /** Time when the work on it began, in ms. */
  readonly started: number
}

/**
 * @param isOneOfMany what is there already is passed over
 * @param cacheFolder where computed colors are kept
 * @returns whether there was anything to do
 * @throws UserErrors of everything that it takes
 */
export async function runFilm(
  session: Session,
  { order, isOneOfMany }: ListedOrder,
  cacheFolder: string,
  reporter: Reporter,
  guarded: Guarded = {},
): Promise<boolean> {
  const { client } = session
  const footageId = randomUUID()
  const started = Date.now()
  const read = isProject(order) ? await FilmProject.ofReel(order.source, order.reel) : null
  const rate = read?.rate ?? order.rate ?? undefined
  const film = await client.call('openFootage', read?.film ?? order.source, footageId, rate)
  const colorings = new PinFolder()
  try {
    await read?.checkFilm()
    checkRate(order, film)
    const range = checkedRange(order, film)
    reporter.started(film)
    for (const warning of film.warnings) reporter.note(warning)

    const project = read ?? (await FilmProject.of(film, order.keyframes, cacheFolder))
    for (const notice of project.notices) reporter.note(notice)
    for (const { picturePath } of order.keyframes) {
      if (await client.call('checkPicture', footageId, picturePath)) reporter.note(seeThrough(basename(picturePath)))
    }
    const open = { session, footageId, film, project, order, reporter, guarded, colorings, started }
    if (order.picture === null) return await writeFilm(open, range, isOneOfMany)
    await writeFrames(open, order.picture)
    return true
  } finally {
    // An engine that is gone has nothing open any more.
    await client.call('closeFootage', footageId).catch(() => undefined)
    await colorings.remove()
  }
}

/** Passes on how far work is. */
const progressTo =
  (reporter: Reporter): OnProgress =>
  (progress) => {
    if (progress.state === 'running' || progress.state === 'done') reporter.progress(progress)
  }

/** The same, with what there is to say at its end, be it done or not. */
const allTo =
  (reporter: Reporter): OnProgress =>
  (progress) => {
    progressTo(reporter)(progress)
    for (const note of progress.notes ?? []) reporter.note(note)
  }

/**
 * What has to be known of the shots for a part to be colored. A shot's frames do not depend on where it ends, unless
 * colors come back from a pin behind them, or it is by its greater part that the shot is in color already.
 */
function shotsAround({ project, order, film }: OpenFilm, { from, to }: FrameRange): ShotsWish {
  const { handles = 0 } = order.delivery
  const whole = { from: Math.max(0, from - handles), to: Math.min(film.frameCount, to + handles) }
  const isPinnedBehind = project.pins.some((pin) => pin >= whole.to)
  return { ...whole, isOpen: !isPinnedBehind && !order.keepColor }
}

/** Tells the engine how the film is colored, and finds its shots where nobody has looked for them. */
async function plan(open: OpenFilm, range: FrameRange | undefined): Promise<void> {
  const { session, footageId, project, order } = open
  await session.client.call('setEdits', footageId, project.edits)
  if (project.lacksShots) await setShots(open, range)
  if (order.pinAlike) await pinAlike(open)
}

async function setShots(open: OpenFilm, range: FrameRange | undefined): Promise<void> {
  const { session, footageId, film, project, order, reporter } = open
  // What is in color already is worth a word only where it is to be colored anew.
  const onProgress = order.keepColor ? progressTo(reporter) : allTo(reporter)
  // Which frame of a shot is most like a pin is asked of whole shots, and of all; numbers of shots are counted from the
  // film's beginning.
  const around = order.pinAlike || order.eachShot ? undefined : range && shotsAround(open, range)
  const found = await findShots(session, footageId, around, onProgress)
  project.setShots(around ? cutOff(found, around, film) : found, order.keepColor)
  await session.client.call('setEdits', footageId, project.edits)
}

/** Pins a frame of each shot without a pin that looks like a pinned one, in its colors. */
async function pinAlike({ session, footageId, film, project, colorings, reporter }: OpenFilm): Promise<void> {
  const { client } = session
  const asked = await project.alike(film.frameCount)
  if (!asked) return
  const { shots, pins, elsewhere, leftOut } = asked
  if (pins.length === 0 && elsewhere.length === 0)
    throw new UserError(
      'not-found',
      leftOut[0] ?? sentence`No frame of this project is pinned.`,
      sentence`Leave --pin-alike out, or pin a frame of the project first.`,
    )
  for (const note of leftOut) reporter.note(note)
  const { alike = [] } = await session.run(
    (jobId) => client.call('startFindAlike', { jobId, footageId, shots, pins, elsewhere }),
    allTo(reporter),
  )
  const pinned: AlikeFrame[] = []
  for (const found of alike) {
    const { frame, pin, clip } = found
    const other = elsewhere.find((each) => each.clip === clip)
    const example = other ? { elsewhere: { ...other, pins: other.pins.filter((each) => each.frame === pin) } } : { pin }
    try {
      const { coloring } = await client.call('coloringLike', footageId, frame, example)
      const folder = await colorings.assets()
      const asset = await folder.put(coloring, 'chroma')
      project.pinColoring(frame, asset, folder.pathOf(asset))
      pinned.push(found)
    } catch (error) {
      // The film is worth more than one of its pins. Without an engine there is neither.
      const { code, message, advice } = toUserErrorData(error)
      if (session.isStopping || code === 'engine-stopped' || code === 'cancelled') throw error
      reporter.note(`Frame ${frame} is not pinned: ${inEnglish(message)} ${inEnglish(advice)}`)
    }
  }
  // Of what could not be pinned enough was said.
  if (pinned.length > 0 || alike.length === 0) reporter.note(foundAlike(pinned, shots.length))
  await client.call('setEdits', footageId, project.edits)
}

/** The last shot of a part whose end nobody has looked for ends with the part. */
function cutOff(found: FoundShots, { to, isOpen }: ShotsWish, { frameCount }: FootageInfo): FoundShots {
  return isOpen && to < frameCount && found.at.every((cut) => cut < to) ? { ...found, at: [...found.at, to] } : found
}

/** What an export is beyond what it holds. */
function headOf({ footageId, project, order }: OpenFilm) {
  const { format, overwrite, sizes, delivery, comparison, checksums } = order
  const head = { footageId, format, overwrite, sizes, delivery, originals: project.originals, checksums }
  return comparison === null ? head : { ...head, comparison }
}

/** What is asked for beyond the format, with the black beside the pictures where that is to be cut off. */
async function deliveryOf(
  { session, footageId, order, reporter }: OpenFilm,
  range: FrameRange | undefined,
): Promise<Delivery> {
  if (!order.cropsBars) return order.delivery
  const crop = await session.client.call('blackBars', footageId, range)
  if (crop) return { ...order.delivery, crop }
  reporter.note('There is no black beside the pictures; nothing is cut off.')
  return order.delivery
}

/**
 * What of an export is still to be written: which of its files are there already is told, and that they are it.
 * @param isOneOfMany a film that is there is passed over as well
 */
async function checkFiles(
  open: OpenFilm,
  part: Omit<ShotFile, 'range'> & { readonly range?: FrameRange },
  isOneOfMany = false,
) {
  const { session, order, reporter, guarded } = open
  const keepsThere = isOneOfMany || order.eachShot || order.sizes === 'parts'
  const { files, standing } = await session.client.call('checkExport', { ...headOf(open), ...part, keepsThere })
  const isOfSome = order.eachShot || files.length > 1
  const isKnownByRecord = isOneOfMany || isOfSome
  for (const { target, isThere } of files) {
    await guarded.films?.refuse(target)
    // The same shot may be asked for by two jobs.
    if (!isThere || !isOfSome) await guarded.written?.refuse(target)
  }
  const there = files.filter(({ isThere }) => isThere)
  const { format, sizes, delivery, comparison } = order
  const { timecode = null, firstNumber = null } = part
  const pieces = piecesNow(open)
  const settings = { format, sizes, delivery, comparison, timecode, firstNumber, pieces }
  if (isKnownByRecord) for (const file of there) await checkIsIt(file, settings, open)
  for (const { target } of there) await guarded.written?.add(target)
  const isAllThere = there.length === files.length
  // That nothing is to be done is said of the whole.
  if (!isAllThere || order.eachShot)
    for (const { target } of there) reporter.note(`“${basename(target)}” is there already; it is left as it is.`)
  const asked = files.filter(({ isThere }) => !isThere).map(({ target }) => target)
  return { standing, kept: there.map(({ target }) => target), asked }
}

/** The frames of shots that are put together; undefined where that is not asked for, null where nobody knows yet. */
function piecesNow({ project, order }: OpenFilm): OrderedSettings['pieces'] {
  if (order.shots === null) return undefined
  return project.lacksShots ? null : project.piecesOf(order.shots)
}

/**
 * What bears the name may have been written of another range or film, with other settings, or colored by something
 * else. Throws UserError; what has no record is taken at its name.
 */
async function checkIsIt(
  { target, range }: ExportFile,
  settings: OrderedSettings,
  { session, project, order }: OpenFilm,
): Promise<void> {
  const record = await recordBeside(target)
  if (!record) return
  const refuse = (said: Sentence): never => {
    const advice = sentence`Choose another name, or replace it with --overwrite.`
    throw new UserError('target-not-writable', said, advice, target)
  }
  const name = basename(target)
  const { account, keptShots } = project
  if (record.source.identity.value !== account.filmHash) refuse(sentence`“${name}” is already there, of another film.`)
  const { from, to } = record.file.settings.range
  // Of pieces it is where the first begins and the last ends.
  const { pieces } = settings
  const isWhole = pieces === undefined && record.file.settings.pieces === undefined
  if (!isWhole) range = { from, to }
  if (from !== range.from || to !== range.to) {
    refuse(
      sentence`“${name}” is already there, with frames ${from} to ${to - 1} of the film instead of ${range.from} to ${range.to - 1}.`,
    )
  }
  // Before they are looked for the whole film is one shot, and nothing is like another.
  const isKnown = order.eachShot || !project.lacksShots
  const colors = {
    account,
    keptShots: isKnown ? keptShots : null,
    pinsAlike: order.pinAlike && !order.eachShot,
    makesPins: order.pinAlike,
    networks: (await session.client.call('info', 'exports')).models,
  }
  const other = otherSettings(record, settings, colors)
  if (other.length > 0) {
    refuse(sentence`“${name}” is already there, but with other settings than are asked for now: ${listed(other)}.`)
  }
}

function tellName(reporter: Reporter, asked: string | undefined, path: string): void {
  if (asked !== undefined && basename(asked) !== basename(path)) reporter.renamed(asked, path)
}

/** Gives whether there was anything to do. */
async function writeFilm(asked: OpenFilm, range: FrameRange | undefined, isOneOfMany: boolean): Promise<boolean> {
  const delivery = await deliveryOf(asked, range)
  const open = { ...asked, order: { ...asked.order, delivery } }
  const { session, film, project, order, reporter, guarded, started } = open
  const { client } = session
  const { target, format, timecode, firstNumber } = order
  const { variableRate } = film
  const head = headOf(open)
  // Those of a project are known; of a film they have to be looked for first.
  if (order.shots !== null && !project.lacksShots) project.piecesOf(order.shots)
  const whole = {
    target,
    ...(range && { range }),
    ...(timecode !== null && { timecode }),
    ...(firstNumber !== null && { firstNumber }),
  }
  // What can go wrong with the target and the pictures is said before the film is looked through.
  const taken = order.eachShot ? null : await checkFiles(open, whole, isOneOfMany)
  if (taken?.asked.length === 0) {
    if (isOneOfMany) return false
    throw isThereAlready(taken.kept[0] ?? target)
  }
  await plan(open, range)
  const pieces = order.shots === null ? {} : { pieces: project.piecesOf(order.shots) }
  const written = { files: [] as string[], frames: 0, found: [] as Sentence[] }
  for (const part of order.eachShot ? project.shotFiles({ ...whole, format, variableRate }) : [whole]) {
    const { asked, ...free } = taken ?? (await checkFiles(open, part))
    if (asked.length === 0) continue
    const exported = await session.run(
      (jobId) => client.call('startExport', { jobId, ...head, ...part, ...pieces, ...free, account: project.account }),
      allTo(reporter),
    )
    const paths = exported.parts ?? [exported.target ?? part.target]
    written.files.push(...paths)
    for (const [n, path] of paths.entries()) {
      tellName(reporter, asked[n], path)
      await guarded.written?.add(path)
    }
    written.frames += exported.total
    written.found.push(...(exported.found ?? []))
  }
  if (written.files.length === 0) return false
  reporter.done({ ...written, seconds: (Date.now() - started) / 1000 })
  if (order.lookThrough === null) return true
  for (const file of written.files) {
    const inspection = await lookThrough(session, file, film.path, progressTo(reporter))
    const picturesOf: PicturesOf = (frames) => client.call('pictures', file, frames)
    const report = order.lookThrough === 'report' ? await writeReportBeside(file, inspection, picturesOf, en) : null
    reporter.inspected({ file, inspection, report })
  }
  return true
}

async function writeFrames(open: OpenFilm, wish: PictureWish): Promise<void> {
  const { session, footageId, film, project, order, reporter, guarded, started } = open
  const frames = framesOf(wish, film, project)
  const [first] = frames as [number, ...number[]]
  const last = frames.at(-1)!
  await plan(open, { from: first, to: last + 1 })
  const { path, note } = await writePicture(session, { footageId, wish, frames, order }, project, progressTo(reporter))
  await guarded.written?.add(path)
  if (note) reporter.note(note)
  tellName(reporter, order.target, path)
  const seconds = (Date.now() - started) / 1000
  reporter.done({ files: [path], frames: frames.length, seconds, found: [] })
}
