import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { filmsAmong } from './filmsAmong.ts'

async function folderWith(...names: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'films-among-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const name of names) await writeFile(join(folder, name), 'x')
  return folder
}

it('takes of a folder its films by number, and of each sequence of pictures the first', async () => {
  const folder = await folderWith('reel 10.mov', 'reel 9.mov', 'a_0003.dpx', 'a_0002.dpx', 'b_7.png', '.x.mov', 'x.txt')
  const names = ['a_0002.dpx', 'b_7.png', 'reel 9.mov', 'reel 10.mov']
  expect(await filmsAmong([folder])).toEqual(names.map((name) => join(folder, name)))
})

it('takes several files and folders in the order given, none twice', async () => {
  const [one, two] = [await folderWith('one.mkv', 's_2.tif'), await folderWith('two.mkv')]
  const files = [join(two, 'two.mkv'), join(one, 's_2.tif'), join(one, 's_3.tif')]
  expect(await filmsAmong([...files, one, two])).toEqual([files[0], files[1], join(one, 'one.mkv')])
})

it('takes a folder with a project for that project, and leaves it to others to say what can not be opened', async () => {
  const folder = await folderWith('film.mkv', 'film.colornn', 'film.colornn-lock')
  await mkdir(join(folder, 'empty'))
  const others = [join(folder, 'empty'), join(folder, 'film.colornn-lock'), join(folder, 'is not there.mkv')]
  expect(await filmsAmong([folder, ...others])).toEqual([join(folder, 'film.colornn'), ...others])
})
