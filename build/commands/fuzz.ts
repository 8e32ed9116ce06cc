/** `npm run fuzz`: harmed films, projects and settings, and what the program makes of them; see test/fuzz/fuzz.ts. */
import { runOwnScript } from '../setup/ownScript.ts'

export const main = (args: string[]): Promise<number> => runOwnScript('test/fuzz/fuzz.ts', args, false)
