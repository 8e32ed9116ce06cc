/** The system's file dialogs, in front of the window. Null means closed without a choice. */
import { dialog, type BrowserWindow } from 'electron'
import { basename, dirname, extname, join } from 'node:path'
import { filmEndings, pictureEndings, PROJECT_ENDING, withEnding } from '../contract/fileEndings.ts'
import { fittingName } from '../contract/fileNames.ts'
import { exportFormats, type ExportFormatId } from '../contract/formats.ts'
import type { FootageInfo } from '../contract/schemas.ts'
import { sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import { Agreements } from './agreements.ts'

const plain = (endings: readonly string[]): string[] => endings.map((ending) => ending.slice(1))

const projects = plain([PROJECT_ENDING])

export class Dialogs {
  /** Files the artist chose to write to; the dialog has asked before it lets one be replaced. */
  readonly agreements = new Agreements()

  constructor(private readonly window: () => BrowserWindow | null) {}

  chooseFootage(): Promise<string | null> {
    return this.#open([
      { name: 'Film, ColoRNN', extensions: [...plain(filmEndings), ...plain(pictureEndings), ...projects] },
      { name: 'ColoRNN', extensions: projects },
    ])
  }

  choosePicture(): Promise<string | null> {
    return this.#open([{ name: 'PNG, TIFF, JPEG', extensions: plain(pictureEndings) }])
  }

  chooseProjectTarget(name: string, folder: string | null): Promise<string | null> {
    const file = fittingName(name.replace(/[\\/:*?"<>|]/g, ' ').trim() || 'project', PROJECT_ENDING)
    return this.#save(folder ? join(folder, file) : file, 'ColoRNN', [PROJECT_ENDING])
  }

  chooseExportTarget(
    { path, name }: FootageInfo,
    format: ExportFormatId,
    isComparison: boolean,
  ): Promise<string | null> {
    const { endings, name: kind }: { endings: readonly string[]; name: string } = exportFormats[format]
    const tail = ` (${isComparison ? 'comparison' : 'color'})${endings[0] ?? ''}`
    return this.#save(join(dirname(path), fittingName(basename(name, extname(name)), tail)), kind, endings)
  }

  chooseFrameTarget({ path, name }: FootageInfo, frame: number): Promise<string | null> {
    return this.#savePicture(path, name, ` frame ${frame}.png`)
  }

  chooseSheetTarget({ path, name }: FootageInfo): Promise<string | null> {
    return this.#savePicture(path, name, ' pins.png')
  }

  #savePicture(film: string, name: string, tail: string): Promise<string | null> {
    const target = join(dirname(film), fittingName(basename(name, extname(name)), tail))
    return this.#save(target, 'PNG, TIFF', ['.png', '.tif', '.tiff'])
  }

  /** A text with all reports, to be passed on. */
  chooseReportTarget(): Promise<string | null> {
    return this.#save('ColoRNN Studio report.txt', 'Text', ['.txt'])
  }

  chooseInspectionTarget(film: string): Promise<string | null> {
    return this.#save(join(dirname(film), fittingName(basename(film), '.html')), 'HTML', ['.html', '.htm'])
  }

  async #open(filters: Electron.FileFilter[]): Promise<string | null> {
    const options: Electron.OpenDialogOptions = {
      properties: ['openFile'],
      filters: [...filters, { name: '*', extensions: ['*'] }],
    }
    const window = this.window()
    const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return answer.canceled ? null : (answer.filePaths[0] ?? null)
  }

  /**
   * Throws UserError 'bad-argument' where the name that was typed is that of another kind of file.
   * @param endings of the kind of file to write, the usual one first; none for a folder
   */
  async #save(defaultPath: string, kind: string, endings: readonly string[]): Promise<string | null> {
    const options: Electron.SaveDialogOptions = {
      defaultPath,
      ...(endings.length > 0 && { filters: [{ name: kind, extensions: plain(endings) }] }),
    }
    const window = this.window()
    const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
    if (answer.canceled || !answer.filePath) return null
    const target = withEnding(answer.filePath, endings)
    if (target === null) {
      const [usual] = endings
      const advice =
        usual === undefined
          ? sentence`Choose a name without an ending; the pictures are put in a folder of that name.`
          : sentence`Choose a name that ends in ${usual}.`
      throw new UserError(
        'bad-argument',
        sentence`“${basename(answer.filePath)}” is the name of another kind of file than ${kind}.`,
        advice,
        answer.filePath,
      )
    }
    // The dialog asked about the name it saw; a name completed by us may belong to a file it never mentioned.
    if (target === answer.filePath) this.agreements.add(target)
    return target
  }
}
