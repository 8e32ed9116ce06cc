/**
 * Messages between the engine and whoever owns it (the main process, or the command line). The engine runs as an
 * Electron utility process or as a plain Node child; both carry structured clones. Requests are answered by id.
 */
import { type Sentence } from '../contract/sentence.ts'
import type { AlikeOrder, ColoringExample, PinLikeness, PinsElsewhere } from '../contract/alike.ts'
import type { ExportAccount } from '../contract/exportAccount.ts'
import type { FilmEdits, PlannedSegment, ShownResult } from '../contract/filmEdits.ts'
import type { FoundShots, ShotsWish } from '../contract/foundShots.ts'
import type { Crop } from '../contract/delivery.ts'
import type { ExportFile } from '../contract/exportFile.ts'
import type { ExportSettings } from '../contract/exportSettings.ts'
import type { Originals } from '../contract/originals.ts'
import type { PicturePoint, ReferenceOperation } from '../contract/operations.ts'
import type { EngineInfo, FootageInfo, FrameMeasures, FrameRange, JobProgress, Rational } from '../contract/schemas.ts'
import type { Outcome } from '../contract/userError.ts'

export interface EngineCalls {
  /** Without its exports for those who choose from none. */
  info: { args: [without?: 'exports']; result: EngineInfo }
  /**
   * The owner chooses the id, so that after a crash a new engine can be given the same films under the same ids. The
   * rate is that of a sequence of pictures, in frames per second; by the pictures' header when not given.
   */
  openFootage: { args: [path: string, footageId: string, rate?: Rational]; result: FootageInfo }
  closeFootage: { args: [footageId: string]; result: void }
  /** What footage is, without opening it. */
  probe: { args: [path: string]; result: FootageInfo }
  /**
   * Takes a change of the clip's document. Frames that look different afterwards are told by 'changed' messages, sent
   * before the answer. A picture that can't be read is an error; then nothing has changed.
   */
  setEdits: { args: [footageId: string, edits: FilmEdits]; result: void }
  /** Whether a picture can be pinned to a frame of the film: throws UserError where not. */
  checkPicture: { args: [footageId: string, path: string]; result: boolean }
  checkReference: { args: [footageId: string, path: string, mode: ReferenceOperation['mode']]; result: void }
  /** Frames whose shown coloring is at hand: of its own, or in the cache. */
  coloredRanges: { args: [footageId: string]; result: FrameRange[] }
  /** Of frames that are to be colored those whose coloring, as it is wanted now or under a key, the cache holds. */
  storedRanges: { args: [footageId: string, ranges: readonly FrameRange[], key?: string]; result: FrameRange[] }
  /** For the strip of confidences, the flicker graph and the next pin. */
  measures: { args: [footageId: string, range: FrameRange]; result: FrameMeasures }
  /**
   * The shots, as far as they are known; null while not all of the film was looked through,
   * or not all that is asked of the shots that 'around' lies in.
   */
  shots: { args: [footageId: string, around?: ShotsWish]; result: FoundShots | null }
  /**
   * What is known of them while the film is looked through, and the frames around one that were looked at; none where
   * that was not.
   */
  shotsSoFar: { args: [footageId: string, frame: number]; result: FrameRange & { found: FoundShots } }
  /**
   * The frame's base coloring (as shown, with what region locks keep of it; of an uncolored frame the color model's),
   * as the bytes of a 'frozen' base.
   */
  frozenColoring: { args: [footageId: string, frame: number]; result: Uint8Array }
  /** Writes base colorings of frames to a new file that a lock keeps; see film/freezeColorings.ts. */
  freezeColorings: {
    args: [footageId: string, order: FrameRange & { kept: readonly ShownResult[] | null; target: string }]
    result: { hash: string | null; uncolored: readonly FrameRange[] }
  }
  /**
   * Chroma of the frame at a place (picture coordinates), before the look; of an uncolored frame null. radius: picture
   * heights.
   */
  pickColor: {
    args: [footageId: string, frame: number, place: PicturePoint, radius: number]
    result: { u: number; v: number } | null
  }
  /**
   * Seconds from the first frame to each frame, and at last to the end of the last one; null for films whose rate says
   * it all.
   */
  frameTimes: { args: [footageId: string]; result: Float64Array<ArrayBuffer> | null }
  /** What to cut off the sides of the shown picture to be rid of the black beside it; null where there is none. */
  blackBars: { args: [footageId: string, range?: FrameRange]; result: Crop | null }
  /** Writes these frames, at least one, as they are shown together on one picture: PNG, or TIFF by its ending. */
  exportSheet: {
    args: [footageId: string, frames: readonly number[], target: string, overwrite: boolean, originals?: Originals]
    result: { path: string; note: Sentence | null }
  }
  /** Writes the frame as it would be exported to a new PNG file, or TIFF by its ending, of 16 bits a sample. */
  exportFrame: {
    args: [footageId: string, frame: number, target: string, overwrite: boolean, originals?: Originals]
    /** Where it has come to lie, and why there where that is not the target. */
    result: { path: string; note: Sentence | null }
  }
  /**
   * Looks for the cuts of the whole film, or of the shots that 'around' lies in: a job. (What was looked through before
   * is done at once.)
   */
  startFindShots: { args: [job: { jobId: string; footageId: string; around?: ShotsWish }]; result: void }
  /**
   * Colors 'ranges' (in order, disjoint) by the segments that hold them, beginning with the one that holds frame
   * 'first'. What the cache holds already is not done again but reported as finished. While the job runs its frames
   * show its colors; when it has ended they show what the layout says. Without segments: as the layout wants it.
   */
  startColorize: { args: [job: ColorizeOrder]; result: void }
  /** Of an order that is still 'open'. Nothing where the job has ended. */
  addToColorize: { args: [more: ColorizeMore]; result: void }
  /**
   * What is left of an order is not wanted any more: the job waits for what is added to it instead. When this resolves
   * everything that was finished by the order has been told; the frame in hand is kept, but never told. False where the
   * job has ended.
   */
  takeBackColorize: { args: [jobId: string]; result: boolean }
  /**
   * Frames that show no coloring, or none that is up to date, are colored on the way as the layout wants them.
   * 'originals' are not written over; nor is the film itself, named or not. With an account, a record of it lies beside
   * each file (contract/exportRecord.ts), and the file itself says in short what it is.
   */
  startExport: { args: [job: ExportCall & AccountedJob]; result: ExportTaken }
  /**
   * Throws what would keep an export from its target, as far as that can be known before anything is computed. With
   * 'keepsThere' it is no hindrance that some of several files are there already: they are told.
   */
  checkExport: { args: [order: ExportCall & { readonly keepsThere?: boolean }]; result: ExportChecked }
  /**
   * How alike a frame is to each of these pins. What can not be read of the other films is left out, and said.
   * 'asked' is a name by which the question may be given up.
   */
  likeness: {
    args: [
      footageId: string,
      frame: number,
      pins: readonly number[],
      elsewhere: readonly PinsElsewhere[],
      asked?: string,
    ]
    result: { pins: readonly PinLikeness[]; leftOut: readonly Sentence[] }
  }
  /**
   * The frame colored like an example, as the bytes of a 'frozen' base (film/exampleColoring.ts), and how alike they
   * are, 0..1. 'asked' as for 'likeness'.
   */
  coloringLike: {
    args: [footageId: string, frame: number, like: ColoringExample, asked?: string]
    result: { coloring: Uint8Array; share: number }
  }
  /**
   * The frame as a pass colors it by this segment (computed where it is not at hand), and region locks keep it, as the
   * bytes of a 'frozen' base.
   * Null where only what is at hand is asked for, and it is not.
   */
  carriedColoring: {
    args: [footageId: string, frame: number, segment: PlannedSegment, isAtHand: boolean]
    result: Uint8Array | null
  }
  /** Nobody waits for the answer to this question any more: it is 'cancelled', soon. Nothing where it has an answer. */
  giveUp: { args: [asked: string]; result: void }
  /** Colors a frame of each shot that looks like one of the pins: a job, whose last message says which. */
  startFindAlike: { args: [job: AlikeOrder]; result: void }
  /**
   * Looks a finished film through: a job, whose last message says what was found. Throws the UserErrors of openFootage.
   */
  startInspect: { args: [job: InspectOrder]; result: void }
  /** Small JPEG pictures of frames of any film; null where one can not be had. Throws the UserErrors of openFootage. */
  pictures: { args: [path: string, frames: readonly number[]]; result: (Uint8Array | null)[] }
  pauseJob: { args: [jobId: string]; result: void }
  resumeJob: { args: [jobId: string]; result: void }
  /**
   * Resolves when the job has ended and its temporary files are gone; but for what an export has finished where it is
   * ended to go on: the same export, started again, does so from there.
   */
  cancelJob: { args: [jobId: string, toGoOn?: boolean]; result: void }
  /** Removes what an export to this target that has ended has left to go on from: nobody will. */
  forgetUnfinished: { args: [target: string]; result: void }
  /** Bytes the color cache takes and may take; a number sets the latter. */
  cache: { args: [limitBytes?: number]; result: { bytes: number; limitBytes: number } }
  clearCache: { args: []; result: void }
  /** Writes the sample film; see sample/. */
  drawSample: { args: [target: string]; result: void }
  /** Ends all jobs tidily, exports to go on with; the process exits by itself afterwards. */
  shutdown: { args: []; result: void }
}

