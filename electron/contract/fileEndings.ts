/** Endings of the files that the program reads, and what a name that was typed becomes when a file is written. */

/** Films as dialogs offer them; any other file is tried as well when it is chosen. */
export const filmEndings = [
  '.mp4',
  '.mov',
  '.mkv',
  '.avi',
  '.mxf',
  '.m4v',
  '.mpg',
  '.mpeg',
  '.vob',
  '.m1v',
  '.m2v',
  '.vro',
  '.ts',
  '.m2ts',
  '.mts',
  '.m2t',
  '.webm',
  '.dv',
  '.wmv',
  '.asf',
  '.flv',
  '.rm',
  '.qt',
  '.gxf',
  '.3gp',
  '.3g2',
  '.ogv',
  '.y4m',
] as const

/**
 * Pictures: a numbered run of them is a film, one of them can be pinned to a frame or be its reference. All that ffmpeg
 * takes for numbered pictures by their names, but for what no scanner and no program of pictures writes.
 */
export const pictureEndings = [
  '.png',
  '.tif',
  '.tiff',
  '.jpg',
  '.jpeg',
  '.dpx',
  '.exr',
  '.bmp',
  '.webp',
  '.jp2',
  '.j2k',
  '.j2c',
  '.jpc',
  '.jls',
  '.jxl',
  '.tga',
  '.pbm',
  '.pgm',
  '.ppm',
  '.pnm',
  '.pam',
  '.pfm',
  '.sgi',
  '.pcx',
  '.qoi',
  '.ras',
  '.sun',
  '.xwd',
  '.cin',
] as const

/** Ending of a name or path, lowercase with its dot; empty where there is none, as in '.hidden'. */
export function endingOf(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot).toLowerCase()
}

export function isPicture(path: string): boolean {
  return (pictureEndings as readonly string[]).includes(endingOf(path))
}

export const PROJECT_ENDING = '.colornn'

export function isProject(path: string): boolean {
  return endingOf(path) === PROJECT_ENDING
}

/** Endings that say what kind of file it is, so that no file of another kind may bear them. */
const telling = new Set<string>([
  ...filmEndings,
  ...pictureEndings,
  '.mka',
  '.wav',
  '.mp3',
  '.srt',
  '.gif',
  '.heic',
  '.avif',
  '.zip',
  '.txt',
  '.pdf',
  PROJECT_ENDING,
])

/**
 * The path to write a file of a kind to, whose name the artist typed: with an ending of that kind as it is; with a dot
 * that is part of the name ('Reel 1.5') or with none, completed. Null where the ending says that it is another kind of
 * file: nobody would find what the file holds.
 * @param endings of the kind, the usual one first; none for a folder
 */
export function withEnding(path: string, endings: readonly string[]): string | null {
  const ending = endingOf(path)
  if (endings.includes(ending)) return path
  if (telling.has(ending)) return null
  return path + (endings[0] ?? '')
}
