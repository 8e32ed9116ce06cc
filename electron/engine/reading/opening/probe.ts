/** Opens a film: finds out all there is to know of it, or says in a sentence why it can not be opened. */
import { randomUUID } from 'node:crypto'
import type { FootageInfo, Rational } from '../../../contract/schemas.ts'
import { sentence } from '../../../contract/sentence.ts'
import { UserError } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import { reduced } from '../../ffmpeg/rational.ts'
import type { PixelLayout } from '../../picture/pixelLayout.ts'
import { buildIndex, storesTimes, type BuildOptions } from '../index/buildIndex.ts'
import { FilmDamage } from '../decoding/damage.ts'
import { isEncrypted } from './encryption.ts'
import { lacksItsEnd } from './endMark.ts'
import { fieldOfMost, mixedFields, otherOrderSentence } from './filmFields.ts'
import { breakSentence, durationOf, endsEarly, seenEnd } from './filmLength.ts'
import { FilmSizes } from './filmSizes.ts'
import { fileStamp, isChanged } from '../fileStamp.ts'
import { damagedFilm, lookAtFilm, sizeOf } from './firstLook.ts'
import type { Footage } from '../footage.ts'
import { frameFinder } from '../index/indexLookup.ts'
import { resolveInput } from '../inputFile.ts'
import { KnownPictures } from '../pictures/knownPictures.ts'
import { squarePixels } from '../decoding/letterbox.ts'
import { findOrientation } from '../pictures/orientation.ts'
import { pace } from '../index/pace.ts'
import { fieldOf, matrixOf, rangeOf } from './pictureTags.ts'
import { decodedFormat } from '../decoding/pixelFormats.ts'
import { audioChannels, type Banner } from './probeText.ts'
import { rangeSentence } from '../index/rangeChange.ts'
import { failedRead } from '../decoding/readEnd.ts'
import { pictureName } from '../pictures/sequenceSizes.ts'
import { streamSiting } from './siting.ts'
import { encrypted, isHalfFloatTiff } from './unreadable.ts'

export interface OpenOptions extends BuildOptions {
  /** The id that messages call the film by; a fresh one when not given. */
  readonly id?: string
  /** Frames per second of a sequence of pictures, where the artist says it; else by the pictures' header. */
  readonly rate?: Rational
}

/**
 * Opens a film for reading. Throws a UserError whose code says what is wrong: not-found, no-permission, is-a-folder,
 * empty-file, not-a-film, no-video, damaged, unsupported-picture, footage-changed (it could not be read). Nothing is
 * ever written to the film.
 */
