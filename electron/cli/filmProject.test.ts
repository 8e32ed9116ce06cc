import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { FootageInfo } from '../contract/schemas.ts'
import { workFolder } from '../../test/material/workFolder.ts'
import { FilmProject } from './filmProject.ts'

it('is asked for shots like pinned ones only where one has no pin, and as far as its film goes by now', async () => {
  const folder = workFolder()
  const [path, picturePath] = ['film.mkv', 'pinned.png'].map((name) => join(folder, name)) as [string, string]
  for (const file of [path, picturePath]) writeFileSync(file, file)
  const film = { path, name: 'film.mkv', frameCount: 24, rate: { num: 24, den: 1 } } as FootageInfo
  const pins = [2, 20].map((frame) => ({ frame, picturePath }))
  const project = await FilmProject.of(film, pins, folder)
  project.setShots({ at: [6, 18], transitions: [], colored: [] }, false)
  const shots = [{ from: 6, to: 18 }]
  expect(await project.alike(24)).toEqual({ shots, pins: [2, 20], elsewhere: [], leftOut: [] })
  expect(await project.alike(12)).toEqual({ shots: [{ from: 6, to: 12 }], pins: [2], elsewhere: [], leftOut: [] })
  expect(await project.alike(6)).toBeNull()
})
