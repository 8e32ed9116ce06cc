/** What this program is called, wherever it has to name itself. */
import { productName, version } from '../../package.json'

export const program = { name: productName, version } as const
