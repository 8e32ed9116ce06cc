/** `npm run soak`: the real window, used for an hour and watched; see test/soak/soak.ts. */
import { runOwnScript } from '../setup/ownScript.ts'

export const main = (args: string[]): Promise<number> => runOwnScript('test/soak/soak.ts', args, true)
