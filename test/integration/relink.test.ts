/** A clip is linked with a film that is not the one it had: nothing of it goes without a question. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { untouchedFrame } from '../../electron/project/document.ts'
import { addFilm, projectHandlers, type ProjectHandlers } from '../../electron/project/session/projectHandlers.ts'
import { openDesk, type Desk } from '../material/desk.ts'
import { drawFilm } from '../material/films.ts'

/** Main's answers, and a film of 24 frames of 96 x 64 as the clip that is returned. */
async function withFilm(): Promise<{ desk: Desk; handlers: ProjectHandlers; clip: string }> {
  const desk = await openDesk()
  const probe = (path: string) => desk.engine.call('probe', path)
  const refuse = (): never => {
    throw new Error('not asked for here')
  }
  const handlers = projectHandlers(desk.session, { chooseProjectTarget: refuse, checkReference: refuse, probe })
  const clip = await addFilm(desk.session, await probe(desk.film))
  return { desk, handlers, clip }
}

describe('linking a clip with another film', () => {
  it('says first what of the work lies behind its end, and how it differs; it is done when that is agreed to', async () => {
    const { desk, handlers, clip } = await withFilm()
    const { session } = desk
    const now = () => session.project.clips.find(({ id }) => id === clip)!
    const asset = `${'1'.repeat(64)}.png`
    for (const frame of [3, 20]) session.apply({ type: 'pin', clip, frame, base: { kind: 'picture', asset } })
    session.apply({ type: 'label-frame', clip, frame: 21, label: 'too green' })
    session.apply({ type: 'split-shot', clip, at: 18 })
    session.apply({ type: 'add-marker', clip, marker: { id: 'm', frame: 23, name: '', color: 'red' } })
    const before = now()
    const path = await drawFilm(desk.folder, 'other.mkv', { frames: 9, size: '320x240' })

    const other = await handlers.relinkClip({ clip, path })
    expect(other).toEqual({
      frames: { was: 24, is: 9 },
      size: { was: before.footage.size, is: { width: 320, height: 240 } },
      behind: { pins: 1, edits: 1, locks: 0, markers: 1, cuts: 1 },
    })
    expect(now()).toEqual(before)
    // What was agreed to is a film of another length.
    expect(await handlers.relinkClip({ clip, path, agreedTo: 24 })).toEqual(other)
    expect(now()).toEqual(before)

    expect(await handlers.relinkClip({ clip, path, agreedTo: 9 })).toBeNull()
    expect(now()).toMatchObject({ frameCount: 9, footage: { size: { width: 320, height: 240 } } })
    expect(Object.keys(now().frames)).toEqual(['3'])
    session.undo()
    expect(now()).toEqual(before)
    expect(now().frames['21']).toEqual({ ...untouchedFrame(), label: 'too green' })
  })

  it('asks of a film of the same length as well, and not of the same one in another place', async () => {
    const { desk, handlers, clip } = await withFilm()
    const alike = await drawFilm(desk.folder, 'alike.mkv', { frames: 24 })
    expect(await handlers.relinkClip({ clip, path: alike })).toMatchObject({
      frames: { was: 24, is: 24 },
      behind: { pins: 0, edits: 0 },
    })
    const { copyFile } = await import('node:fs/promises')
    const moved = join(desk.folder, 'moved.mkv')
    await copyFile(desk.film, moved)
    expect(await handlers.relinkClip({ clip, path: moved })).toBeNull()
    expect(desk.session.project.clips.find(({ id }) => id === clip)!.footage.absolutePath).toBe(moved)
  })
})
