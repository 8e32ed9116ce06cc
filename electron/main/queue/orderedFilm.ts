/**
 * An ordered export's film, as the engine is to know it: opened under a name of its own, so that it is nothing to the
 * order whether its project is open, and what is done there.
 */
import { dirname, resolve } from 'node:path'
import type { Clip } from '../../contract/projectDocument.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { EngineClient } from '../../host/engineClient.ts'
import type { AssetFolder } from '../../project/disk/assets.ts'
import { editsOf } from '../../project/passes/filmEdits.ts'
import { shotsFound } from '../../project/findings.ts'
import { locateFootage, lookAgain } from '../../project/films/footageLink.ts'
import type { ExportOrder } from './exportOrder.ts'

/** What the engine calls an order's film. */
export const filmName = (order: string): string => `order ${order}`

/** Where an order's film may be, in short: as it is looked for again and again while it is away. */
export function placesOf({ clip: { footage }, project }: Pick<ExportOrder, 'clip' | 'project'>): string[] {
  const beside = footage.relativePath === null ? [] : [resolve(dirname(project.path), footage.relativePath)]
  return [footage.absolutePath, ...beside]
}

/**
 * Has the engine open the film that was ordered. Gives its document, and where the film lies; pictures of a run that
 * were replaced since are noted in the document, so that no color made of them goes by the names of those before.
 * Throws UserError: 'footage-missing', 'footage-changed' (another film lies there), and those of the engine.
 */
export async function openOrdered(
  engine: Pick<EngineClient, 'call'>,
  order: ExportOrder,
): Promise<{ readonly clip: Clip; readonly film: string }> {
  const film = await locateFootage(order.clip.footage, order.project.path, { search: true })
  if (film.state === 'missing') throw filmAway(order)
  if (film.state === 'changed') throw filmReplaced(order, film.path)
  const { replaced: _, ...footage } = order.clip.footage
  const replaced = film.run?.replaced ?? []
  const clip: Clip = { ...order.clip, footage: { ...footage, ...(replaced.length > 0 && { replaced: [...replaced] }) } }
  const name = filmName(order.id)
  await engine.call('openFootage', film.path, name, clip.artistRate)
  try {
    const state = await lookAgain(film, order.clip.footage)
    if (state === 'missing') throw filmAway(order)
    if (state === 'changed') throw filmReplaced(order, film.path)
  } catch (error) {
    await engine.call('closeFootage', name).catch(() => undefined)
    throw error
  }
  return { clip, film: film.path }
}

/**
 * Tells the engine the document that was ordered, and gives it as it is carried out: an order that was taken before the
 * shots of its film were known has those that were found since. Null where they have to be looked for first: nothing is
 * colored by cuts that nobody has looked for.
 */
export async function planOrdered(
  engine: Pick<EngineClient, 'call'>,
  order: string,
  clip: Clip,
  assets: AssetFolder,
): Promise<Clip | null> {
  const name = filmName(order)
  const found = clip.cuts === 'none' ? await engine.call('shots', name) : null
  if (clip.cuts === 'none' && found === null) return null
  const planned: Clip = found ? { ...clip, shots: shotsFound(clip, found), cuts: 'automatic' } : clip
  await engine.call(
    'setEdits',
    name,
    editsOf(null, planned, (asset) => assets.pathOf(asset)),
  )
  return planned
}

function filmReplaced({ clip: { name } }: ExportOrder, path: string): UserError {
  return new UserError(
    'footage-changed',
    sentence`The film of “${name}” is no longer the one that was ordered.`,
    sentence`Bring the film of before back and try again, or order the export anew.`,
    path,
  )
}

export function filmAway({ clip: { name, footage } }: Pick<ExportOrder, 'clip'>): UserError {
  return new UserError(
    'footage-missing',
    sentence`The film of “${name}” is not where it was.`,
    sentence`Bring it back, connect its disk, or say in its project where it lies now: the export then goes on by itself.`,
    footage.absolutePath,
  )
}

/** @param folder that holds the export */
export function targetAway(folder: string): UserError {
  return new UserError(
    'target-folder-missing',
    sentence`The folder “${folder}” is not there.`,
    sentence`Connect its disk: the export then goes on by itself. Or cancel it, and order it elsewhere.`,
    folder,
  )
}
