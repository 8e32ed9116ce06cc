/** `npm run matrix`: every kind of source to every format, read back by two readers; see test/matrix/matrix.ts. */
import { runOwnScript } from '../setup/ownScript.ts'

export const main = (args: string[]): Promise<number> => runOwnScript('test/matrix/matrix.ts', args, false)