export interface ColorizeOrder {
  readonly jobId: string
  readonly footageId: string
  readonly segments?: readonly PlannedSegment[]
  readonly ranges: readonly FrameRange[]
  readonly first?: number
  /** More is to be added; the job waits for it, and lets others go before it meanwhile. */
  readonly open?: {
    /** Frames that it will be in all, as far as is known. */
    readonly total: number
    /** Of an order that was given before: frames that were finished by then. */
    readonly done?: number
  }
}

/** A further part of an open order: frames that are in none before. */
export interface ColorizeMore {
  readonly jobId: string
  readonly segments: readonly PlannedSegment[]
  readonly ranges: readonly FrameRange[]
  /** As in the order, of this part. */
  readonly first?: number
  /** As in the order. */
  readonly total: number
  /** Nothing is added after this. */
  readonly isLast: boolean
}

export interface ExportCall extends ExportSettings {
  readonly footageId: string
  readonly target: string
  readonly range?: FrameRange
  /** The artist has agreed to the replacing of what stands at the target. */
  readonly overwrite: boolean
  /** What that is, as an earlier check or start of this export has told; what stands there now when not given. */
  readonly standing?: ExportTaken['standing']
  /** Of several files that it is written as, those that are there already and are left as they are. */
  readonly kept?: readonly string[]
  readonly originals?: Originals
}

