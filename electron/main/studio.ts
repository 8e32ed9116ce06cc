/** The program behind the window, without Electron: engine, project, clips and the work on them, joined. */
import { dirname, resolve } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import type { EventName, Events } from '../contract/events.ts'
import type { QueuedExport } from '../contract/exportQueue.ts'
import type { JobEntry } from '../contract/jobs.ts'
import { toUserErrorData, unlessExpected, UserError } from '../contract/userError.ts'
import { EngineClient } from '../host/engineClient.ts'
import type { LaunchEngine } from '../host/engineLink.ts'
import { wantedSegments } from '../project/passes/filmEdits.ts'
import { ProjectSession } from '../project/session/projectSession.ts'
import type { Language } from '../text/language.ts'
import { ClipDesk } from './clipDesk.ts'
import { FilmWatch } from './filmWatch.ts'
import { AlikePinning } from './jobs/alikePinning.ts'
import { Coloring } from './jobs/coloring.ts'
import { Inspecting } from './jobs/inspecting.ts'
import { Jobs } from './jobs/jobs.ts'
import { RedoAtOnce } from './jobs/redoAtOnce.ts'
import { ShotFinding } from './jobs/shotFinding.ts'
import { LockDesk } from './lockDesk.ts'
import { ExportQueue } from './queue/exportQueue.ts'
import { ExportStore } from './queue/exportStore.ts'
import { Ordering } from './queue/ordering.ts'
import { staysOpen, UnwrittenEdits, type UnwrittenQuestion } from './unwrittenEdits.ts'

/** An engine that does not end its work in this time (a share hangs) does not keep the artist from leaving. */
const PATIENCE_MS = 15_000

export interface StudioOptions {
  readonly launchEngine: LaunchEngine
  /** Where projects live that were never saved. */
  readonly untitledFolder: string
  /** Where ordered exports are kept until they are done. */
  readonly exportsFolder: string
  readonly tellWindow: <N extends EventName>(name: N, payload: Events[N]) => void
  /** That of reports. */
  readonly language: () => Language
  /** Asks what is to become of edits that can not be written. */
  readonly unwritten: UnwrittenQuestion
  /** What is under way, whenever any of it has changed. */
  readonly onWork?: (work: readonly (JobEntry | QueuedExport)[]) => void
  /** No export goes on by itself any more. @param ended since that was so last */
  readonly onExportsRested?: (ended: readonly QueuedExport[]) => void
}

export interface Studio {
  readonly engine: EngineClient
  readonly session: ProjectSession
  readonly clips: ClipDesk
  readonly jobs: Jobs
  readonly coloring: Coloring
  readonly shots: ShotFinding
  readonly exports: ExportQueue
  readonly ordering: Ordering
  readonly inspecting: Inspecting
  readonly locks: LockDesk
  readonly alike: AlikePinning
  /** Asks before edits are lost that can not be written. */
  readonly unwritten: UnwrittenEdits
  /**
   * What is running ends tidily and is noted, the project's last edits go to the disk, then the engine ends. Exports
   * are there at the next start. Rejects where edits can not be written that the artist will not lose; then the project
   * stays open.
   */
  readonly shutDown: () => Promise<void>
}

/** Work that ends with the project; exports are looked through whatever becomes of it. */
const ofProject = (jobs: readonly JobEntry[]): JobEntry[] => jobs.filter(({ kind }) => kind !== 'inspect')

