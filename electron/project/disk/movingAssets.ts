/**
 * The assets of the project that is open, wherever it is just now: it may move to another place while a picture is
 * being put.
 */
import type { AssetId } from '../../contract/operations.ts'
import type { AssetFolder } from './assets.ts'

export class MovingAssets {
  /** How many were put: whoever moves the project sees by it that one came while it looked. */
  puts = 0

  constructor(private readonly current: () => AssetFolder) {}

  /** See AssetFolder.put. When it resolves the asset is where the project is then. */
  put(bytes: Uint8Array, extension: string): Promise<AssetId> {
    return this.#settled((folder) => folder.put(bytes, extension))
  }

  putFile(path: string): Promise<AssetId> {
    return this.#settled((folder) => folder.putFile(path))
  }

  /** See AssetFolder.putWritten; 'write' is asked again where the project has moved meanwhile. */
  putWritten(extension: string, write: (path: string) => Promise<string | null>): Promise<AssetId | null> {
    return this.#settled((folder) => folder.putWritten(extension, write))
  }

  /** Where they lie just now. */
  get folder(): string {
    return this.current().folder
  }

  pathOf(id: AssetId): string {
    return this.current().pathOf(id)
  }

  read(id: AssetId): Promise<Buffer> {
    return this.current().read(id)
  }

  async #settled<T>(put: (folder: AssetFolder) => Promise<T>): Promise<T> {
    for (;;) {
      const folder = this.current()
      const outcome = await put(folder).then(
        (id) => ({ id }),
        (error: unknown) => ({ error }),
      )
      this.puts++
      // The place that it was put in, or could not be, is not the project's any more.
      if (this.current() !== folder) continue
      if ('error' in outcome) throw outcome.error
      return outcome.id
    }
  }
}
