/** An export while it is written: segment after segment, then joined, looked at, and given its name. */
import { rename, stat } from 'node:fs/promises'
import { framesWithin } from '../../../contract/ranges.ts'
import { sentence, type Sentence } from '../../../contract/sentence.ts'
import { cancelled, UserError } from '../../../contract/userError.ts'
import type { FfmpegTools } from '../../ffmpeg/locateFfmpeg.ts'
import type { Planes } from '../../picture/pixelLayout.ts'
import { examineSuspects } from '../../reading/decoding/examine.ts'
import { isChanged } from '../../reading/fileStamp.ts'
import { failedRead } from '../../reading/decoding/readEnd.ts'
import type { FilmWriter, FinishedFilm } from '../encode.ts'
import { needRoom } from '../files/diskRoom.ts'
import { ExportCheck, type Comparison } from '../check/exportCheck.ts'
import { exportNotes, type JoinOrder } from '../carried/joinCommand.ts'
import { CarryingFailed, joinFilm, withCarried } from '../carried/joinFilm.ts'
import { PictureCheck } from '../check/pictureCheck.ts'
import { pictureName } from './segmentCommand.ts'
import { SegmentEncoder } from './segmentEncoder.ts'
import { isToGoOn, type FrameRemark, type SegmentFolder } from './segmentFolder.ts'
import { setPicturesRight, setRight } from '../heads/setRight.ts'
import type { FinishedFile, TargetFile } from '../files/targetFile.ts'
import type { Carrying } from '../carried/tryCarried.ts'
import { foundSentence } from '../check/foundSentence.ts'
import { writingFailure } from '../files/writingFailure.ts'

const notAllSaid = sentence`Not all that this export says of itself could be written; marks of its colors or of its origin may be missing.`

const notLookedAt = sentence`The export is finished, but could not be read back.`

const picturesLost = sentence`The export lacks pictures that were written: ffmpeg has lost some.`
/** Where the joining of segments fails for what is carried over. */
const laterCarrying: readonly Carrying[] = ['tried whole', 'nothing']

export class SegmentedFilm implements FilmWriter {
  /** Frames of the film, and pictures that are made of each. */
  readonly #count: number
  readonly #perFrame: number
  readonly #hashes: string[]
  /** Of the segment that is being written. */
  #encoder: SegmentEncoder | null = null
  /** Complete, but made of the frame behind it as well. */
  #waiting: SegmentEncoder | null = null
  /** The frame before the next segment, where that is made of it as well. */
  #lead: Planes | null = null
  /** Where an export is gone on with, it has to be given once more. */
  #needsLead: boolean
  /** Of segments that are complete, but not sealed yet. */
  readonly #closing = new Set<SegmentEncoder>()
  #sealing: Promise<void> = Promise.resolve()
  #written: number
  #check: ExportCheck | null = null
  /** What ffmpeg can not write could be set right. */
  #isAllSaid = true
  #isOver = false
  #abandoned: Promise<void> = Promise.resolve()
  #failure: Error | null = null

  constructor(
    private readonly tools: FfmpegTools,
    private order: JoinOrder,
    private readonly target: TargetFile,
    private readonly folder: SegmentFolder,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.#perFrame = order.deinterlacing?.perFrame ?? 1
    this.#count = (order.range.to - order.range.from) / this.#perFrame
    this.#written = folder.pictures / this.#perFrame
    this.#needsLead = order.deinterlacing !== null && this.#written > 0 && this.#written < this.#count
    this.#hashes = folder.records.flatMap(({ hashes }) => hashes)
    const { damage } = order.footage.source
    for (const { missing, flawed } of folder.records) {
      for (const frame of missing) damage.missing.add(frame)
      for (const frame of flawed) damage.flawed.add(frame)
    }
  }

  get next(): number {
    return this.order.range.from / this.#perFrame + this.#written - (this.#needsLead ? 1 : 0)
  }

  get remarks(): readonly FrameRemark[] {
    const remarks = this.folder.records.flatMap((record) => record.remarks)
    return this.#needsLead ? remarks.slice(0, -1) : remarks
  }

