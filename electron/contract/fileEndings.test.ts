import { describe, expect, it } from 'vitest'
import { endingOf, isPicture, withEnding } from './fileEndings.ts'
import { exportFormats } from './formats.ts'

describe('a name that is typed for a file', () => {
  const { endings } = exportFormats['ffv1-mkv']

  it.each([
    ['Reel 1.5', 'Reel 1.5.mkv'],
    ['Metropolis.restored', 'Metropolis.restored.mkv'],
    ['film', 'film.mkv'],
    ['/a.b/film', '/a.b/film.mkv'],
    ['C:\\films.old\\film', 'C:\\films.old\\film.mkv'],
    ['.hidden', '.hidden.mkv'],
    ['film.', 'film..mkv'],
    ['Film.MKV', 'Film.MKV'],
    ['ende.фильм', 'ende.фильм.mkv'],
  ])('%s becomes %s', (typed, path) => {
    expect(withEnding(typed, endings)).toBe(path)
  })

  it.each(['film.avi', 'film.mp4', 'film.MOV', 'scan.dpx', 'project.colornn'])(
    '%s is no name for a Matroska file',
    (typed) => {
      expect(withEnding(typed, endings)).toBeNull()
    },
  )

  it('may have any dot where it is a folder, but not the ending of a film or picture', () => {
    expect(withEnding('Reel 1.5', [])).toBe('Reel 1.5')
    expect(withEnding('frames.png', [])).toBeNull()
  })
})

it('a picture is known by its ending, however it is spelled', () => {
  expect(endingOf('/a/B.TIFF')).toBe('.tiff')
  for (const name of ['a.png', 'a.EXR', 'x/y.0001.dpx', 'a.jxl']) expect(isPicture(name)).toBe(true)
  for (const name of ['a.mov', 'png', '.png', 'a.png.mkv']) expect(isPicture(name)).toBe(false)
})
