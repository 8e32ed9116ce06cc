/** Looks a finished film through, once, at a small size; beside it the film that it was made of, if there is one. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isPicture } from '../../contract/fileEndings.ts'
import type { ExportRecord } from '../../contract/exportRecord.ts'
import type { Inspection } from '../../contract/inspection.ts'
import { orientationOf } from '../../contract/orientation.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { FfmpegTools } from '../ffmpeg/locateFfmpeg.ts'
import { storedCrop } from '../picture/croppedPicture.ts'
import { decodeSmall } from '../reading/decoding/decodeSmall.ts'
import type { Footage } from '../reading/footage.ts'
import type { SmallPicture } from '../shots/sceneColor.ts'
import { CutDetector } from '../shots/detectCuts.ts'
import { findingsOf } from './findings.ts'
import { misplacedFrames, PrintMaker, type FramePrint } from './frameMatch.ts'
import { measureFrame, type FrameMeasure } from './frameMeasure.ts'

/** Frames of the original that are looked at behind the end of what a film holds. */
const AHEAD = 12

/** The picture that a folder of pictures is opened by: its first. A folder of other things stands for itself. */
export async function filmIn(path: string): Promise<string> {
  const there = await stat(path).catch(() => null)
  if (!there?.isDirectory()) return path
  const [first] = (await readdir(path)).filter((name) => !name.startsWith('.') && isPicture(name)).sort()
  return first === undefined ? path : join(path, first)
}

/** What the record says of frames, counted as in the export. */
function knownOf({ shots, file }: ExportRecord, count: number): { shots: FrameRange[]; confidence: Float32Array } {
  const { range, pieces = [range] } = file.settings
  const confidence = new Float32Array(count).fill(NaN)
  let before = 0
  const ranges = pieces.flatMap((piece) => {
    const shift = before - piece.from
    before += piece.to - piece.from
    return shots.flatMap((shot): FrameRange[] => {
      const from = Math.max(piece.from, shot.from) + shift
      const to = Math.min(count, Math.min(piece.to, shot.to) + shift)
      if (from >= to) return []
      if (shot.confidence) {
        confidence.fill(shot.confidence.mean, from, to)
        const lowest = shot.confidence.lowestAt + shift
        if (lowest >= from && lowest < to) confidence[lowest] = shot.confidence.lowest
      }
      return [{ from, to }]
    })
  })
  const isWhole = ranges.every(({ from }, n) => from === (ranges[n - 1]?.to ?? 0)) && ranges.at(-1)?.to === count
  return { shots: isWhole ? ranges : [{ from: 0, to: count }], confidence }
}

/** Shots by their first frames. */
function shotsOf(cuts: readonly number[], count: number): FrameRange[] {
  return [0, ...cuts].map((from, n) => ({ from, to: cuts[n] ?? count }))
}

export interface InspectedFootage {
  readonly film: Footage
  readonly record: ExportRecord | null
  readonly original: Footage | null
}

/** The frames of the original that a film holds, and a few more, to see what is missing before the end. */
function partsOf({ film, record, original }: InspectedFootage): FrameRange[] {
  if (!original) return []
  const { frameCount } = original.info
  const { range, pieces } = record?.file.settings ?? {}
  const from = range?.from ?? 0
  const parts = pieces ?? [{ from, to: from + film.info.frameCount }]
  return parts
    .map((part, n) => (n === parts.length - 1 ? { ...part, to: part.to + AHEAD } : part))
    .map((part) => ({ from: part.from, to: Math.min(frameCount, part.to) }))
    .filter((part) => part.from < part.to)
}

async function* picturesIn(
  tools: FfmpegTools,
  footage: Footage,
  parts: readonly FrameRange[],
  signal: AbortSignal,
): AsyncGenerator<SmallPicture, void, void> {
  for (const part of parts) yield* decodeSmall(tools, footage, part, { signal })
}

/** What is left of a small picture of the original where the film has less of it at its sides. */
function leftOf(picture: SmallPicture, { record, original }: InspectedFootage): SmallPicture {
  const { crop } = record?.file.settings.delivery ?? {}
  if (!crop || !original) return picture
  const { info } = original
  const { left, top, right, bottom } = storedCrop(crop, orientationOf(info))
  const [across, down] = [picture.width / info.width, picture.height / info.height]
  const at = { x: Math.round(left * across), y: Math.round(top * down) }
  const width = Math.max(1, picture.width - at.x - Math.round(right * across))
  const height = Math.max(1, picture.height - at.y - Math.round(bottom * down))
  const values = new Float32Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (at.y + row) * picture.width + at.x
    values.set(picture.values.subarray(from, from + width), row * width)
  }
  return { ...picture, width, height, values }
}

/**
 * @param onFrame awaited before each frame
 * @throws UserErrors of decodeFrames
 */
export async function inspectFilm(
  tools: FfmpegTools,
  footage: InspectedFootage,
  signal: AbortSignal,
  onFrame: (frame: number) => Promise<void>,
): Promise<Inspection> {
  const { film, record, original } = footage
  const { info, layout } = film
  const frames: FrameMeasure[] = []
  const cuts: number[] = []
  const detector = new CutDetector()
  let decided = 0
  const decide = (decisions: readonly boolean[]): void => {
    for (const isCut of decisions) {
      if (isCut) cuts.push(decided)
      decided++
    }
  }
  const parts = partsOf(footage)
  const beside = original && parts.length > 0 ? picturesIn(tools, original, parts, signal) : null
  const prints: { film: FramePrint[]; original: FramePrint[] } = { film: [], original: [] }
  const makers = { film: new PrintMaker(), original: new PrintMaker() }
  try {
    for await (const picture of decodeSmall(tools, film, { from: 0, to: info.frameCount }, { signal })) {
      await onFrame(frames.length)
      frames.push(measureFrame(picture, layout))
      if (!record) decide(detector.push(picture))
      if (!beside) continue
      prints.film.push(makers.film.make(picture))
      const next = await beside.next()
      if (!next.done) prints.original.push(makers.original.make(leftOf(next.value, footage)))
    }
    if (!record) decide(detector.finish())
    for await (const picture of beside ?? []) prints.original.push(makers.original.make(leftOf(picture, footage)))
  } finally {
    await beside?.return()
  }
  const count = frames.length
  const { shots, confidence } = record ? knownOf(record, count) : { shots: shotsOf(cuts, count), confidence: null }
  const misplaced = beside ? misplacedFrames(prints.film, prints.original) : null
  return {
    name: info.name,
    frames: count,
    rate: info.rate,
    first: record?.file.settings.range.from ?? 0,
    ...(record?.file.settings.pieces && { pieces: record.file.settings.pieces }),
    ...findingsOf({ frames, shots, confidence, misplaced }),
  }
}
