/** What each request of the window does. Main decides and passes on; pixels and long work are the engine's. */
import { app, MessageChannelMain, shell, type BrowserWindow } from 'electron'
import { stat } from 'node:fs/promises'
import type { Preferences } from '../contract/preferences.ts'
import type { FootageInfo } from '../contract/schemas.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { filmsAmong } from '../project/films/filmsAmong.ts'
import { addFilm, projectHandlers } from '../project/session/projectHandlers.ts'
import { UNTITLED } from '../contract/project.ts'
import type { Language } from '../text/language.ts'
import type { Dialogs } from './dialogs.ts'
import { guardedProject } from './guardedProject.ts'
import type { Handlers } from './ipc.ts'
import { isProject, openPath, type OpeningContext } from './opening.ts'
import { movePin } from './movePin.ts'
import { PictureExports } from './pictureExports.ts'
import { checkReference, pinPicture, unkeptColoring } from './pinPicture.ts'
import { suggestPin } from './pinSuggestion.ts'
import type { PreferencesFile } from './preferencesFile.ts'
import type { RecentFootageList } from './recentFootage.ts'
import { reportHandlers, type ReportContext } from './reportHandlers.ts'
import { sampleProject } from './sample.ts'
import type { Studio } from './studio.ts'

export interface HandlerContext {
  readonly studio: Studio
  readonly dialogs: Dialogs
  readonly recent: RecentFootageList
  readonly preferences: PreferencesFile
  readonly reports: Pick<ReportContext, 'reports' | 'folder'>
  readonly window: () => BrowserWindow | null
  /** The film or project the program was started with; taken once. */
  readonly takeLaunchFootage: () => string[]
  readonly onPreferences: (preferences: Preferences) => void
  /** That the window has. */
  readonly language: () => Language
}