export interface InspectOrder {
  readonly jobId: string
  /** Of the clip that the film was made of; '' where it is of none. */
  readonly footageId: string
  /** A film file, or a folder of pictures. */
  readonly path: string
  /** The film that it was made of, to be compared with. */
  readonly original?: string
}

export interface AccountedJob {
  readonly jobId: string
  readonly account?: ExportAccount
}

/**
 * What stood at the names of an export's files when it was ordered; null for nothing. Whatever comes there later is not
 * replaced.
 */
export interface ExportTaken {
  readonly standing: Readonly<Record<string, string | null>>
}

export interface ExportChecked extends ExportTaken {
  /** All files that it is to be written as. */
  readonly files: readonly ExportFile[]
}

export type EngineCallName = keyof EngineCalls

export interface EngineCallMessage<N extends EngineCallName = EngineCallName> {
  readonly type: 'call'
  readonly id: number
  readonly name: N
  readonly args: EngineCalls[N]['args']
}
/** Carries a MessagePort beside it: the window's line for pixels (contract/frames.ts). */
export interface EngineFramesPortMessage {
  readonly type: 'framesPort'
}
export type ToEngine = EngineCallMessage | EngineFramesPortMessage

export type FromEngine =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly outcome: Outcome<unknown> }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  /** These frames look different now, or are no longer up to date. */
  | { readonly type: 'changed'; readonly footageId: string; readonly from: number; readonly to: number }

/** Exit code of an engine that met what it did not expect, and has written down what that was. */
export const EXIT_REPORTED = 70

/** What the owner tells the engine at the start, as environment variables (they reach both kinds of process). */
export interface EngineSettings {
  /** Folder of the color cache. */
  readonly COLORNN_CACHE: string
  /** Folder that holds the weights (models/weights). */
  readonly COLORNN_WEIGHTS: string
  /**
   * Bytes of the color cache beyond which this process gives up what it has written itself; empty: the limit that lies
   * with the cache.
   */
  readonly COLORNN_CACHE_LIMIT: string
  /** Folder where crashes and ffmpeg's runs are noted; nothing is where it is left out or empty. */
  readonly COLORNN_REPORTS?: string
}
