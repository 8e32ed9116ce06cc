/** The names of all requests, free of zod, so that the preload stays tiny. The types below fail when one is missing. */
import type { RequestName } from './requests.ts'

export const requestNames = [
  'appInfo',
  'engineStatus',
  'connectFrames',
  'chooseFootage',
  'openFootage',
  'closeFootage',
  'recentFootage',
  'clearRecentFootage',
  'takeLaunchFootage',
  'startColorize',
  'pauseJob',
  'resumeJob',
  'cancelJob',
  'chooseKeyframePicture',
  'setKeyframe',
  'removeKeyframe',
  'keyframes',
  'coloredRanges',
  'chooseExportTarget',
  'startExport',
  'revealExport',
] as const satisfies readonly RequestName[]

type Missing = Exclude<RequestName, (typeof requestNames)[number]>
/** Does not compile while a request has no name above. */
export const noRequestIsMissing: [Missing] extends [never] ? true : Missing = true
