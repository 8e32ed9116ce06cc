/** `npm run pictures`: takes the pictures of the manual anew, from the real window. */
import { runOwnScript } from '../setup/ownScript.ts'

export const main = (): Promise<number> => runOwnScript('test/manual/takePictures.ts', [], true)
