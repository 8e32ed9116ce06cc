/** The system's file dialogs, in front of the window. Null means closed without a choice. */
import { dialog, type BrowserWindow } from 'electron'
import { basename, dirname, extname, join } from 'node:path'
import type { ExportFormatId, FootageInfo } from '../contract/schemas.ts'
import { EXTENSION } from '../project/projectFiles.ts'

const films = ['mp4', 'mov', 'mkv', 'avi', 'mxf', 'm4v', 'mpg', 'mpeg', 'ts', 'mts', 'webm', 'dv', 'wmv']
const pictures = ['png', 'tif', 'tiff', 'dpx', 'jpg', 'jpeg', 'webp', 'bmp']
const projects = [EXTENSION.slice(1)]

const exportExtension: Readonly<Record<ExportFormatId, string>> = {
  'ffv1-mkv': '.mkv',
  'prores-mov': '.mov',
  'dnxhr-mov': '.mov',
  'h264-mp4': '.mp4',
  'h265-mp4': '.mp4',
  'png-sequence': '',
}

export class Dialogs {
  /** Files the artist chose to write to; the dialog has asked before it lets one be replaced. */
  readonly #agreed = new Set<string>()

  constructor(private readonly window: () => BrowserWindow | null) {}

  chooseFootage(): Promise<string | null> {
    return this.#open([
      { name: 'Film, ColoRNN', extensions: [...films, ...pictures, ...projects] },
      { name: 'ColoRNN', extensions: projects },
    ])
  }

  choosePicture(): Promise<string | null> {
    return this.#open([{ name: 'PNG, TIFF, JPEG', extensions: pictures }])
  }

  chooseProject(): Promise<string | null> {
    return this.#open([{ name: 'ColoRNN', extensions: projects }])
  }

  chooseProjectTarget(name: string, folder: string | null): Promise<string | null> {
    const file = `${name.replace(/[\\/:*?"<>|]/g, ' ').trim() || 'project'}${EXTENSION}`
    return this.#save(folder ? join(folder, file) : file, EXTENSION)
  }

  chooseExportTarget({ path, name }: FootageInfo, format: ExportFormatId): Promise<string | null> {
    const extension = exportExtension[format]
    return this.#save(join(dirname(path), `${basename(name, extname(name))} (color)${extension}`), extension)
  }

  chooseFrameTarget({ path, name }: FootageInfo, frame: number): Promise<string | null> {
    return this.#save(join(dirname(path), `${basename(name, extname(name))} frame ${frame}.png`), '.png')
  }

  /** Whether the artist agreed to replace this file; asked once. */
  takeAgreement(target: string): boolean {
    return this.#agreed.delete(target)
  }

  async #open(filters: Electron.FileFilter[]): Promise<string | null> {
    const options: Electron.OpenDialogOptions = { properties: ['openFile'], filters: [...filters, { name: '*', extensions: ['*'] }] }
    const window = this.window()
    const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  }

  async #save(defaultPath: string, extension: string): Promise<string | null> {
    const options: Electron.SaveDialogOptions = {
      defaultPath,
      ...(extension && { filters: [{ name: extension.slice(1).toUpperCase(), extensions: [extension.slice(1)] }] }),
    }
    const window = this.window()
    const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
    if (answer.canceled || !answer.filePath) return null
    const target = extname(answer.filePath) === '' ? answer.filePath + extension : answer.filePath
    // The dialog asked about the name it saw; a name completed by us may belong to a file it never mentioned.
    if (target === answer.filePath) this.#agreed.add(target)
    return target
  }
}
