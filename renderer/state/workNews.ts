/** Tells the artist how jobs and exports have ended: each once, and trouble for as long as there is any. */
import type { QueuedExport } from '../../electron/contract/exportQueue.ts'
import type { JobEntry } from '../../electron/contract/jobs.ts'
import { ask } from '../studio.ts'
import { text } from '../text/catalog.ts'
import { inWords } from '../text/sentences.ts'
import type { Editor } from './editor.svelte.ts'

export class WorkNews {
  /** Notices of what keeps exports from being done, by export. */
  readonly #exportTroubles = new Map<string, number>()
  /** The failed work that notices tell of, by the notice. */
  readonly #jobTroubles = new Map<number, JobEntry>()

  constructor(
    private readonly editor: Pick<
      Editor,
      'film' | 'jobs' | 'exports' | 'exporting' | 'notices' | 'dialog' | 'work' | 'attempt'
    >,
  ) {}

  /** Takes main's list of jobs. Of another reel than the one in view its name is told as well. */
  jobsChanged(entries: readonly JobEntry[]): void {
    const { jobs, notices, film } = this.editor
    const news = jobs.receive(entries)
    // What went wrong with work that is being done again is past.
    for (const [notice, { clip, kind, order }] of this.#jobTroubles) {
      if (!entries.some((entry) => entry.clip === clip && entry.kind === kind && entry.order > order)) continue
      notices.dismiss(notice)
      this.#jobTroubles.delete(notice)
    }
    for (const entry of news) {
      const { clip, reel, kind, state, notes, error } = entry
      const about = clip === film?.id ? '' : reel
      for (const note of notes)
        if (kind === 'alike') notices.tell(about === '' ? inWords(note) : text.about(about, inWords(note)))
        else notices.warn(inWords(note), '', about)
      const notice = state === 'failed' && error ? notices.fail(error, about) : null
      if (notice !== null) this.#jobTroubles.set(notice, entry)
    }
    this.#markTold('markJobsTold', news)
  }

  /** Takes main's queue of exports. News of one, also why it is on hold, is told with its file's name. */
  exportsChanged(entries: readonly QueuedExport[]): void {
    const { exports, exporting, notices, dialog, work } = this.editor
    const news = exports.receive(entries)
    // One that goes on, or was taken out of the list, is in no trouble any more.
    for (const [id, notice] of this.#exportTroubles) {
      if (entries.some((entry) => entry.id === id && entry.error !== null)) continue
      notices.dismiss(notice)
      this.#exportTroubles.delete(id)
    }
    for (const { id, reel, file: about, target, state, notes, error } of news) {
      // The dialog that it was ordered in says itself what becomes of it, and the list what went wrong.
      const isLookedAt = dialog === 'export' && exporting.ordered.some((entry) => entry.id === id)
      const isListed = work && dialog === null
      if (!isListed) for (const note of notes) notices.warn(inWords(note), '', about)
      const notice = error && !isLookedAt && !isListed ? notices.fail(error, about) : null
      if (notice !== null) this.#exportTroubles.set(id, notice)
      if (state === 'done' && !isLookedAt) notices.tell(text.job.exported(reel, target))
    }
    this.#markTold('markExportsTold', news)
  }

  #markTold(request: 'markJobsTold' | 'markExportsTold', news: readonly { readonly id: string }[]): void {
    if (news.length === 0) return
    const ids = news.map(({ id }) => id)
    void this.editor.attempt(() => ask(request, ids))
  }
}