  async write(planes: Planes, remark?: FrameRemark): Promise<void> {
    if (this.signal?.aborted) throw await this.#end(cancelled())
    if (this.#failure !== null) throw this.#failure
    if (this.#isOver || this.#written >= this.#count) throw new Error('more frames written than announced')
    try {
      if (this.#needsLead) {
        this.#needsLead = false
        this.#lead = copyOf(planes)
        return
      }
      if (this.#waiting) {
        const waiting = this.#waiting
        this.#waiting = null
        await waiting.writeBeside(planes)
        await this.#closeSoon(waiting)
      }
      this.#encoder ??= await this.#begin()
      const encoder = this.#encoder
      this.#written++
      await encoder.write(planes, remark)
      if (!encoder.isComplete) return
      this.#encoder = null
      this.#closing.add(encoder)
      if (this.order.deinterlacing && this.#written < this.#count) {
        // It is not on the disk before the next frame comes; the one before it has to be by then.
        await this.#sealing
        this.#waiting = encoder
        this.#lead = copyOf(planes)
      } else await this.#closeSoon(encoder)
    } catch (error) {
      throw await this.#end(error)
    }
  }

  /** One is closed while the next is written; no more than that, so that they do not pile up. */
  async #closeSoon(encoder: SegmentEncoder): Promise<void> {
    await this.#sealing
    this.#sealing = this.#close(encoder)
    // Met by the next frame, or at the end.
    this.#sealing.catch(() => undefined)
  }

  async #begin(): Promise<SegmentEncoder> {
    // Better now than in the middle of it, with a disk that is full for others too.
    await needRoom(this.target.directory, this.folder.largest, this.folder.isLeft)
    const segment = Math.floor((this.#written * this.#perFrame) / this.folder.extent(0).count)
    const { first, count } = this.folder.extent(segment)
    const isPictures = this.order.format.container === 'image2'
    const place = isPictures ? this.folder.picturesPath : this.folder.fileOf(segment)
    const lead = this.#lead
    const encoder = new SegmentEncoder(this.tools, this.order, place, first, count, lead !== null)
    this.#lead = null
    if (lead) await encoder.writeBeside(lead)
    return encoder
  }

  async #close(encoder: SegmentEncoder): Promise<void> {
    const { footage, format, range } = this.order
    const { first, count, hashes, remarks } = encoder
    await encoder.finish()
    this.#closing.delete(encoder)
    if (format.container === 'image2') {
      await setPicturesRight(this.folder.picturesPath, this.order, first, count).catch(() => {
        this.#isAllSaid = false
      })
    }
    await examineSuspects(this.tools, footage, this.signal).catch(() => undefined)
    const { missing, flawed } = footage.source.damage
    const [from, to] = [range.from + first, range.from + first + count].map((picture) => picture / this.#perFrame)
    const of = { from: from!, to: to! }
    await this.folder.seal({ hashes, remarks, missing: framesWithin(missing, of), flawed: framesWithin(flawed, of) })
    this.#hashes.push(...hashes)
  }

  async finish(beside?: (finished: FinishedFilm) => Promise<void>): Promise<FinishedFilm> {
    if (this.#failure !== null) throw this.#failure
    let undecoded: ReadonlySet<number> = new Set()
    try {
      await this.#sealing
      if (this.#written !== this.#count) throw new Error(`${this.#written} of ${this.#count} frames were written`)
      const { footage, format } = this.order
      this.#check = new ExportCheck(this.tools, this.order)
      if (format.container !== 'image2') undecoded = (await this.#takeNamed()) ?? (await this.#join())
      // A film that was cut short meanwhile ends for ffmpeg where it ends now.
      if (await isChanged(footage.info.path, footage.source.stamp)) throw failedRead(footage.info.name, 'changed', '')
      await this.order.carried.forget()
      const finished = await this.#conclude(undecoded)
      try {
        await beside?.(finished)
      } finally {
        await this.folder.discard()
      }
      return finished
    } catch (error) {
      throw await this.#end(error)
    }
  }

  /** The film as a program has left it that ended when it had got its name; null where it has to be joined. */
  async #takeNamed(): Promise<ReadonlySet<number> | null> {
    const { named, finishedPath } = this.folder
    if (named === null) return null
    await rename(finishedPath, this.target.part)
    this.#isAllSaid = named.isAllSaid
    return new Set(named.undecoded)
  }

  async #join(): Promise<ReadonlySet<number>> {
    await needRoom(this.target.directory, this.folder.bytes, this.folder.isLeft)
    for (const carrying of laterCarrying) {
      try {
        return await this.#joinOnce()
      } catch (error) {
        if (!(error instanceof CarryingFailed)) throw error
      }
      this.#check?.stop()
      await this.order.carried.forget()
      this.order = await withCarried(this.tools, this.order, carrying, this.signal)
      this.#check = new ExportCheck(this.tools, this.order)
    }
    return this.#joinOnce()
  }

  async #joinOnce(): Promise<ReadonlySet<number>> {
    const undecoded = await joinFilm(this.tools, this.order, this.folder, this.target.part, this.signal)
    this.#isAllSaid = await setRight(this.target.part, this.order).then(
      () => true,
      () => false,
    )
    return undecoded
  }

  /** Looks at what was written, and gives it its name. */
  async #conclude(undecoded: ReadonlySet<number>): Promise<FinishedFilm> {
    const isPictures = this.order.format.container === 'image2'
    const place = isPictures ? this.folder.picturesPath : this.target.part
    const pictures = this.#hashes.length > 0 ? new PictureCheck(this.#hashes) : null
    const check = this.#check!
    const stop = (): void => check.stop()
    if (this.signal?.aborted) throw cancelled()
    this.signal?.addEventListener('abort', stop, { once: true })
    const compared = await check
      .run(place, pictures && ((hash) => pictures.hear(hash)))
      .catch((): Comparison => ({ differs: [], note: notLookedAt, bitRate: null, lost: [] }))
    this.signal?.removeEventListener('abort', stop)
    const { differs, note: notCompared, bitRate, lost } = compared
    if (notCompared !== null) pictures?.cutShort()
    const other = pictures?.firstOther ?? null
    if (this.signal?.aborted) throw cancelled()
    const film = isPictures ? null : { undecoded: [...undecoded], isAllSaid: this.#isAllSaid }
    await this.folder.noteNaming(place, film)
    if (isPictures) this.target.take(this.folder.picturesPath)
    this.#isOver = true
    if (differs === null || differs.length > 0 || other !== null) {
      const otherPicture = isPictures
        ? sentence`“${pictureName(this.order, other ?? 0)}” of the export is not the picture that was to be written, sample for sample.`
        : sentence`Picture ${other ?? 0} of the export is not as it was to be written: ffmpeg has written another.`
      const failed =
        differs === null
          ? await this.target.keepFailed(picturesLost)
          : other === null
            ? await this.target.keepFailed(inOne(differs), true)
            : await this.target.keepFailed(otherPicture)
      // Its segments are not what they should be either.
      await this.folder.discard()
      throw failed
    }
    const { path, note } = await this.#name()
    const captions = await this.order.captions.found
    const damaged = this.order.carried.carried.filter(
      ({ stream, way }) => way.codec !== 'copy' && undecoded.has(stream.index),
    )
    const notes = damaged.map(
      ({ label }) => sentence`${label} is damaged: where it can not be decoded, nothing of it is in the export.`,
    )
    return {
      path,
      notes: [
        ...exportNotes(this.tools, this.order),
        ...captions.notes,
        ...notes,
        ...(this.#isAllSaid ? [] : [notAllSaid]),
        ...(notCompared === null ? [] : [notCompared]),
        ...lost,
        ...(note === null ? [] : [note]),
      ],
      found: notCompared === null ? foundSentence(this.order, bitRate, lost.length === 0, captions.place) : null,
      bytes: (await stat(path)).size,
    }
  }

  /** Until the file has its name, the segments are what outlasts the program. */
  async #name(): Promise<FinishedFile> {
    try {
      const named = await this.target.commit()
      await this.folder.removePictures()
      return named
    } catch (error) {
      const isFull = error instanceof UserError && error.code === 'disk-full'
      await (isFull || (await this.folder.holdsPictures()) ? this.folder.leave() : this.folder.discard())
      throw error
    }
  }

  /** Ends it for an error, and gives what to throw. */
  async #end(error: unknown): Promise<Error> {
    if (this.#isOver) return error as Error
    const { signal } = this
    await this.abort()
    this.#failure = signal?.aborted
      ? cancelled()
      : await writingFailure({
          error,
          footage: this.order.footage,
          directory: this.target.directory,
          goesOn: this.folder.isLeft,
        })
    return this.#failure
  }

  abort(): Promise<void> {
    // A frame that was being written may have begun it: whoever asks as well waits for its end.
    if (!this.#isOver) this.#abandoned = this.#abandon()
    return this.#abandoned
  }

  async #abandon(): Promise<void> {
    this.#isOver = true
    const { info, source } = this.order.footage
    const isGivenUp =
      (this.signal?.aborted === true && !isToGoOn(this.signal)) || (await isChanged(info.path, source.stamp))
    await this.#encoder?.kill()
    // Complete ones are soon sealed, and then need not be written again.
    if (!isGivenUp) await this.#sealing.catch(() => undefined)
    await Promise.all(Array.from(this.#closing, (encoder) => encoder.kill()))
    await this.#sealing.catch(() => undefined)
    this.#check?.stop()
    this.order.captions.stop()
    await this.order.carried.forget()
    await (isGivenUp ? this.folder.discard() : this.folder.leave())
    await this.target.discard()
  }
}

function copyOf({ layout, y, u, v }: Planes): Planes {
  return { layout, y: y.slice(), u: u?.slice() ?? null, v: v?.slice() ?? null }
}

const inOne = (sentences: readonly Sentence[]): Sentence => sentences.reduce((all, next) => sentence`${all} ${next}`)
