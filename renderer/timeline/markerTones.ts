/** How the colors of markers are drawn: to be told from each other, and seen on dark and on light. */
import type { MarkerColor } from '../../electron/contract/projectDocument.ts'

export const markerTones: Readonly<Record<MarkerColor, string>> = {
  red: '#d9544f',
  orange: '#df8537',
  yellow: '#c9a51f',
  green: '#47a163',
  blue: '#4587d1',
  purple: '#9a6bd0',
}
