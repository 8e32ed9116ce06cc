/** Where the program's own files lie, in a checkout and in an installed copy, and where it keeps what it writes. */
import { app } from 'electron'
import { join, resolve } from 'node:path'

export const preloadFile = join(__dirname, 'preload.cjs')
export const engineFile = join(__dirname, 'engine.cjs')
export const pageFolder = join(__dirname, 'renderer')

/** The trained networks: the ones that the program came with, or others that it is started with. */
export function weightsFolder(): string {
  const others = process.env['COLORNN_WEIGHTS']
  if (others) return resolve(others)
  return app.isPackaged ? join(process.resourcesPath, 'weights') : join(__dirname, '..', 'models', 'weights')
}

/** Disposable: colors that can be computed again. */
export function cacheFolder(): string {
  return process.env['COLORNN_CACHE'] ?? join(app.getPath('userData'), 'colorings')
}

export function recentFile(): string {
  return join(app.getPath('userData'), 'recent.json')
}

export function preferencesFile(): string {
  return join(app.getPath('userData'), 'preferences.json')
}

/** Projects that were never saved, with their journals. */
export function untitledFolder(): string {
  return join(app.getPath('userData'), 'untitled')
}

/** Exports that were ordered, with all that it takes to carry them out. */
export function exportsFolder(): string {
  return join(app.getPath('userData'), 'exports')
}

/** Crash reports, and the log of what ffmpeg was told and said. */
export function reportsFolder(): string {
  return join(app.getPath('userData'), 'reports')
}

/** The drawn film to try things out on. */
export function sampleFolder(): string {
  return join(app.getPath('userData'), 'sample')
}
