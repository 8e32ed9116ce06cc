/**
 * Pixels and sound never pass through the main process: the window and the engine talk over a MessagePort of their own.
 * Main only makes the pair of ports and hands one end to each.
 */
import type { RegionShape } from './operations.ts'
import type { SoundAnswer, ToSoundService } from './sound.ts'
import type { UserErrorData } from './userError.ts'

/** Asks for one frame of a film. Later requests with the same 'slot' replace earlier ones that are still waiting. */
export interface FrameRequest {
  readonly type: 'frame'
  readonly requestId: number
  readonly footageId: string
  readonly frame: number
  /** Longest side wanted, in pixels; the engine may send the picture smaller, never larger than the source. */
  readonly maxSide: number
  /**
   * 'view' for the viewer, 'thumb' for thumbnails: a new request replaces a waiting one of the same slot 'view' only.
   */
  readonly slot: 'view' | 'thumb'
  /**
   *   base           what the networks (or the pin) give, without operations, locks and look; for comparing
   *   picture        as edited, and with all that an export writes of pinned pictures: their own chroma at full size,
   *                  and their fine color; they may have to be decoded, which takes longer than a frame lasts
   *   base-picture   both
   * Left out: as edited, at the networks' size.
   */
  readonly coloring?: 'base' | 'picture' | 'base-picture'
  /** Of the slot 'view': where the frame takes long to get to, a StandInReply may come before the answer. */
  readonly mayStandIn?: boolean
}

/**
 * Asks for the part of the picture that a region's shape takes; for drawing it while it is made. The latest one wins.
 */
export interface MaskRequest {
  readonly type: 'mask'
  readonly requestId: number
  readonly footageId: string
  readonly frame: number
  readonly shape: RegionShape
  readonly inverted: boolean
  /** In picture heights. */
  readonly feather: number
}

/**
 * Share of the way to the edge of the RGB cube up to which a color is left alone. True colors get near the edge: from
 * 0.8 on they lost 0.7 dB of 50. A twentieth is left so that what does not fit comes in softly.
 */
export const GAMUT_KNEE = 0.95

/**
 * The coloring of a frame as the compositor reads it: per texel four coefficients (aU, bU, aV, bV; row-major,
 * interleaved) of the guided filter's local linear model, so that at every pixel, after bilinear interpolation,
 *   U = aU * Y + bU,   V = aV * Y + bV      (Y 0..1, U and V -0.5..0.5, BT.601 full range).
 * He et al. 2013, "Guided Image Filtering", made exact at the texels (engine/chroma/guidedModel.ts); the export
 * evaluates the same model at every chroma sample. Texel centers cover the picture evenly, as in a texture with clamped
 * edges.
 *
 * Colors that luma leaves no room for are then drawn toward neutral, by chroma alone. With the differences
 *   b = 1.772 U,   r = 1.402 V,   g = -(Kr r + Kb b) / Kg      (K of the film's own matrix)
 * a color uses this share of the way to the edge of the RGB cube:
 *   used = max( max(r, g, b) / (1.00001 - Y), min(r, g, b) / (-0.00001 - Y) ).
 * Where used > k (GAMUT_KNEE), with beyond = (used - k) / (1 - k), all three are multiplied by
 *   (k + (1 - k) beyond / (1 + beyond)) / used,
 * so that nothing is clipped, black and white stay clean, and R, G, B = Y + r, g, b.
 */
export interface ColoringModel {
  readonly width: number
  readonly height: number
  readonly coefficients: Float32Array
  /** Changes when the coloring does; equal versions need no new upload. */
  readonly version: string
  /** 0..1, how sure the network is of this frame; null for pinned pictures. */
  readonly confidence: number | null
  readonly pinned: boolean
  /**
   * Of frames that show a pinned picture, or have fine color of one. 'at-hand': it can be asked for at full size.
   * 'drawn': this is it; the model reads no luma, and its colors are not drawn toward neutral any more.
   */
  readonly picture?: 'at-hand' | 'drawn'
  /** The pins, the shot or the pass it comes from have changed since. */
  readonly stale: boolean
}

/** The film's own chroma: U and V interleaved, row-major, 128 is neutral. Texel centers cover the picture evenly. */
export interface SourceChroma {
  readonly width: number
  readonly height: number
  readonly samples: Uint8Array
}

export interface FrameReply {
  readonly type: 'frame'
  readonly requestId: number
  readonly footageId: string
  readonly frame: number
  /** Size of the luma sent. */
  readonly width: number
  readonly height: number
  /** Y scaled to full range 0..255, row-major, width * height bytes. */
  readonly luma: Uint8Array
  /** Where it is not neutral: tinted prints, films in color. */
  readonly sourceChroma: SourceChroma | null
  readonly coloring: ColoringModel | null
  /** Presentation time in seconds from the first frame. */
  readonly seconds: number
}

/**
 * Comes before the answer to a request that is far to get to: a small picture of a frame nearby, of the same shot. From
 * then on the request makes way for a newer one. Nothing may be measured in it, nor taken from it.
 */
export interface StandInReply {
  readonly type: 'stand-in'
  readonly requestId: number
  readonly footageId: string
  /** The one that was asked for. */
  readonly frame: number
  /** The one that the picture is of. */
  readonly of: number
  /** JPEG: Y at full range and the film's own U and V, as the film is stored. */
  readonly jpeg: Uint8Array
  /** Of the frame asked for, as far as it is at hand without decoding; it reads no luma. */
  readonly coloring: ColoringModel | null
}

/** The request was replaced by a newer one, or its film was closed meanwhile; nothing is wrong. */
export interface FrameDropped {
  readonly type: 'dropped'
  readonly requestId: number
}

export interface FrameFailed {
  readonly type: 'failed'
  readonly requestId: number
  readonly error: UserErrorData
}

export interface MaskReply {
  readonly type: 'mask'
  readonly requestId: number
  /** Size of the networks' chroma; texel centers cover the picture evenly. */
  readonly width: number
  readonly height: number
  /** 0..255, row-major. */
  readonly alpha: Uint8Array
}

export type ToFrameService = FrameRequest | MaskRequest
/** What may be asked on the line, and what comes back. */
export type LineRequest = ToFrameService | ToSoundService
export type LineAnswer = FrameAnswer | SoundAnswer
export type FrameAnswer = FrameReply | StandInReply | MaskReply | FrameDropped | FrameFailed
/** The window's message that carries the port: window.postMessage({ framesPort: true }, '*', [port]) by the preload. */
export interface FramesPortMessage {
  readonly framesPort: true
}
