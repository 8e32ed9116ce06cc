/** Takes orders for exports of the open project: checks them, and keeps the document as it is at that moment. */
import { randomUUID } from 'node:crypto'
import type { ExportFormatId, SizesWish } from '../../contract/formats.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { AssetFolder } from '../../project/assets.ts'
import { exportAccount } from '../../project/exportAccount.ts'
import { originalsOf } from '../../project/originals.ts'
import type { ProjectSession } from '../../project/projectSession.ts'
import type { ClipDesk } from '../clipDesk.ts'
import type { ExportQueue } from './exportQueue.ts'

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

export class Ordering {
  /** @param folder where the orders are kept: nothing is exported into it */
  constructor(
    private readonly engine: EngineClient,
    private readonly session: ProjectSession,
    private readonly clips: ClipDesk,
    private readonly queue: ExportQueue,
    private readonly folder: string,
  ) {}

  /**
   * The order's id. Throws the UserErrors that the export would begin with, and those of ExportQueue.add; then nothing
   * is ordered.
   */
  async order({ clip: id, overwrite: agreed, range, sizes, timecode, ...wish }: ExportWish): Promise<string> {
    await this.clips.lookAgain(id)
    await this.clips.settled(id)
    // All of one moment.
    const clip = this.clips.clip(id)
    const { path, project } = this.session
    const title = this.session.state?.name ?? project.title
    await this.queue.checkFree(wish.target)
    const { files, sequences, folders } = await originalsOf({ project, path })
    const order = {
      ...wish,
      // Parts have names of their own, which nobody was asked about.
      overwrite: agreed && sizes !== 'parts',
      originals: { files: [...files], sequences: [...sequences], folders: [...folders, this.folder] },
      ...(sizes && { sizes }),
      ...(timecode !== undefined && { timecode }),
    }
    const { standing } = await this.engine.call('checkExport', { ...order, footageId: id, ...(range && { range }) })
    const account = exportAccount(project, clip)
    const whole = { ...order, id: randomUUID(), orderedAt: Date.now(), project: { title, path }, clip, account }
    await this.queue.add({ ...whole, range: range ?? null, standing: { ...standing } }, () => {
      return new AssetFolder(this.session.assets.folder)
    })
    return whole.id
  }
}
