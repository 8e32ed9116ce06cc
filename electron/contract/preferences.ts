/** What the artist has set for the program as a whole; kept by main in a file of its own, apart from projects. */
import { z } from 'zod'
import { lookThroughSchema } from './exportQueue.ts'

/**
 * difference  what the artist's edits have changed (without any: what coloring has), amplified about middle gray
 * onion       the nearest pin's picture laid over this one
 */
export const compareModes = ['color', 'wipe', 'side', 'gray', 'difference', 'onion'] as const
export type CompareMode = (typeof compareModes)[number]

const gib = 1024 ** 3
export const LEAST_CACHE_BYTES = gib / 4
export const MOST_CACHE_BYTES = 4096 * gib

export const preferencesSchema = z.object({
  /** 'system' follows the system's language; a language that electron/text lacks falls back to English. */
  language: z.string().regex(/^[a-z]{2,8}$/),
  theme: z.enum(['system', 'light', 'dark']),
  /** How much the color cache may take; the oldest colorings are dropped beyond it. */
  cacheLimitBytes: z.number().min(LEAST_CACHE_BYTES).max(MOST_CACHE_BYTES),
  /** Keys of actions that differ from those the program comes with; an empty list takes an action its keys. */
  shortcuts: z.record(z.string().max(100), z.array(z.string().min(1).max(60)).max(4)),
  /** Of the film's sound, 0..1. */
  volume: z.number().min(0).max(1),
  muted: z.boolean(),
  /** Whether the timeline shows how loud the film is. */
  soundLane: z.boolean(),
  /** What of the window is shown beside the picture, and how that is compared. */
  inspector: z.boolean(),
  scopes: z.boolean(),
  viewMode: z.enum(compareModes),
  /** What is done with exports when they are finished (exportQueue.ts). */
  lookThrough: z.enum(['no', ...lookThroughSchema.options]),
  /** Whether lists of checksums are laid beside exports. */
  checksums: z.boolean(),
  /** Whether the sample project was offered. */
  welcomed: z.boolean(),
})
export type Preferences = z.infer<typeof preferencesSchema>

/** Colorings of about ten hours of film; the artist's disk is for the artist's films. */
export const defaultPreferences: Preferences = Object.freeze({
  language: 'system',
  theme: 'system',
  cacheLimitBytes: 8 * gib,
  shortcuts: {},
  volume: 1,
  muted: false,
  soundLane: true,
  inspector: true,
  scopes: false,
  viewMode: 'color',
  lookThrough: 'told',
  checksums: false,
  welcomed: false,
})
