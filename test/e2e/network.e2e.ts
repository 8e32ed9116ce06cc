/** Nothing leaves the machine: a session is watched in a network where every packet is counted. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inClosedNetwork, networksCanBeMade } from '../material/closedNetwork.ts'
import { drawGrayFilm } from '../material/films.ts'
import { onlyOnWords } from '../../build/checks/onlyOn.ts'
import { root } from '../../build/setup/root.ts'
import { expect, test } from './launch.ts'

test.skip(process.platform !== 'linux', onlyOnWords(['linux'], 'a network of one’s own is made'))
test.skip(!networksCanBeMade(), 'nobody may make a network of their own here')

test('a name that is looked up is counted', async () => {
  const lookUp = `require('dns').lookup('films.example.org', () => undefined)`
  expect((await inClosedNetwork(process.execPath, ['-e', lookUp], { cwd: root })).sent).toBeGreaterThan(0)
})

test('a session from start to export sends nothing, whatever the page tries', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'colornn-session-'))
  try {
    const film = await drawGrayFilm(join(folder, 'reel.mkv'), { size: '96x64' })
    const target = join(folder, 'reel (color).mkv')
    const session = ['--import', 'tsx', join(import.meta.dirname, 'wholeSession.ts'), film, target]
    const { sent, stdout } = await inClosedNetwork(process.execPath, session, { cwd: root })
    expect(stdout).toContain('the session is over')
    expect(existsSync(target)).toBe(true)
    expect(sent).toBe(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
