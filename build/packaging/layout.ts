/** Where the parts of a packaged program lie, on each system. */
import { join } from 'node:path'
import type { Edition } from './edition.ts'

export interface Layout {
  /** The folder that holds the whole program; on macOS the .app. */
  readonly folder: string
  readonly executable: string
  readonly resources: string
  /** The script that starts the command line. */
  readonly launcher: string
}

/** What electron-builder calls the folder, below its output. */
function unpackedName(platform: NodeJS.Platform, arch: string): string {
  const suffix = arch === 'x64' ? '' : `-${arch}`
  if (platform === 'darwin') return `mac${suffix}`
  return `${platform === 'win32' ? 'win' : 'linux'}${suffix}-unpacked`
}

export function layoutOf(
  output: string,
  { productName, fileName }: Edition,
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): Layout {
  const unpacked = join(output, unpackedName(platform, arch))
  if (platform === 'darwin') {
    const folder = join(unpacked, `${productName}.app`)
    const resources = join(folder, 'Contents', 'Resources')
    return {
      folder,
      executable: join(folder, 'Contents', 'MacOS', productName),
      resources,
      launcher: join(resources, 'colornn'),
    }
  }
  const isWindows = platform === 'win32'
  return {
    folder: unpacked,
    executable: join(unpacked, isWindows ? `${productName}.exe` : fileName),
    resources: join(unpacked, 'resources'),
    launcher: join(unpacked, isWindows ? 'colornn.cmd' : 'colornn'),
  }
}
