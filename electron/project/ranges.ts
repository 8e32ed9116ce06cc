/** As main's jobs know them by this name. */
export { countFrames, intersect, subtract, unite, within } from '../contract/ranges.ts'
