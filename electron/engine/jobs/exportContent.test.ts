import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FrameColoring } from '../../contract/filmEdits.ts'
import { neutralGrade } from '../../contract/operations.ts'
import { layoutOf, wantedBy } from '../../../test/material/layouts.ts'
import type { FilmView } from '../film/filmView.ts'
import { exportContent } from './exportContent.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'content-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const ASSET = `${'a'.repeat(64)}.png`
const info = { rate: { num: 24, den: 1 } }
const layout = { width: 64, height: 48 }

type Shown = Pick<FilmView, 'layout' | 'frames'>

const contentOf = (shown: Shown, range = { from: 10, to: 20 }, name = 'film'): Promise<string> =>
  exportContent({ name }, shown, { range, footage: { info, layout } as never })

function shownWith(
  pins: Readonly<Record<number, string>>,
  more: Parameters<typeof layoutOf>[2] = {},
  pathOf = (pin: string): string => pin,
): Shown {
  const wanted = wantedBy({ frameCount: 40, cuts: [25], pins })
  const frames = Object.entries(pins).map(([frame, pin]): [number, FrameColoring] => [
    Number(frame),
    { base: { kind: 'picture', path: pathOf(pin) }, operations: [], pinned: true },
  ])
  return { layout: layoutOf(wanted, wanted, more), frames: new Map(frames) }
}

describe('what an export shows has the same name', () => {
  it('whatever is done to frames that it does not hold, and that do not color it', async () => {
    const content = await contentOf(shownWith({}))
    expect(await contentOf(shownWith({ 30: 'other shot' }))).toBe(content)
    const looks = [{ from: 25, to: 40, grade: { ...neutralGrade, saturation: 0.5 } }]
    expect(await contentOf(shownWith({}, { looks }))).toBe(content)
  })

  it('wherever a project’s own pictures lie', async () => {
    const [here, there] = ['here', 'there'].map((place) => shownWith({ 12: ASSET }, {}, (pin) => join(place, pin)))
    expect(await contentOf(here!)).toBe(await contentOf(there!))
  })
})

describe('what an export shows has another name', () => {
  it('where it is another film, other frames of it, or colored from another pin', async () => {
    const contents = await Promise.all([
      contentOf(shownWith({})),
      contentOf(shownWith({}), { from: 10, to: 21 }),
      contentOf(shownWith({}), { from: 10, to: 20 }, 'another film'),
      contentOf(shownWith({ 5: 'one' })),
      contentOf(shownWith({ 5: 'two' })),
      contentOf(shownWith({}, { looks: [{ from: 0, to: 25, grade: { ...neutralGrade, saturation: 0.5 } }] })),
    ])
    expect(new Set(contents).size).toBe(contents.length)
  })

  it('where the film is shown beside it, or in another way', async () => {
    const part = { range: { from: 10, to: 20 }, footage: { info, layout } as never }
    const ways = [null, { kind: 'side' }, { kind: 'wipe', at: null }, { kind: 'wipe', at: 0.5 }] as const
    const contents = await Promise.all(ways.map((way) => exportContent({ name: 'film' }, shownWith({}), part, way)))
    expect(new Set(contents).size).toBe(ways.length)
  })

  it('where a picture that is no project’s own was painted on', async () => {
    const picture = join(folder, 'painted.png')
    const shown = shownWith({ 12: 'painted' }, {}, () => picture)
    writeFileSync(picture, 'red')
    const before = await contentOf(shown)
    expect(await contentOf(shown)).toBe(before)
    writeFileSync(picture, 'green')
    expect(await contentOf(shown)).not.toBe(before)
  })
})
