/** The program behind the window, without Electron: engine, project, clips and coloring, joined. */
import type { EventName, Events } from '../contract/events.ts'
import type { JobProgress } from '../contract/schemas.ts'
import { toUserErrorData } from '../contract/userError.ts'
import { EngineClient } from '../host/engineClient.ts'
import type { LaunchEngine } from '../host/engineLink.ts'
import { ProjectSession } from '../project/projectSession.ts'
import { ClipDesk } from './clipDesk.ts'
import { ColoringDesk } from './coloringDesk.ts'

export interface StudioOptions {
  readonly launchEngine: LaunchEngine
  /** Where projects live that were never saved. */
  readonly untitledFolder: string
  readonly tellWindow: <N extends EventName>(name: N, payload: Events[N]) => void
  readonly onProgress?: (progress: JobProgress) => void
}

export interface Studio {
  readonly engine: EngineClient
  readonly session: ProjectSession
  readonly clips: ClipDesk
  readonly coloring: ColoringDesk
  /** What is running ends tidily and is noted, the project's last edits go to the disk, then the engine ends. */
  readonly shutDown: () => Promise<void>
}

/** The engine is not started yet. */
export function joinStudio({ launchEngine, untitledFolder, tellWindow, onProgress }: StudioOptions): Studio {
  const onTrouble = (error: unknown): void => tellWindow('trouble', toUserErrorData(error))
  const engine = new EngineClient(launchEngine, {
    onStatus: (status) => tellWindow('engineStatus', status),
    onProgress: (progress) => {
      onProgress?.(progress)
      coloring.follow(progress)
      tellWindow('jobProgress', progress)
    },
    onChanged: ({ footageId, from, to }) => tellWindow('framesChanged', { clip: footageId, from, to }),
  })
  const session = new ProjectSession({
    untitledFolder,
    emit: ({ name, payload }) => {
      clips.sync()
      tellWindow(name, payload)
      coloring.edited()
    },
  })
  const clips = new ClipDesk(engine, session, { onTrouble })
  const coloring = new ColoringDesk(engine, session, clips, onTrouble)
  return {
    engine,
    session,
    clips,
    coloring,
    shutDown: async () => {
      await coloring.stopAll().catch(() => undefined)
      await session.close('keep').catch(() => undefined)
      await engine.stop()
    },
  }
}
