/** What each request of the window does. Main decides and passes on; pixels and long work are the engine's. */
import { app, BrowserWindow, dialog, MessageChannelMain, shell } from 'electron'
import { randomUUID } from 'node:crypto'
import { basename, dirname, extname, join } from 'node:path'
import type { ExportFormatId, FootageInfo, Keyframe } from '../contract/schemas.ts'
import { UserError } from '../contract/userError.ts'
import type { EngineClient } from '../host/engineClient.ts'
import type { Handlers } from './ipc.ts'
import type { RecentFootageList } from './recentFootage.ts'

const filmExtensions = ['mp4', 'mov', 'mkv', 'avi', 'mxf', 'm4v', 'mpg', 'mpeg', 'ts', 'mts', 'webm', 'dv', 'wmv']
const pictureExtensions = ['png', 'tif', 'tiff', 'dpx', 'jpg', 'jpeg', 'webp', 'bmp']

const exportExtension: Readonly<Record<ExportFormatId, string>> = {
  'ffv1-mkv': '.mkv',
  'prores-mov': '.mov',
  'dnxhr-mov': '.mov',
  'h264-mp4': '.mp4',
  'h265-mp4': '.mp4',
  'png-sequence': '',
}

interface OpenFilm {
  readonly info: FootageInfo
  readonly keyframes: Map<number, Keyframe>
}

export interface HandlerContext {
  readonly engine: EngineClient
  readonly recent: RecentFootageList
  readonly window: () => BrowserWindow | null
  /** The film the program was started with; taken once. */
  readonly takeLaunchFootage: () => string | null
}

export function createHandlers(context: HandlerContext): Handlers {
  const { engine, recent } = context
  const films = new Map<string, OpenFilm>()
  /** Targets the artist chose in the system's dialog, which asks before it lets a file be replaced. */
  const chosenTargets = new Set<string>()
  const exported = new Set<string>()

  function film(footageId: string): OpenFilm {
    const found = films.get(footageId)
    if (found) return found
    throw new UserError('not-found', 'This film is not open any more.', 'Open it again.')
  }

  async function chooseFile(filters: Electron.FileFilter[]): Promise<string | null> {
    const options: Electron.OpenDialogOptions = { properties: ['openFile'], filters: [...filters, { name: '*', extensions: ['*'] }] }
    const window = context.window()
    const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  }

  function sendKeyframes(footageId: string): Promise<void> {
    const keyframes = [...film(footageId).keyframes.values()].sort((a, b) => a.frame - b.frame)
    return engine.call('setKeyframes', footageId, keyframes)
  }

  return {
    appInfo: () => ({ version: app.getVersion(), electron: process.versions.electron ?? '', platform: process.platform }),
    engineStatus: () => engine.status,
    connectFrames: () => {
      const page = context.window()?.webContents
      if (!page) return
      const { port1, port2 } = new MessageChannelMain()
      // When there is no engine just now the window asks again on its 'ready'.
      if (engine.sendFramesPort(port1)) page.postMessage('framesPort', null, [port2])
    },

    chooseFootage: () => chooseFile([{ name: 'Film', extensions: [...filmExtensions, ...pictureExtensions] }]),
    openFootage: async (path) => {
      const footageId = randomUUID()
      const info = await engine.call('openFootage', path, footageId)
      films.set(footageId, { info, keyframes: new Map() })
      await recent.add(path)
      app.addRecentDocument(path)
      return info
    },
    closeFootage: async (footageId) => {
      if (!films.delete(footageId)) return
      await engine.call('closeFootage', footageId)
    },
    recentFootage: () => recent.list(),
    clearRecentFootage: () => recent.clear(),
    takeLaunchFootage: () => context.takeLaunchFootage(),

    startColorize: async ({ footageId, range }) => {
      film(footageId)
      const jobId = randomUUID()
      await engine.call('startColorize', { jobId, footageId, ...(range && { range }) })
      return jobId
    },
    pauseJob: (jobId) => engine.call('pauseJob', jobId),
    resumeJob: (jobId) => engine.call('resumeJob', jobId),
    cancelJob: (jobId) => engine.call('cancelJob', jobId),

    chooseKeyframePicture: () => chooseFile([{ name: 'PNG, TIFF, JPEG', extensions: pictureExtensions }]),
    setKeyframe: async ({ footageId, keyframe }) => {
      const { info, keyframes } = film(footageId)
      if (keyframe.frame >= info.frameCount) {
        throw new UserError(
          'bad-argument',
          `This film has ${info.frameCount} frames; frame ${keyframe.frame} is not among them.`,
          'Choose a frame of the film.',
        )
      }
      const before = keyframes.get(keyframe.frame)
      keyframes.set(keyframe.frame, keyframe)
      try {
        await sendKeyframes(footageId)
      } catch (error) {
        // A picture that can't be used must not replace one that could.
        if (before) keyframes.set(keyframe.frame, before)
        else keyframes.delete(keyframe.frame)
        throw error
      }
    },
    removeKeyframe: async ({ footageId, frame }) => {
      if (film(footageId).keyframes.delete(frame)) await sendKeyframes(footageId)
    },
    keyframes: (footageId) => [...film(footageId).keyframes.values()].sort((a, b) => a.frame - b.frame),
    coloredRanges: (footageId) => engine.call('coloredRanges', footageId),

    chooseExportTarget: async ({ footageId, format }) => {
      const { info } = film(footageId)
      const extension = exportExtension[format]
      const suggestion = `${basename(info.name, extname(info.name))} (color)${extension}`
      const options: Electron.SaveDialogOptions = {
        defaultPath: join(dirname(info.path), suggestion),
        ...(extension && { filters: [{ name: extension.slice(1).toUpperCase(), extensions: [extension.slice(1)] }] }),
      }
      const window = context.window()
      const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
      if (answer.canceled || !answer.filePath) return null
      const target = extname(answer.filePath) === '' ? answer.filePath + extension : answer.filePath
      // The dialog asked about the name it saw; a name completed by us may belong to a file it never mentioned.
      if (target === answer.filePath) chosenTargets.add(target)
      return target
    },
    startExport: async ({ footageId, target, format, range }) => {
      film(footageId)
      const jobId = randomUUID()
      const overwrite = chosenTargets.delete(target)
      await engine.call('startExport', { jobId, footageId, target, format, overwrite, ...(range && { range }) })
      exported.add(target)
      return jobId
    },
    revealExport: (path) => {
      if (exported.has(path)) shell.showItemInFolder(path)
    },
  }
}