/** The engine is not started yet. */
export function joinStudio({
  launchEngine,
  untitledFolder,
  exportsFolder,
  tellWindow,
  language,
  unwritten: question,
  onWork,
  onExportsRested,
}: StudioOptions): Studio {
  const onTrouble = (error: unknown): void => tellWindow('trouble', toUserErrorData(error))
  const engine = new EngineClient(launchEngine, {
    onStatus: (status) => tellWindow('engineStatus', status),
    onProgress: (progress) => {
      jobs.follow(progress)
      const clip = exports.follow(progress)
      tellWindow('jobProgress', clip === null ? progress : { ...progress, footageId: clip })
    },
    onChanged: ({ footageId, from, to }) => tellWindow('framesChanged', { clip: footageId, from, to }),
    onFilmLost: (clip) => clips.lost(clip),
    onGivenUp: () => clips.allLost(),
  })
  const session = new ProjectSession({
    untitledFolder,
    emit: ({ name, payload }) => {
      clips.sync()
      tellWindow(name, payload)
      coloring.edited()
      redo.edited()
      for (const clip of clips.openClips) locks.keepOldLocks(clip)
    },
    beforeLeaving: async () => {
      alike.giveUpLikeness()
      await Promise.race([
        jobs.cancelAll(ofProject(jobs.open())).then(() => clips.closeAll()),
        passed(PATIENCE_MS, undefined, { ref: false }),
      ])
      jobs.clear(ofProject(jobs.entries).map(({ id }) => id))
    },
  })
  const onNotice = (notice: Events['projectNotice']): void => tellWindow('projectNotice', notice)
  const tellWork = (): void => onWork?.([...jobs.open(), ...exports.underWay])
  /** For pictures that were replaced while work was under way; of a film that is away others tell. */
  const lookAgain = (clip: string): void => void clips.lookAgain(clip).catch(unlessExpected(onTrouble))
  const jobs: Jobs = new Jobs(engine, {
    onChange: (entries) => {
      tellWindow('jobsChanged', [...entries])
      tellWork()
    },
    onEnded: lookAgain,
    onTrouble,
  })
  /** Nobody waits for it; of a film that is away others tell. */
  const takeStored = (clip: string): void => void coloring.takeStored(clip).catch(unlessExpected(onTrouble))
  const clips: ClipDesk = new ClipDesk(engine, session, {
    onOpened: takeStored,
    isBusy: (clip) => jobs.isBusy(clip),
    onTrouble,
    onAway: (clip) => watch.away(clip),
    onPicturesReplaced: (clip, { frameCount }) => tellWindow('framesChanged', { clip, from: 0, to: frameCount }),
    onFileReplaced: (clip) => tellWindow('filmBack', { clip }),
    onNotice,
    onCutsUnsure: (clip) => shots.lookAgain(clip).then(() => undefined, onTrouble),
    shotsFound: (clip) => shots.settled(clip),
  })
  const shots = new ShotFinding(engine, session, clips, jobs, takeStored)
  const coloring: Coloring = new Coloring(engine, session, clips, jobs, shots, onTrouble, onNotice)
  const exports: ExportQueue = new ExportQueue(engine, new ExportStore(exportsFolder), {
    onChange: (entries) => {
      tellWindow('exportsChanged', [...entries])
      tellWork()
      inspecting.follow(entries)
    },
    // The window shows what the film has been given.
    onColored: (clip, frames) => {
      shots.takeOver(clip)
      coloring.note(clip.id, wantedSegments(clip), frames)
      lookAgain(clip.id)
    },
    onRested: (ended) => onExportsRested?.(ended),
    onTrouble,
  })
  const inspecting: Inspecting = new Inspecting(engine, jobs, exports, language)
  const redo = new RedoAtOnce(session, jobs, coloring, onTrouble)
  const locks = new LockDesk(engine, session, clips, onTrouble)
  const alike: AlikePinning = new AlikePinning(engine, session, clips, jobs, shots, onTrouble)
  const watch = new FilmWatch({
    placesOf: (id) => {
      const footage = session.isOpen ? session.project.clips.find((clip) => clip.id === id)?.footage : undefined
      if (!footage) return []
      return [
        footage.absolutePath,
        ...(footage.relativePath === null ? [] : [resolve(dirname(session.path), footage.relativePath)]),
      ]
    },
    openClips: () => clips.openClips,
    onBack: async (clip) => {
      await clips.open(clip)
      tellWindow('filmBack', { clip })
    },
  })
  const unwritten = new UnwrittenEdits(session, question)
  return {
    engine,
    session,
    clips,
    jobs,
    coloring,
    shots,
    exports,
    inspecting,
    ordering: new Ordering(engine, session, clips, exports, exportsFolder),
    unwritten,
    locks,
    alike,
    shutDown: async () => {
      if (!(await unwritten.mayLeave())) throw staysOpen()
      // Whatever else keeps a project from closing has nothing to lose any more.
      await session.close('keep').catch((error: unknown) => {
        if (error instanceof UserError && error.code === 'edits-unwritten') throw error
        onTrouble(error)
      })
      watch.stop()
      await exports.stop(() => engine.stop())
    },
  }
}
