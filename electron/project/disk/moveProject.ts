/** A project made anew in another place, complete, while it goes on being edited in the old one. */
import type { AssetId } from '../../contract/operations.ts'
import type { HistoryState } from '../history.ts'
import type { JournalOwner } from './journal.ts'
import type { MovingAssets } from './movingAssets.ts'
import { withRelativePaths } from '../films/projectFootage.ts'
import { ProjectStore } from './projectStore.ts'

export interface Move {
  readonly from: ProjectStore
  readonly state: HistoryState
  readonly assets: MovingAssets
  readonly owner: JournalOwner
}

/** Throws UserError; then nothing is there that was not before. The place it comes from is left as it is. */
export async function makeAt(path: string, { from, state, assets, owner }: Move): Promise<ProjectStore> {
  const store = await ProjectStore.create(
    path,
    { ...state, own: await withRelativePaths(state.own, path) },
    from.assets,
    owner,
  )
  await bringAssets(from, store, assets)
  return store
}

/** Pictures that were put meanwhile come along: until none is missing, and none was put while that was looked at. */
async function bringAssets(from: ProjectStore, to: ProjectStore, assets: MovingAssets): Promise<void> {
  const tried = new Set<string>()
  for (;;) {
    const { puts } = assets
    const missing = (await assetsMissingIn(to, from)).filter((id) => !tried.has(id))
    if (missing.length === 0 && puts === assets.puts) return
    await to.assets.copyFrom(from.assets, missing)
    for (const id of missing) tried.add(id)
  }
}

/** Pictures that the second place has and the first lacks. */
export async function assetsMissingIn(to: ProjectStore, from: ProjectStore): Promise<AssetId[]> {
  return to.assets.missing(await from.assets.list())
}
