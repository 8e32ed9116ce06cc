/** Has films written, with the document as it is when the export is asked for. */
import type { ExportFormatId, SizesWish } from '../../contract/formats.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { exportAccount } from '../../project/exportAccount.ts'
import { wantedSegments } from '../../project/filmEdits.ts'
import { originalsOf } from '../../project/originals.ts'
import type { ProjectSession } from '../../project/projectSession.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { Coloring } from './coloring.ts'
import type { Jobs } from './jobs.ts'

export interface ExportWish {
  readonly clip: string
  readonly target: string
  readonly format: ExportFormatId
  readonly range?: FrameRange | undefined
  /** Of films whose pictures change their size. */
  readonly sizes?: SizesWish | undefined
  /** Of the first frame. */
  readonly timecode?: string | undefined
  /** The artist has agreed to the replacing of a file of that name. */
  readonly overwrite: boolean
}

export class Exporting {
  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly jobs: Jobs,
    private readonly coloring: Coloring,
  ) {}

  /** The job's id. */
  async start({ clip, target, format, range, sizes, timecode, overwrite: agreed }: ExportWish): Promise<string> {
    await this.clips.lookAgain(clip)
    await this.clips.settled(clip)
    const originals = await originalsOf(this.session)
    // Parts have names of their own, which nobody was asked about.
    const overwrite = agreed && sizes !== 'parts'
    const exported = this.clips.clip(clip)
    const segments = wantedSegments(exported)
    const account = exportAccount(this.session.project, exported)
    return this.jobs.start({
      kind: 'export',
      clip,
      reel: exported.name,
      target,
      begin: (jobId) =>
        this.engine.call('startExport', {
          jobId,
          footageId: clip,
          target,
          format,
          overwrite,
          originals,
          account,
          ...(range && { range }),
          ...(sizes && { sizes }),
          ...(timecode && { timecode }),
        }),
      // The window shows what the film has been given.
      finish: async ({ finished }) => this.coloring.note(clip, segments, finished),
    })
  }
}
