/** Takes orders for exports of the open project: checks them, and keeps the document as it is at that moment. */
import { randomUUID } from 'node:crypto'
import type { LookThrough } from '../../contract/exportQueue.ts'
import { settingsOf, type ExportSettings } from '../../contract/exportSettings.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import type { FrameRange } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { spanOf } from '../../contract/shotNumbers.ts'
import { UserError } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import { AssetFolder } from '../../project/disk/assets.ts'
import { exportAccount } from '../../project/exportAccount.ts'
import { originalsOf } from '../../project/films/originals.ts'
import type { ProjectSession } from '../../project/session/projectSession.ts'
import { shotFiles, type ShotFilesWish } from '../../project/shotFiles.ts'
import type { ClipDesk } from '../clipDesk.ts'
import { isRearranged, type ExportOrder } from './exportOrder.ts'
import type { ExportQueue } from './exportQueue.ts'

export interface ExportWish extends ExportSettings {
  readonly clip: string
  readonly target: string
  readonly range?: FrameRange | undefined
  /** Each shot of the range becomes a file of its own, called by the target's name and the shot's number. */
  readonly eachShot?: boolean | undefined
  /** It is looked through for faults when it is done; a comparison is not. */
  readonly lookThrough?: LookThrough | undefined
  /** The artist has agreed to the replacing of a file of that name. */
  readonly overwrite: boolean
}

/** What of a wish is written as one file; its settings are the wish's, but for these. */
type Part = Pick<ExportOrder, 'target' | 'range' | 'overwrite' | 'timecode' | 'firstNumber'>

/** Each order keeps the whole document; whoever wants more marks a part of the film. */
const MOST_SHOTS = 100

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
   * The orders' ids, one for each file. Throws the UserErrors that the exports would begin with, and those of
   * ExportQueue.add; then nothing is ordered.
   */
  async order(wish: ExportWish): Promise<string[]> {
    await this.clips.lookAgain(wish.clip)
    const isCounted = wish.eachShot && wish.timecode !== undefined
    const variableRate = isCounted && (await this.clips.info(wish.clip)).variableRate
    await this.clips.settled(wish.clip)
    // All of one moment.
    const clip = this.clips.clip(wish.clip)
    if (wish.eachShot && clip.cuts === 'none') throw shotsUnknown()
    const { path, project } = this.session
    const head = {
      ...settingsOf(wish),
      orderedAt: Date.now(),
      project: { title: this.session.state?.name ?? project.title, path },
      clip,
      account: exportAccount(project, clip),
      ...(wish.lookThrough && !wish.comparison && !isRearranged(wish) && { lookThrough: wish.lookThrough }),
    }
    const { files, sequences, folders } = await originalsOf({ project, path })
    const originals = { files: [...files], sequences: [...sequences], folders: [...folders, this.folder] }
    const orders: ExportOrder[] = []
    for (const part of wish.eachShot ? shotsOf(clip, { ...wish, variableRate }) : [wholeOf(wish)]) {
      const order = { ...head, ...part, originals, id: randomUUID() }
      orders.push({ ...order, standing: await this.#check(order) })
    }
    await this.#takeAll(orders)
    return orders.map(({ id }) => id)
  }

  /** Gives what stands at the names of its files. */
  async #check(order: Omit<ExportOrder, 'standing'>): Promise<ExportOrder['standing']> {
    const { clip, target, range, overwrite, originals } = order
    await this.queue.checkFree(target)
    const { standing } = await this.engine.call('checkExport', {
      ...settingsOf(order),
      footageId: clip.id,
      target,
      overwrite,
      originals,
      ...(range && { range }),
    })
    return { ...standing }
  }

  async #takeAll(orders: readonly ExportOrder[]): Promise<void> {
    const taken: string[] = []
    try {
      for (const order of orders) {
        await this.queue.add(order, () => new AssetFolder(this.session.assets.folder))
        taken.push(order.id)
      }
    } catch (error) {
      for (const id of taken) await this.queue.cancel(id)
      await this.queue.remove(taken)
      throw error
    }
  }
}

function wholeOf({ target, range, pieces, sizes, overwrite }: ExportWish): Part {
  return {
    target,
    range: pieces ? spanOf(pieces) : (range ?? null),
    // Parts have names of their own, which nobody was asked about.
    overwrite: overwrite && sizes !== 'parts',
  }
}

function shotsUnknown(): UserError {
  return new UserError(
    'bad-argument',
    sentence`The shots of this film are still being looked for: it is not known yet which files these would be.`,
    sentence`Export them when all shots are found, or export the film as one file.`,
  )
}

function shotsOf(clip: Clip, wish: ShotFilesWish): Part[] {
  const files = shotFiles(clip, wish)
  if (files.length > MOST_SHOTS) {
    throw new UserError(
      'bad-argument',
      sentence`These are ${files.length} shots; at most ${MOST_SHOTS} are exported as files of their own at a time.`,
      sentence`Mark a part of the film with fewer shots.`,
    )
  }
  // Nobody was asked about these names.
  return files.map((file) => ({ ...file, overwrite: false }))
}