export function createHandlers(context: HandlerContext): Handlers {
  const { dialogs, recent, preferences } = context
  const { engine, session, clips, jobs, coloring, shots, exports, ordering, inspecting, unwritten, locks, alike } =
    context.studio
  const pictures = new PictureExports(context.studio, dialogs)
  const probe = rememberLast((path: string) => engine.call('probe', path))

  const handlers = projectHandlers(session, {
    chooseProjectTarget: (name) =>
      dialogs.chooseProjectTarget(
        name === UNTITLED ? context.language().words.top.untitled : name,
        session.folderForSaving,
      ),
    checkReference: (clip, path, copy, mode) => checkReference(engine, clip, path, copy, mode),
    probe,
  })
  const ofProject = guardedProject(handlers, unwritten, probe, (clip) => {
    const link = session.project.clips.find(({ id }) => id === clip)?.footage
    if (link) void exports.filmIsAt(link)
  })

  const opening: OpeningContext = {
    session,
    recent,
    addClip: async (path) => addFilm(session, await probe(path)),
    check: probe,
    leaving: async (work) => unwritten.leaving(work),
    settled: () => unwritten.settled(),
  }

  function checkFrame(id: string, frame: number): void {
    const { frameCount } = clips.clip(id)
    if (frame < frameCount) return
    throw new UserError(
      'bad-argument',
      sentence`This film has ${frameCount} frames; frame ${frame} is not among them.`,
      sentence`Choose a frame of the film.`,
    )
  }

  async function opened(id: string, opening: Promise<FootageInfo>): Promise<FootageInfo> {
    const info = await opening
    locks.keepOldLocks(id)
    // In the background: coloring waits for it, looking does not.
    if (clips.clip(id).cuts === 'none') await shots.find(id)
    return info
  }

  return {
    ...ofProject,
    ...reportHandlers({ ...context.reports, engine, dialogs }),
    async saveProjectAs(path) {
      await session.saveAs(path)
      await recent.add(session.path)
    },

    engineStatus: () => engine.status,
    connectFrames: () => {
      const page = context.window()?.webContents
      if (!page) return
      const { port1, port2 } = new MessageChannelMain()
      // When there is no engine just now the window asks again on its 'ready'.
      if (engine.sendFramesPort(port1)) page.postMessage('framesPort', null, [port2])
    },
    preferences: () => preferences.current,
    changePreferences: async (changes) => {
      const now = await preferences.change(definedOnly(changes))
      if (changes.cacheLimitBytes !== undefined) await engine.call('cache', now.cacheLimitBytes)
      context.onPreferences(now)
      return now
    },

    chooseFootage: () => dialogs.chooseFootage(),
    filmsAmong: (paths) => filmsAmong(paths),
    recentFootage: () => recent.list(),
    clearRecentFootage: () => recent.clear(),
    takeLaunchFootage: () => context.takeLaunchFootage(),
    openSampleProject: async () => {
      await openPath(opening, await sampleProject(engine), false)
    },
    openPath: async ({ path, newProject, how }) => {
      const clip = await openPath(opening, path, newProject, how)
      if (!isProject(path)) app.addRecentDocument(path)
      return clip
    },
    openClip: (id) => opened(id, clips.show(id)),
    reopenClip: (id) => opened(id, clips.open(id)),

    startColorize: (wish) => coloring.colorize(wish),
    findShots: async (id) => {
      await clips.settled(id)
      return shots.find(id)
    },
    jobs: () => [...jobs.entries],
    pauseJob: (jobId) => jobs.pause(jobId),
    resumeJob: (jobId) => jobs.resume(jobId),
    cancelJob: (jobId) => jobs.cancel(jobId),
    markJobsTold: (ids) => jobs.markTold(ids),
    clearJobs: (ids) => jobs.clear(ids),

    choosePicture: () => dialogs.choosePicture(),
    pinFrame: async ({ clip, frame }) => {
      checkFrame(clip, frame)
      if (clips.clip(clip).frames[frame]?.pinned) return
      const base = await unkeptColoring(context.studio, clip, frame)
      session.apply({ type: 'pin', clip, frame, ...(base && { base }) })
    },
    pinPicture: async (picture) => {
      checkFrame(picture.clip, picture.frame)
      await pinPicture(context.studio, picture)
    },
    pinLikeness: async ({ clip, frame }) => {
      checkFrame(clip, frame)
      return alike.likeness(clip, frame)
    },
    giveUpLikeness: () => alike.giveUpLikeness(),
    pinLikePin: async ({ clip, frame, of, pin }) => {
      checkFrame(clip, frame)
      return alike.pinLikePin(clip, frame, of, pin)
    },
    pinLikePicture: async ({ clip, frame, path }) => {
      checkFrame(clip, frame)
      return alike.pinLike(clip, frame, { path })
    },
    pinAlike: ({ clip, range }) => alike.start(clip, range),
    movePin: async (move) => {
      checkFrame(move.clip, move.to)
      return movePin(context.studio, move)
    },
    lockFrames: ({ clip, lock }) => locks.lock(clip, lock),
    suggestPin: ({ clip, range }) => suggestPin(context.studio, clip, range),
    pickColor: async ({ clip, frame, place, radius }) => {
      await clips.settled(clip)
      return engine.call('pickColor', clip, frame, place, radius)
    },
    exportFrame: async ({ clip, frame }) => {
      checkFrame(clip, frame)
      return pictures.frame(clip, frame)
    },
    exportSheet: (clip) => pictures.sheet(clip),
    coloredRanges: async (clip) => {
      await clips.settled(clip)
      return engine.call('coloredRanges', clip)
    },
    frameTimes: (clip) => engine.call('frameTimes', clip),
    blackBars: ({ clip, range }) => engine.call('blackBars', clip, range),
    measures: async ({ clip, range }) => {
      await clips.settled(clip)
      return engine.call('measures', clip, range)
    },

    chooseExportTarget: async ({ clip, format, isComparison }) =>
      dialogs.chooseExportTarget(await clips.info(clip), format, isComparison),
    orderExport: (wish) => dialogs.agreements.use(wish.target, (overwrite) => ordering.order({ ...wish, overwrite })),
    exports: async () => {
      await exports.load()
      return [...exports.entries]
    },
    takeExportNotices: () => exports.takeNotices(),
    pauseExports: (ids) => exports.pause(ids),
    resumeExports: (ids) => exports.goOn(ids),
    cancelExport: (id) => exports.cancel(id),
    moveExport: ({ id, by }) => exports.move(id, by),
    removeExports: (ids) => exports.remove(ids),
    markExportsTold: (ids) => exports.markTold(ids),
    inspectExport: (id) => exports.wantLookedThrough(id),
    saveInspection: async (job) => {
      const target = await dialogs.chooseInspectionTarget(inspecting.of(job).file)
      if (target) await inspecting.write(job, target)
      return target
    },
    revealExport: (path) => {
      if (exports.hasWritten(path) || pictures.hasWritten(path)) shell.showItemInFolder(path)
    },

    cacheUse: () => engine.call('cache'),
    clearCache: () => coloring.clearStored(),
  }
}

function definedOnly<T extends object>(changes: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>
}

/**
 * A film is looked at twice when it is opened: whether it is one, and what it is. One that has changed is looked at
 * anew.
 */
function rememberLast(look: (path: string) => Promise<FootageInfo>): (path: string) => Promise<FootageInfo> {
  const FRESH_MS = 5000
  let last: { of: string; at: number; info: FootageInfo } | null = null
  return async (path) => {
    const of = await stat(path).then(
      ({ size, mtimeMs }) => `${path} ${size} ${mtimeMs}`,
      () => path,
    )
    if (last?.of !== of || Date.now() - last.at > FRESH_MS) last = { of, at: Date.now(), info: await look(path) }
    return last.info
  }
}
