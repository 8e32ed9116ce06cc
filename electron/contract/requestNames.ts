/** The names of all requests, free of zod, so that the preload stays tiny. The types below fail when one is missing. */
import { projectRequestNames } from './projectRequestNames.ts'
import type { RequestName } from './requests.ts'

export const requestNames = [
  'appInfo',
  'engineStatus',
  'connectFrames',
  'preferences',
  'changePreferences',
  'chooseFootage',
  'recentFootage',
  'clearRecentFootage',
  'takeLaunchFootage',
  'openSampleProject',
  'openPath',
  'openClip',
  'startColorize',
  'findShots',
  'jobs',
  'pauseJob',
  'resumeJob',
  'cancelJob',
  'markJobsTold',
  'clearJobs',
  'choosePicture',
  'pinFrame',
  'pinPicture',
  'movePin',
  'lockFrames',
  'suggestPin',
  'pickColor',
  'exportFrame',
  'coloredRanges',
  'frameTimes',
  'measures',
  'chooseExportTarget',
  'startExport',
  'revealExport',
  'cacheUse',
  'clearCache',
  ...projectRequestNames,
] as const satisfies readonly RequestName[]

type Missing = Exclude<RequestName, (typeof requestNames)[number]>
/** Does not compile while a request has no name above. */
export const noRequestIsMissing: [Missing] extends [never] ? true : Missing = true