export async function openFootage(tools: FfmpegTools, path: string, options: OpenOptions = {}): Promise<Footage> {
  const file = await resolveInput(path, options.rate)
  const stamp = file.sequence === null ? await fileStamp(file.path) : null
  const pictures = file.sequence === null ? null : await KnownPictures.of(file.path)
  if (await isHalfFloatTiff(file.path)) {
    throw new UserError(
      'unsupported-picture',
      sentence`“${file.name}” ${sentence`holds half-float samples, which can not be read as they are meant.`}`,
      sentence`Save the pictures again as TIFF of 16 bits, or as EXR.`,
    )
  }
  if (await isEncrypted(file.path)) {
    throw new UserError('unsupported-picture', sentence`“${file.name}” ${encrypted.what}`, encrypted.advice)
  }
  const { look, warnings: otherStreams } = await lookAtFilm(tools, file, options.signal)
  const { tags } = look
  const banner: Banner = { ...look.banner, timecode: look.banner.timecode ?? file.sequence?.timecode ?? null }
  const stream = banner.streams.find(({ index }) => index === look.stream)
  const built = await buildIndex(tools, file, look, options)
  if (await isChanged(file.path, stamp)) throw failedRead(file.name, 'changed')
  const ofFirst = { first: fieldOf(look.frame, stream), share: built.interlaced }
  const frame = { ...look.frame, field: await fieldOfMost(tools, file, look, ofFirst, options.signal) }
  const format = decodedFormat(frame.format)
  const { range, guessed: rangeGuessed } = rangeOf(format, tags)
  const matrix = matrixOf(format, tags, frame.height)
  const siting = frame.siting ?? streamSiting(stream, format)
  const layout: PixelLayout = {
    width: frame.width,
    height: frame.height,
    sampling: format.sampling,
    bitDepth: format.bitDepth,
    range,
    matrix,
    ...(siting && { siting }),
    ...(frame.field !== 'progressive' && { interlaced: true as const }),
    ffmpegName: format.ffmpegName,
  }
  const { index } = built
  const frameCount = index.pts.length
  if (frameCount === 0)
    throw damagedFilm(file.name, sentence`is damaged: none of its pictures can be decoded.`, 'no frames in the index')
  const { rate, variable } = pace(index, look.rate)

  const warnings = [...file.warnings, ...otherStreams]
  if (built.breaks.length > 0) warnings.push(breakSentence(built.breaks, index))
  const damage = new FilmDamage(built.damaged, built.flawed)
  warnings.push(...damage.sentences({ from: 0, to: frameCount }))
  const sizes = new FilmSizes(
    sizeOf(look),
    built.sizes,
    (number) => file.sequence && pictureName(file.sequence, number),
  )
  const pixelAspect = squarePixels(sizes.first.aspect)
  warnings.push(...sizes.warnings(frameCount))
  if (built.lost > 0) {
    warnings.push(sentence`The file is damaged: ${built.lost} of its pictures can not be found. Copy it again.`)
  } else if (built.cutOff)
    warnings.push(sentence`The film is cut off: its last pictures are incomplete and are left out.`)
  else if (await endsEarly(tools, file, banner, seenEnd(index, banner, rate), rate, options.signal)) {
    warnings.push(sentence`The film is shorter than its container says; it may be cut off.`)
  } else if (file.sequence === null && (await lacksItsEnd(file.path, banner.container, frameCount))) {
    warnings.push(sentence`The end of the file is missing: the film is cut off, or is still being written.`)
  }
  // What is lost at the end may leave gaps there; that is no rate of its own.
  if (variable && !built.cutOff)
    warnings.push(sentence`The frame rate varies; every frame keeps its own time in exports.`)
  if (frame.field !== 'progressive')
    warnings.push(sentence`The film is interlaced; it is colored as stored, without deinterlacing.`)
  warnings.push(...mixedFields(frame.field, built.interlaced))
  if (built.otherOrder !== null && frame.field !== 'progressive')
    warnings.push(otherOrderSentence(frame.field, built.otherOrder))
  if (built.otherRange) {
    const { seconds } = built.otherRange
    const { num, den } = index.timeBase
    const frame = seconds === null ? -1 : frameFinder(index)((seconds * den) / num, -1)
    warnings.push(rangeSentence(range, frame >= 0 ? frame : null))
  }
  if (format.hasAlpha) warnings.push(sentence`The film has transparency, which is not kept.`)
  if (rangeGuessed && format.sampling === 'gray') {
    warnings.push(
      sentence`The film does not say its tonal range; full range is assumed, as is usual for gray pictures.`,
    )
  }
  if (format.linear)
    warnings.push(
      sentence`The pictures hold scene-linear light; it is brought to the curve of sRGB, as screens want it.`,
    )
  if (format.fromRgb) warnings.push(sentence`The pictures are stored as RGB; they are worked on as full-range BT.709.`)

  const { rotation, mirrored } = await findOrientation(
    tools,
    file.args,
    look.stream,
    stream?.displayRotation ?? null,
    frame,
    options.signal,
  )
  if (mirrored) {
    warnings.push(
      sentence`The film is stored mirrored. Pictures are written upright; an export as a film is mirrored as the source is, and has to be mirrored when it is shown.`,
    )
  }
  const info: FootageInfo = {
    id: options.id ?? randomUUID(),
    path: file.path,
    name: file.name,
    bytes: file.bytes,
    width: frame.width,
    height: frame.height,
    pixelAspect: reduced(pixelAspect.num, pixelAspect.den),
    rotation,
    ...(mirrored ? { mirrored } : {}),
    frameCount,
    rate,
    ...(file.sequence && file.sequence.count > 1 ? { rateFrom: file.sequence.rateFrom } : {}),
    variableRate: variable,
    durationSeconds: durationOf(index, rate, variable),
    pixelFormat: frame.format,
    bitDepth: format.bitDepth,
    range,
    matrix,
    ...(frame.field !== 'progressive' && { interlaced: true }),
    ...(sizes.changes.length > 0 && {
      sizes: [[0, sizes.first] as const, ...sizes.changes].map(([from, { width, height }]) => ({
        from,
        width,
        height,
      })),
    }),
    codec: stream?.codec ?? 'unknown',
    container: banner.container[0] ?? 'unknown',
    audio: banner.streams
      .filter((stream) => stream.kind === 'audio')
      .map((stream) => ({
        codec: stream.codec,
        channels: audioChannels(stream.text),
        ...(stream.language === undefined ? {} : { language: stream.language }),
      })),
    warnings,
    damaged: damage.ranges,
  }
  return {
    info,
    layout,
    index,
    inputArgs: file.args,
    source: {
      file,
      stamp,
      pictures,
      banner,
      stream: look.stream,
      tags,
      light: look.light,
      decodedName: frame.format,
      field: frame.field,
      damage,
      sizes,
      breaks: built.breaks,
      checked: built.checked,
      seekTrusted: built.paired || storesTimes(banner),
    },
  }
}
