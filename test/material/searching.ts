/** A studio with a film that is still being looked through for its shots. */
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { openDesk, type Desk } from './desk.ts'
import { drawnOnce } from './drawnOnce.ts'
import { drawFilm } from './films.ts'
import { workFolder } from './workFolder.ts'

export const FRAMES = 900
/** Of each of its shots. */
export const SHOT = 100

/** The first frame that the search has not come to. */
export const upTo = async (desk: Desk): Promise<number> => (await desk.engine.call('shotsSoFar', 'c', 0)).to

/** A film of shots of 100 frames. */
export async function longFilm(folder: string): Promise<string> {
  const name = 'long.mkv'
  const filters = `negate=enable='lt(mod(n,${2 * SHOT}),${SHOT})'`
  await drawnOnce(folder, 'long film', (place) => drawFilm(place, name, { frames: FRAMES, filters }))
  return join(folder, name)
}

/** The same as numbered pictures; gives the first. */
export async function longRun(folder: string): Promise<string> {
  await drawFilm(folder, 'scan_%03d.png', {
    frames: FRAMES,
    filters: `negate=enable='lt(mod(n,${2 * SHOT}),${SHOT})'`,
    pixelFormat: 'gray',
    codec: ['-c:v', 'png'],
  })
  return join(folder, 'scan_001.png')
}

/** A studio with such a film, of which so many frames were looked through by a search that waits. */
export async function searching(
  lookedAt: number,
  folder = workFolder(),
  draw = longFilm,
): Promise<{ readonly desk: Desk; readonly search: string }> {
  const desk = await openDesk(folder, { path: await draw(folder), frameCount: FRAMES })
  const search = await desk.shots.find('c')
  await vi.waitFor(async () => {
    expect(await upTo(desk)).toBeGreaterThanOrEqual(lookedAt)
  }, 60_000)
  await desk.jobs.pause(search)
  expect(await desk.engine.call('shots', 'c')).toBeNull()
  return { desk, search }
}
