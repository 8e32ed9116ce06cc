/** `npm run bench`: how fast, with how much memory, and how freely main's event loop runs. */
import { runOwnScript } from '../setup/ownScript.ts'

export const main = (args: string[]): Promise<number> => runOwnScript('test/bench/bench.ts', args, true)
