/** As the editor knows it by this name. */
export { includesFrame } from '../../electron/contract/ranges.ts'
