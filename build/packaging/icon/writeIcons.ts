/** Draws the icon in every size that a system asks for, and writes each system's files. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drawIcon } from './drawIcon.ts'
import { icns, ico, png, type SizedPng } from './iconFiles.ts'

/** What desktops of Linux ask for; Windows takes those up to 256, macOS more. */
export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512] as const
const LARGEST = 1024
const LARGEST_OF_WINDOWS = 256

/** Writes `icons/<size>x<size>.png`, `icon.ico` and `icon.icns` into a folder. */
export async function writeIcons(folder: string): Promise<void> {
  const pictures: SizedPng[] = [...ICON_SIZES, LARGEST].map((size) => ({ size, file: png(drawIcon(size)) }))
  await mkdir(join(folder, 'icons'), { recursive: true })
  for (const { size, file } of pictures)
    if (size !== LARGEST) await writeFile(join(folder, 'icons', `${size}x${size}.png`), file)
  await writeFile(join(folder, 'icon.ico'), ico(pictures.filter(({ size }) => size <= LARGEST_OF_WINDOWS)))
  await writeFile(join(folder, 'icon.icns'), icns(pictures))
}
