/** What a packaged program is made of, by size. */
import { lstat, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Layout } from './layout.ts'

/** Every file below a folder with its size in bytes; links count for nothing. */
async function filesBelow(folder: string): Promise<{ path: string; bytes: number }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        return { path, bytes: (await lstat(path)).size }
      }),
  )
}

export async function bytesBelow(folder: string): Promise<number> {
  return (await filesBelow(folder)).reduce((sum, { bytes }) => sum + bytes, 0)
}

export interface Part {
  readonly name: string
  readonly bytes: number
}

/** Which part of the program a file is, by its place below the resources. The first that fits. */
const PARTS: readonly (readonly [name: string, below: RegExp])[] = [
  ['TensorFlow', /^app\.asar\.unpacked\/node_modules\/@tensorflow\//],
  ['ffmpeg', /^app\.asar\.unpacked\/node_modules\/ffmpeg-static\//],
  ['code and window (app.asar)', /^app\.asar$/],
  ['networks', /^weights\//],
]

/** Largest first. What is nothing of ours is Electron's. */
export async function partsOf({ folder, resources }: Layout): Promise<Part[]> {
  const sums = new Map<string, number>()
  for (const { path, bytes } of await filesBelow(folder)) {
    const place = relative(resources, path).split(sep).join('/')
    const [name] = PARTS.find(([, below]) => below.test(place)) ?? ['Electron']
    sums.set(name, (sums.get(name) ?? 0) + bytes)
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes)
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
