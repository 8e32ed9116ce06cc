/** Films that many tests of a file begin with are drawn once, and each test gets copies that it may do anything to. */
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { sharedFolder } from './workFolder.ts'

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

const drawings = new Map<string, Promise<string>>()

/**
 * Puts copies of all that 'draw' draws into a folder.
 * @param name of these drawings, which no other have in any file of tests
 */
export async function drawnOnce(
  folder: string,
  name: string,
  draw: (folder: string) => Promise<unknown>,
): Promise<void> {
  const place = join(shared, name)
  const drawing = async (): Promise<string> => {
    mkdirSync(place)
    await draw(place)
    return place
  }
  if (!drawings.has(name)) drawings.set(name, drawing())
  cpSync(await drawings.get(name)!, folder, { recursive: true })
}
