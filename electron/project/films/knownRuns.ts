/**
 * Runs of numbered pictures that the command line has colored before, by where they lie: so that it knows which
 * pictures were replaced since, and colors anew only what was made of them, as a project does. Disposable, as the
 * colors beside it are: losing it costs time.
 */
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { digest } from '../../content/digest.ts'
import { pictureRun } from '../../content/filmIdentity.ts'
import { footageLinkSchema, type FootageLink } from '../../contract/projectDocument.ts'
import type { Sentence } from '../../contract/sentence.ts'
import { makeFolder } from '../../system/makeFolder.ts'
import { changedFrames, changedNotice, continuedLink, replacedPictures } from './replacedPictures.ts'
import { writeAtomic } from '../../system/writeAtomic.ts'

/** Runs that are remembered; one of a feature film takes 2 MB. */
const KEPT = 100
const ENDING = '.run'

/** What its colors are known by: the run as it was first colored, and what was replaced by the last time. */
const knownRunSchema = footageLinkSchema.pick({ hash: true, replaced: true }).extend({ pictures: z.string() })

export interface KnownRun {
  readonly link: FootageLink
  /** Names the pictures that were replaced since the run was last colored; null where there are none. */
  readonly notice: Sentence | null
}

export class KnownRuns {
  /** @param folder made when something is to be remembered */
  constructor(private readonly folder: string) {}

  /** The link by which a run's colors are found again, and what is replaced in it now. Other films are as they come. */
  async recognize(link: FootageLink): Promise<KnownRun> {
    const { pictures } = link
    if (pictures === undefined) return { link, notice: null }
    const file = join(this.folder, `${nameOf(link)}${ENDING}`)
    const known = await recall(file)
    const base = known ? continuedLink({ ...link, hash: known.hash, pictures: known.pictures }, link) : link
    const replaced = replacedPictures(base.pictures!, pictures)
    const changed = known && base.hash === known.hash ? changedFrames(known.replaced ?? [], replaced) : []
    await this.#remember(file, { hash: base.hash, pictures: base.pictures!, replaced })
    return {
      link: replaced.length > 0 ? { ...base, replaced } : base,
      notice: changed.length > 0 ? changedNotice(changed, await pictureRun(link.absolutePath)).message : null,
    }
  }

  async #remember(file: string, run: z.infer<typeof knownRunSchema>): Promise<void> {
    try {
      await makeFolder(this.folder)
      await writeAtomic(file, JSON.stringify(run))
      await this.#dropOldest()
    } catch {
      // A full disk: all of the run is colored anew the next time.
    }
  }

  async #dropOldest(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(ENDING))
    if (names.length <= KEPT) return
    const aged = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(this.folder, name))).mtimeMs })),
    )
    aged.sort((a, b) => a.at - b.at)
    for (const { name } of aged.slice(0, names.length - KEPT)) await rm(join(this.folder, name), { force: true })
  }
}

/** The same for all pictures of a run: numbers are what they differ in. */
function nameOf({ absolutePath }: FootageLink): string {
  return digest('run', dirname(resolve(absolutePath)), basename(absolutePath).replace(/\d+/g, '#'))
}

async function recall(file: string): Promise<z.infer<typeof knownRunSchema> | null> {
  try {
    return knownRunSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}
