/**
 * Carries out ordered exports, one after the other, and owns them: they outlive the project that they were ordered
 * from and the run of the program. What each is made of was kept when it was ordered (exportStore.ts).
 */
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { isThere } from '../../system/present.ts'
import {
  canBeLookedThrough,
  filesOf,
  isEnded,
  isUnderWay,
  type LookedThrough,
  type QueuedExport,
} from '../../contract/exportQueue.ts'
import { settingsOf } from '../../contract/exportSettings.ts'
import type { Clip } from '../../contract/projectDocument.ts'
import type { FrameRange, JobProgress } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { toUserErrorData, UserError, type UserErrorData } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import type { AssetFolder } from '../../project/disk/assets.ts'
import { unite } from '../../contract/ranges.ts'
import { errorOf, isOver } from '../../contract/jobs.ts'
import { accountedShots } from '../../project/exportAccount.ts'
import { locateFootage } from '../../project/films/footageLink.ts'
import { withoutLinks } from '../../project/disk/truePath.ts'
import { AwaitedPlaces, type Places } from './awaitedPlaces.ts'
import { ExportList, toBeLookedThrough } from './exportList.ts'
import type { ExportOrder } from './exportOrder.ts'
import { entryOf, type ExportStore, type StoreNotice } from './exportStore.ts'
import { filmAway, filmName, openOrdered, placesOf, planOrdered, targetAway } from './orderedFilm.ts'

/** An order that the engine is at, or is about to be. */
interface Run {
  readonly id: string
  /** What the engine does for it: the search for shots where that has to go before, then the export itself. */
  jobId: string
  /** Null until it was read. */
  order: ExportOrder | null
  /** The document that was ordered, with its film as it was found; null until that is open. */
  ordered: Clip | null
  /** The document by which the engine goes; null until it was told, which is not before the film's shots are known. */
  clip: Clip | null
  /** Where its film lies; '' until that is known. */
  film: string
  /** Of the disk that holds the target, when the export began; null where it was away. */
  device: bigint | null
  /** Ends when the engine has taken the job, or the order has ended before that. */
  began: Promise<void>
  finished: readonly FrameRange[]
  /** The artist wants it ended. */
  isCancelled: boolean
}

/** Why an export is on hold, and the places that must be there again before it goes on by itself. */
interface Hold {
  readonly error: UserError
  readonly until: Places
}

export interface QueueListeners {
  readonly onChange: (entries: readonly QueuedExport[]) => void
  /** Frames were finished by the clip's document as it was ordered. */
  readonly onColored: (clip: Clip, frames: readonly FrameRange[]) => void
  /** Nothing is left that goes on by itself. @param ended since that was so last: done, failed or on hold */
  readonly onRested: (ended: readonly QueuedExport[]) => void
  /** Something that nobody is waiting for. */
  readonly onTrouble: (error: unknown) => void
}

