/** Requests of a page that was taken over: no path passes that the artist has not named, by whichever request. */
import { expect, it } from 'vitest'
import { z } from 'zod'
import { requests, type RequestName } from '../../contract/requests.ts'
import type { Handlers } from '../ipc.ts'
import { GivenPaths } from './givenPaths.ts'
import { heldToGivenPaths } from './heldRequests.ts'

/**
 * Whether a place among a request's arguments takes a path: the contract allows them, and nothing else, this length.
 */
const takesPath = (name: RequestName): boolean =>
  JSON.stringify(z.toJSONSchema(requests[name].args, { unrepresentable: 'any' })).includes('"maxLength":32767')

const argumentsWith: Partial<Record<RequestName, (path: string) => unknown[]>> = {
  filmsAmong: (path) => [[path]],
  openPath: (path) => [{ path, newProject: false }],
  saveProjectAs: (path) => [path],
  discardUnsavedProject: (path) => [path],
  relinkClip: (path) => [{ clip: 'c', path }],
  pinPicture: (path) => [{ clip: 'c', frame: 0, path }],
  pinLikePicture: (path) => [{ clip: 'c', frame: 0, path }],
  addPicture: (path) => [{ clip: 'c', path, mode: 'replace' }],
  orderExport: (path) => [{ clip: 'c', target: path, format: 'ffv1-mkv' }],
}

/** Main's handlers, as far as this is about them: they answer what they are told to, and note that they were asked. */
function held(answers: Partial<Record<RequestName, unknown>> = {}) {
  const asked: string[] = []
  const handlers = Object.fromEntries(
    Object.keys(requests).map((name) => [
      name,
      () => {
        asked.push(name)
        return answers[name as RequestName]
      },
    ]),
  ) as unknown as Handlers
  const given = new GivenPaths()
  const call = async (name: RequestName, ...args: unknown[]): Promise<unknown> =>
    (heldToGivenPaths(handlers, given)[name] as (...args: unknown[]) => unknown)(...args)
  return { asked, given, call }
}

it('knows every request that takes a path', () => {
  const names = (Object.keys(requests) as RequestName[]).filter(takesPath)
  // It is shown, not read or written, and only if this run has written it.
  expect(names.filter((name) => name !== 'revealExport').sort()).toEqual(Object.keys(argumentsWith).sort())
})

it.each(Object.keys(argumentsWith) as RequestName[])('refuses a path that nobody has named: %s', async (name) => {
  const { asked, call } = held()
  await expect(call(name, ...argumentsWith[name]!('/home/artist/.ssh/id_ed25519'))).rejects.toMatchObject({
    code: 'bad-argument',
  })
  expect(asked).toEqual([])
})

it('lets pass what dialogs and lists have given, each for its purpose alone', async () => {
  const { asked, call } = held({
    chooseFootage: '/films/a.mov',
    chooseExportTarget: '/out/a.mkv',
    chooseProjectTarget: '/out/a.colornn',
    recentFootage: [{ path: '/films/recent.mov' }],
    unsavedProjects: [{ path: '/untitled/1' }],
    clipFootage: { state: 'changed', path: '/films/changed.mov' },
  })
  for (const name of ['chooseFootage', 'chooseExportTarget', 'chooseProjectTarget', 'recentFootage'] as const)
    await call(name)
  await call('unsavedProjects')
  await call('clipFootage', 'c')
  asked.length = 0
  for (const path of ['/films/a.mov', '/films/recent.mov', '/untitled/1', '/films/changed.mov'])
    await call('openPath', { path, newProject: false })
  await call('orderExport', { target: '/out/a.mkv' })
  await call('saveProjectAs', '/out/a.colornn')
  expect(asked).toEqual([...Array<string>(4).fill('openPath'), 'orderExport', 'saveProjectAs'])
  for (const path of ['/films/a.mov', '/out/a.colornn'])
    await expect(call('orderExport', { target: path })).rejects.toMatchObject({ code: 'bad-argument' })
  for (const path of ['/films/a.mov', '/out/a.mkv'])
    await expect(call('saveProjectAs', path)).rejects.toMatchObject({ code: 'bad-argument' })
  await expect(call('openPath', { path: '/films/../films/a.mov' })).rejects.toMatchObject({ code: 'bad-argument' })
})

it('gives nothing where a dialog was closed', async () => {
  const { given, call } = held({ chooseFootage: null })
  expect(await call('chooseFootage')).toBeNull()
  expect(() => given.demand('read', 'null')).toThrow()
})

it('lets the page name no film by an edit of the document', async () => {
  const { asked, call } = held()
  await expect(call('editProject', { type: 'add-clip' })).rejects.toThrow()
  await expect(call('editProject', { type: 'relink-clip' })).rejects.toThrow()
  await call('editProject', { type: 'rename-clip' })
  expect(asked).toEqual(['editProject'])
})
