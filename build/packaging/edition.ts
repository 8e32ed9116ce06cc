/**
 * Whether a package is one to give away. One that holds another Electron than the program is made for, or no ffmpeg of
 * its own, is for testing alone, and says so in its name and version wherever it shows.
 */

export interface Edition {
  readonly isForTesting: boolean
  /** Also that of the folder where the program keeps what it writes. */
  readonly productName: string
  /** Semantic version. */
  readonly version: string
  /** Of the executable, and the beginning of every file made. */
  readonly fileName: string
  /** Why it is for testing, in sentences; empty for one to give away. */
  readonly reasons: readonly string[]
}

export interface Ingredients {
  /** Of the checkout. */
  readonly version: string
  readonly electron: { readonly version: string; readonly isCurrent: boolean }
  readonly pinnedElectron: string
  readonly hasFfmpeg: boolean
}

export function editionOf({ version, electron, pinnedElectron, hasFfmpeg }: Ingredients): Edition {
  const reasons = [
    ...(electron.isCurrent
      ? []
      : [
          `It holds Electron ${electron.version}, which gets no security updates, and not ${pinnedElectron}, which the program is made for.`,
        ]),
    ...(hasFfmpeg ? [] : ['It holds no ffmpeg of its own, and looks for one on the machine that it runs on.']),
  ]
  if (reasons.length === 0)
    return { isForTesting: false, productName: 'ColoRNN Studio', version, fileName: 'colornn-studio', reasons }
  const electronPart = electron.isCurrent ? '' : `.electron-${electron.version.replaceAll('.', '-')}`
  return {
    isForTesting: true,
    productName: 'ColoRNN Studio for testing',
    version: `${version}-testing${electronPart}`,
    fileName: 'colornn-studio-for-testing',
    reasons,
  }
}