export class ExportQueue {
  readonly #list: ExportList
  /** By order. */
  readonly #runs = new Map<string, Run>()
  /** Films of orders that were cancelled while they were being opened, by order; each ends when its film is closed. */
  readonly #openInVain = new Map<string, Promise<void>>()
  readonly #awaited = new AwaitedPlaces((id) => {
    if (this.#list.find(id)?.state === 'held') void this.goOn([id]).catch(this.listeners.onTrouble)
  })
  #endedSince: string[] = []
  #notices: readonly StoreNotice[] = []
  #ready: Promise<void> | null = null
  /** Ends when all orders so far are taken: no two may see the same place as free. */
  #adding: Promise<void> = Promise.resolve()
  #stopping = false

  constructor(
    private readonly engine: Pick<EngineClient, 'call' | 'status'>,
    private readonly store: ExportStore,
    private readonly listeners: QueueListeners,
  ) {
    this.#list = new ExportList((entries) => this.listeners.onChange(entries))
  }

  /** In the order in which they are written; empty before it was loaded. */
  get entries(): readonly QueuedExport[] {
    return this.#list.entries
  }

  /** Those that would go on by themselves. */
  get underWay(): QueuedExport[] {
    return this.entries.filter(isUnderWay)
  }

  /** A file or folder of pictures that is done, or a report on it. */
  hasWritten(path: string): boolean {
    return this.entries.some(
      (entry) =>
        entry.state === 'done' && (filesOf(entry).includes(path) || entry.lookedThrough?.reports.includes(path)),
    )
  }

  /** Reads what the last run of the program has left; once. Rejects where that can't be read: then nothing is taken. */
  load(): Promise<void> {
    this.#ready ??= this.#load().catch((error: unknown) => {
      // Whoever asks next may have more luck.
      this.#ready = null
      throw error
    })
    return this.#ready
  }

  async #load(): Promise<void> {
    const { entries, notices } = await this.store.load()
    this.#notices = notices
    this.#list.takeOver(entries)
  }

  /** What the artist should know of what was left; each once. */
  async takeNotices(): Promise<StoreNotice[]> {
    await this.load()
    const notices = [...this.#notices]
    this.#notices = []
    return notices
  }

  /**
   * Throws UserError where another export that has not ended goes to the same place: it would be replaced, or replace
   * this one.
   * @param except the order itself
   */
  async checkFree(target: string, except?: string): Promise<void> {
    await this.load()
    const place = await placeOf(target)
    for (const entry of this.entries) {
      if (entry.id === except || isEnded(entry)) continue
      if ((await placeOf(entry.target)) !== place) continue
      throw new UserError(
        'bad-argument',
        sentence`Another export in the list goes to “${target}” already.`,
        sentence`Choose another name, or cancel that one first.`,
        target,
      )
    }
  }

  /**
   * Takes an order; it begins at once where nothing else is under way. Throws UserErrors of checkFree and
   * ExportStore.take; then it is not in the list.
   */
  add(order: ExportOrder, assetsNow: () => AssetFolder): Promise<void> {
    const adding = this.#adding.then(() => this.#add(order, assetsNow))
    this.#adding = adding.catch(() => undefined)
    return adding
  }

  async #add(order: ExportOrder, assetsNow: () => AssetFolder): Promise<void> {
    await this.checkFree(order.target)
    await this.store.take(order, assetsNow)
    const before = this.entries
    this.#list.add(entryOf(order))
    for (const { id } of before) if (!this.#list.find(id)) await this.store.forget(id)
    await this.store.write(this.entries)
    this.#turn()
  }

  pause(ids: readonly string[]): void {
    this.#list.pause(ids)
    this.#settle(ids)
    this.#changed()
  }

  /**
   * Goes on with those that were set aside or are on hold, and begins those again that have failed or were cancelled.
   * Throws UserError where one goes where another is being written by now; the others go on.
   */
  async goOn(ids: readonly string[]): Promise<void> {
    let refusal: UserError | null = null
    for (const id of ids) {
      const entry = this.#list.find(id)
      if (!entry) continue
      try {
        await this.checkFree(entry.target, id)
      } catch (error) {
        refusal = UserError.from(toUserErrorData(error))
        continue
      }
      this.#awaited.forget(id)
      this.#list.goOn([id])
    }
    this.#changed()
    if (refusal) throw refusal
  }

  /**
   * The artist has said where a film lies by now. Orders of this very film that do not find it go by that, and those
   * that wait for it go on. Never rejects: who links a film waits for no export.
   */
  async filmIsAt(footage: Clip['footage']): Promise<void> {
    await this.#filmIsAt(footage).catch(this.listeners.onTrouble)
  }

  async #filmIsAt(footage: Clip['footage']): Promise<void> {
    await this.load()
    const { relativePath: _, ...link } = footage
    for (const { id, state } of this.entries) {
      if (state === 'done' || this.#runs.has(id)) continue
      const order = await this.store.order(id).catch(() => null)
      if (!order || !isSameFilm(order.clip.footage, footage)) continue
      const { state: there } = await locateFootage(order.clip.footage, order.project.path, { search: false })
      if (there === 'found') continue
      await this.store.moveFilm(order, { ...link, relativePath: null })
      const entry = this.#list.find(id)
      if (entry?.state === 'held' && entry.error?.code === 'footage-missing') await this.goOn([id])
    }
  }

  /** Resolves when it has ended and its temporary files are gone. */
  async cancel(id: string): Promise<void> {
    const run = this.#runs.get(id)
    const entry = this.#list.find(id)
    if (run) {
      run.isCancelled = true
      if (!run.ordered) this.#giveUp(run)
      else await this.#begun(run)
      if (this.#runs.get(id) === run) await this.engine.call('cancelJob', run.jobId)
      // The engine may not have come to what a former run has left.
      if (entry) await this.#forgetUnfinished([entry])
    } else if (entry && ['waiting', 'paused', 'held'].includes(entry.state)) {
      this.#awaited.forget(id)
      this.#list.change(id, { state: 'cancelled', left: false, error: null })
      this.#changed()
      await this.#forgetUnfinished([entry])
    }
  }

  /** Its film is still being opened, which nobody waits for: of a long one that takes minutes. */
  #giveUp(run: Run): void {
    const opening = run.began.finally(() => {
      if (this.#openInVain.get(run.id) === opening) this.#openInVain.delete(run.id)
    })
    this.#openInVain.set(run.id, opening)
    this.#runs.delete(run.id)
    this.#list.change(run.id, { state: 'cancelled', left: false, error: null })
    this.#changed()
  }

  /**
   * What a former run, or a try that failed, has finished of these is of no use any more, unless another order in the
   * list goes to the same place. Where it can't be removed now, a later export there does.
   */
  async #forgetUnfinished(given: readonly QueuedExport[]): Promise<void> {
    const others = this.entries.filter((entry) => !isEnded(entry) && given.every(({ id }) => id !== entry.id))
    const wanted = new Set(await Promise.all(others.map(({ target }) => placeOf(target))))
    for (const { target } of given)
      if (!wanted.has(await placeOf(target)))
        await this.engine.call('forgetUnfinished', target).catch(this.listeners.onTrouble)
  }

  move(id: string, by: -1 | 1): void {
    this.#list.move(id, by)
    this.#changed()
  }

  /** Takes those out that have ended, and forgets how they were ordered. */
  async remove(ids: readonly string[]): Promise<void> {
    const before = this.entries
    const gone = this.#list.remove(ids)
    await this.#save()
    await this.#forgetUnfinished(before.filter(({ id, state }) => state === 'failed' && gone.includes(id)))
    for (const id of gone) await this.store.forget(id)
  }

  /** The artist knows how these ended, or why they are on hold. */
  markTold(ids: readonly string[]): void {
    for (const id of ids) this.#list.change(id, { told: true })
    this.#changed()
  }

  /**
   * Has an export looked through that is done: as it was ordered, or else what is found is told. Throws UserError where
   * there is none.
   */
  wantLookedThrough(id: string): void {
    const entry = this.#list.find(id)
    if (!entry || !canBeLookedThrough(entry)) throw exportGone()
    this.#list.change(id, { lookedThrough: toBeLookedThrough(entry.lookedThrough?.as ?? 'told') })
    void this.#save()
  }

  /** What has come of looking an export through; null where the artist has broken it off. */
  noteLookedThrough(id: string, lookedThrough: LookedThrough | null): void {
    // What ends with the program is done anew at the next start.
    if (this.#stopping) return
    this.#list.change(id, { lookedThrough: lookedThrough ?? undefined })
    void this.#save()
  }

  /**
   * To be told of every progress message of the engine.
   * @returns the clip that it is of, where it is of an order
   */
  follow(progress: JobProgress): string | null {
    const run = [...this.#runs.values()].find(({ jobId }) => jobId === progress.jobId)
    if (!run) return null
    const { id } = run
    const isSearch = progress.kind === 'shots'
    if (!isSearch) run.finished = unite([...run.finished, ...progress.finished])
    const { done, total, framesPerSecond, secondsLeft } = progress
    if (total > 0) this.#list.change(id, { progress: { done, total, framesPerSecond, secondsLeft } })
    if (isSearch && progress.state === 'done') this.#searched(run)
    else if (isOver(progress)) {
      void this.#end(run, progress).catch((error: unknown) => this.listeners.onTrouble(error))
    }
    return this.#list.find(id)?.clip ?? null
  }

  /**
   * From now on nothing is begun, and what the engine ends is nobody's wish: it is there at the next start.
   * @param end ends the engine
   */
  async stop(end: () => Promise<void>): Promise<void> {
    this.#stopping = true
    this.#awaited.stop()
    // A list that could not be read is not written over.
    const isKnown = await this.load().then(
      () => true,
      () => false,
    )
    if (isKnown) await this.#save()
    await end()
    // What was finished in the last moment is done.
    if (isKnown) await this.#save()
  }

  /** Begins what is next, where nothing is being written. */
  #turn(): void {
    if (this.#stopping) return
    const { next } = this.#list
    if (!next) return this.#restIfDone()
    this.#list.change(next.id, { state: 'running' })
    if (this.#runs.has(next.id)) return this.#settle([next.id])
    this.#begin(next.id)
  }

  #begin(id: string): void {
    const run: Run = {
      id,
      jobId: randomUUID(),
      order: null,
      ordered: null,
      clip: null,
      film: '',
      device: null,
      began: Promise.resolve(),
      finished: [],
      isCancelled: false,
    }
    this.#runs.set(id, run)
    run.began = this.#start(run).catch((error: unknown) => this.#fail(run, toUserErrorData(error)))
    // It may have been set aside by then.
    this.#settle([id])
  }

  async #start(run: Run): Promise<void> {
    // The engine knows both by one name.
    await this.#openInVain.get(run.id)
    const order = await this.store.order(run.id)
    run.order = order
    run.device = await deviceOf(dirname(order.target))
    const { clip, film } = await openOrdered(this.engine, order)
    if (this.#runs.get(run.id) !== run) return this.engine.call('closeFootage', filmName(run.id))
    run.film = film
    run.ordered = clip
    const planned = await this.#plan(run, order)
    if (planned) return this.#write(run, order, planned)
    this.#list.setSearching(run.id, true)
    await this.engine.call('startFindShots', { jobId: run.jobId, footageId: filmName(order.id) })
  }

  /** Gives the document by which the engine goes from now on; null before the shots of its film are known. */
  async #plan(run: Run, { id }: ExportOrder): Promise<Clip | null> {
    run.clip = run.ordered && (await planOrdered(this.engine, id, run.ordered, this.store.assetsOf(id)))
    return run.clip
  }

  /** All shots of its film were found: it is written now. */
  #searched(run: Run): void {
    if (this.#stopping) return
    const search = run.began
    run.jobId = randomUUID()
    this.#list.setSearching(run.id, false)
    run.began = search
      .then(async () => {
        const { order } = run
        if (!order || this.#runs.get(run.id) !== run) return
        if (run.isCancelled) return this.#endEarly(run)
        const planned = await this.#plan(run, order)
        if (!planned) throw new Error('The shots are not known after the search for them.')
        await this.#write(run, order, planned)
      })
      .catch((error: unknown) => this.#fail(run, toUserErrorData(error)))
    // It may have been set aside by then.
    this.#settle([run.id])
  }

  /** Resolves when the engine has taken what it does for an order now, or that has ended before. */
  async #begun(run: Run): Promise<void> {
    let began: Promise<void> | null = null
    while (began !== run.began) await (began = run.began)
  }

  async #write(run: Run, order: ExportOrder, planned: Clip): Promise<void> {
    const { target, range, overwrite, standing, originals, account } = order
    await this.engine.call('startExport', {
      ...settingsOf(order),
      jobId: run.jobId,
      footageId: filmName(order.id),
      target,
      overwrite,
      standing,
      originals,
      account: { ...account, shots: accountedShots(planned) },
      ...(range && { range }),
    })
  }

  /** Has the engine do with these what the list says of them now. */
  #settle(ids: readonly string[]): void {
    for (const id of ids) {
      const run = this.#runs.get(id)
      if (!run) continue
      void this.#begun(run).then(async () => {
        if (this.#runs.get(id) !== run) return
        const call = this.#list.find(id)?.state === 'running' ? 'resumeJob' : 'pauseJob'
        await this.engine.call(call, run.jobId).catch((error: unknown) => this.listeners.onTrouble(error))
      })
    }
  }

  /** The engine has ended a job. */
  async #end(run: Run, progress: JobProgress): Promise<void> {
    const { state, target, parts, notes = [], found = [] } = progress
    if (state === 'failed') return this.#fail(run, errorOf(progress), notes)
    // Ended with the engine: it is there at the next start.
    if (this.#stopping && state !== 'done') return
    if (state !== 'done') return this.#endEarly(run)
    await this.#leave(run)
    const written = target ?? this.#list.find(run.id)?.target
    this.#list.change(run.id, {
      state,
      notes,
      found,
      original: run.film,
      ...(parts && { parts }),
      ...(written !== undefined && { target: written, file: basename(written) }),
    })
    this.#endedSince.push(run.id)
    await this.#save()
    await this.store.forget(run.id)
    this.#turn()
  }

  /** Nobody else ends a job of ours; whatever it was, it can be gone on with. */
  async #endEarly(run: Run): Promise<void> {
    await this.#leave(run)
    this.#list.change(run.id, { state: run.isCancelled ? 'cancelled' : 'paused' })
    await this.#save()
    this.#turn()
  }

  /** It could not be begun, or not be finished. */
  async #fail(run: Run, error: UserErrorData, notes: QueuedExport['notes'] = []): Promise<void> {
    // One that was given up has its end in the list.
    if (this.#stopping || this.#runs.get(run.id) !== run) return
    const hold = run.order && (await this.#holdOf(run.order, run.device))
    const engineIsOut = this.engine.status.state === 'failed'
    await this.#leave(run)
    if (run.isCancelled) this.#list.change(run.id, { state: 'cancelled' })
    else {
      if (hold) this.#list.change(run.id, { state: 'held', error: hold.error.toData(), notes })
      else this.#list.change(run.id, { state: engineIsOut ? 'held' : 'failed', error, notes })
      if (hold) this.#awaited.add(run.id, hold.until)
      this.#endedSince.push(run.id)
    }
    // The others would fare no better; they do not need to say so each.
    if (engineIsOut) this.#list.pause(this.underWay.map((entry) => entry.id))
    await this.#save()
    this.#turn()
  }

  /** The engine has nothing to do with it any more. */
  async #leave(run: Run): Promise<void> {
    this.#runs.delete(run.id)
    this.#list.setSearching(run.id, false)
    if (this.#stopping || !run.ordered) return
    await this.engine.call('closeFootage', filmName(run.id)).catch(() => undefined)
    if (run.clip) this.listeners.onColored(run.clip, run.finished)
  }

  /** Whether it failed because a disk is away. @param device of the target's disk when it began */
  async #holdOf(order: ExportOrder, device: bigint | null): Promise<Hold | null> {
    const folder = dirname(order.target)
    const now = await deviceOf(folder)
    if (now === null) return { error: targetAway(folder), until: [[folder]] }
    // The folder that the disk was mounted on is there all the same; whether the disk is, only the artist can see.
    if (device !== null && now !== device) return { error: targetAway(folder), until: [] }
    const places = placesOf(order)
    const found = await Promise.all(places.map(isThere))
    return found.includes(true) ? null : { error: filmAway(order), until: [places] }
  }

  #restIfDone(): void {
    if (this.underWay.length > 0 || this.#endedSince.length === 0) return
    const ended = [...new Set(this.#endedSince)].flatMap((id) => this.#list.find(id) ?? [])
    this.#endedSince = []
    if (ended.length > 0) this.listeners.onRested(ended)
  }

  #changed(): void {
    void this.#save()
    this.#turn()
  }

  /** What can't be written is tried again with the next change; the orders themselves are on the disk. */
  async #save(): Promise<void> {
    await this.store.write(this.entries).catch((error: unknown) => this.listeners.onTrouble(error))
  }
}

/** Of what is to be looked through, or was. */
export function exportGone(): UserError {
  return new UserError(
    'not-found',
    sentence`This export is no longer in the list.`,
    sentence`Look a film through with “npm run inspect” instead.`,
  )
}

/** Be it in another place; of a run of pictures, all of them. */
const isSameFilm = (one: Clip['footage'], other: Clip['footage']): boolean =>
  one.hash === other.hash && one.pictures === other.pictures

/** Equal for names of one file, also of one that is not there yet. */
async function placeOf(target: string): Promise<string> {
  const path = (await withoutLinks(target)).normalize('NFC')
  return process.platform === 'linux' ? path : path.toLowerCase()
}

async function deviceOf(folder: string): Promise<bigint | null> {
  return stat(folder, { bigint: true }).then(
    ({ dev }) => dev,
    () => null,
  )
}
