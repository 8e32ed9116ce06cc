/**
 * The files that the installed program opens: its projects, which are its own, and films, which it offers itself for
 * beside what the machine plays them with.
 */
import { filmEndings } from '../../electron/contract/fileEndings.ts'

export interface FileType {
  /** Without their dots. */
  readonly endings: readonly string[]
  readonly name: string
  /** As IANA or, where that has none, shared-mime-info names it. */
  readonly mimeType: string
  /** Whether such files are ours to open when they are clicked. */
  readonly isOwn: boolean
}

export const PROJECT_TYPE: FileType = {
  endings: ['colornn'],
  name: 'ColoRNN Studio project',
  mimeType: 'application/vnd.colornn.project',
  isOwn: true,
}

const MIME_TYPES: Readonly<Record<(typeof filmEndings)[number], string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.qt': 'video/quicktime',
  '.mkv': 'video/x-matroska',
  '.avi': 'video/x-msvideo',
  '.mxf': 'application/mxf',
  '.mpg': 'video/mpeg',
  '.mpeg': 'video/mpeg',
  '.vob': 'video/mpeg',
  '.m1v': 'video/mpeg',
  '.m2v': 'video/mpeg',
  '.vro': 'video/mpeg',
  '.ts': 'video/mp2t',
  '.m2ts': 'video/mp2t',
  '.mts': 'video/mp2t',
  '.m2t': 'video/mp2t',
  '.webm': 'video/webm',
  '.dv': 'video/dv',
  '.wmv': 'video/x-ms-wmv',
  '.asf': 'application/vnd.ms-asf',
  '.flv': 'video/x-flv',
  '.rm': 'application/vnd.rn-realmedia',
  '.gxf': 'application/gxf',
  '.3gp': 'video/3gpp',
  '.3g2': 'video/3gpp2',
  '.ogv': 'video/ogg',
  '.y4m': 'video/x-yuv4mpeg',
}

/** Every ending of films that the dialogs offer, by type. */
export const FILM_TYPES: readonly FileType[] = [...new Set(Object.values(MIME_TYPES))].map((mimeType) => ({
  endings: filmEndings.filter((ending) => MIME_TYPES[ending] === mimeType).map((ending) => ending.slice(1)),
  name: 'Film',
  mimeType,
  isOwn: false,
}))

/**
 * What NSIS adds at installation: films get the program into their "Open with". Given as associations they would be
 * taken away from the machine's player.
 * @param executable name of the file, without its ending
 */
export function openWithScript(executable: string): string {
  const key = `Software\\Classes\\Applications\\${executable}.exe`
  const endings = FILM_TYPES.flatMap((type) => type.endings)
  return [
    '!macro customInstall',
    ...endings.map((ending) => `  WriteRegStr SHELL_CONTEXT "${key}\\SupportedTypes" ".${ending}" ""`),
    `  WriteRegStr SHELL_CONTEXT "${key}\\shell\\open\\command" "" '"$INSTDIR\\${executable}.exe" "%1"'`,
    '!macroend',
    '!macro customUnInstall',
    `  DeleteRegKey SHELL_CONTEXT "${key}"`,
    '!macroend',
    '',
  ].join('\r\n')
}
