/** The sample: a short film that the program draws itself, for the first steps. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineClient } from '../host/engineClient.ts'
import { makeFolder } from '../system/makeFolder.ts'
import { sampleFolder } from './paths.ts'

/** Path of the sample film, drawn when it is not there yet. Throws UserError where it can't be written. */
export async function sampleProject(engine: EngineClient): Promise<string> {
  const folder = sampleFolder()
  const film = join(folder, 'Seaside 1912.mkv')
  if (await stat(film).catch(() => null)) return film
  await makeFolder(folder)
  await engine.call('drawSample', film)
  return film
}
