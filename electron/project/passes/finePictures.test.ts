import { describe, expect, it } from 'vitest'
import { asset, smallProject, someFootage } from '../../../test/material/arbitraryEdits.ts'
import { editedClip } from '../../../test/material/editedClip.ts'
import type { ProjectCommand } from '../../contract/projectCommands.ts'
import type { Clip, FinePicture } from '../../contract/projectDocument.ts'
import { layoutOf } from './filmEdits.ts'
import { finePictures } from './finePictures.ts'

const [one, other] = [asset('1'), asset('2')]
const colorings = `${'c'.repeat(64)}.colors`
const whole = { from: 0, to: 40 }

const pin = (frame: number, picture = one): ProjectCommand => {
  return { type: 'pin', clip: 'c0', frame, base: { kind: 'picture', asset: picture } }
}
/** Pins at 5 and 15, and what a pass has made of the frames from there to 30. */
const passed = (...more: Parameters<typeof editedClip>[1][]): Clip =>
  editedClip(
    smallProject().clips[0]!,
    { type: 'set-cuts', clip: 'c0', cuts: [], source: 'edited' },
    pin(5),
    pin(15, other),
    { from: 6, to: 30, mode: 'between' },
    ...more,
  )

const told = (clip: Clip): string[] =>
  finePictures(clip, whole).map(({ from, to, pictures }) => `${from}-${to} ${pictures.map(({ frame }) => frame)}`)

describe('the pictures whose fine color frames show', () => {
  it('are those pinned to them, and those that a pass reads for them', () => {
    expect(told(passed())).toEqual(['5-6 5', '6-15 5,15', '15-16 15', '16-30 15'])
  })

  it('are none where the pass would read something else by now, or an edited pin', () => {
    expect(told(passed(pin(15, asset('3'))))).toEqual(['5-6 5', '15-16 15'])
    const operation = { id: 'g', enabled: true, type: 'grade', grade: { saturation: 0 } } as never
    const edited = passed(
      { type: 'add-operation', clip: 'c0', frame: 15, operation },
      { from: 6, to: 30, mode: 'between' },
    )
    expect(told(edited)).toEqual(['5-6 5', '6-15 5', '15-16 15'])
  })

  it('are each named once, and no more than a project takes, however often frames between them are pinned', () => {
    let clip = passed()
    for (const [index, frame] of [10, 12, 11, 13, 8].entries()) {
      const { pictures } = finePictures(clip, { from: frame, to: frame + 1 })[0]!
      expect(pictures.map((each) => each.frame)).toEqual([5, 15])
      const base = { kind: 'frozen', asset: `${index}`.repeat(64), pictures } as never
      clip = editedClip(clip, { type: 'pin', clip: 'c0', frame, base }, { from: 6, to: 15, mode: 'between' })
    }
    const many = [1, 2, 3, 4, 20, 21, 22, 23].map((frame) => ({ frame, asset: asset(String(frame % 10)) }))
    const frozen = (frame: number, pictures: readonly FinePicture[]): ProjectCommand => {
      return {
        type: 'pin',
        clip: 'c0',
        frame,
        base: { kind: 'frozen', asset: `${'e'.repeat(64)}.chroma`, pictures } as never,
      }
    }
    const between = passed(frozen(5, many.slice(0, 4)), frozen(15, many.slice(4)), { from: 6, to: 15, mode: 'between' })
    const { pictures } = finePictures(between, { from: 14, to: 15 })[0]!
    expect(pictures.map(({ frame }) => frame)).toEqual([20, 21, 22, 23])
  })

  it('go on from a frame that was pinned as it was, and from what is locked', () => {
    const { pictures } = finePictures(passed(), { from: 20, to: 21 })[0]!
    const lock = {
      id: 'l',
      from: 8,
      to: 12,
      region: null,
      colorings,
      pictures: finePictures(passed(), { from: 8, to: 12 }),
    }
    const clip = passed(
      { type: 'add-lock', clip: 'c0', lock },
      { type: 'pin', clip: 'c0', frame: 20, base: { kind: 'frozen', asset: 'f'.repeat(64), pictures } } as never,
      { type: 'unpin', clip: 'c0', frame: 5, keepColoring: false },
      { type: 'unpin', clip: 'c0', frame: 15, keepColoring: false },
      { from: 21, to: 30, mode: 'between' },
    )
    expect(told(clip)).toEqual(['8-12 5,15', '20-21 15', '21-30 15'])
    expect(layoutOf(clip, (name) => `/assets/${name}`).lockedPictures).toEqual([
      {
        from: 8,
        to: 12,
        pictures: [
          { frame: 5, path: `/assets/${one}` },
          { frame: 15, path: `/assets/${other}` },
        ],
      },
    ])
    const rate = { num: 24, den: 1 }
    const shorter = editedClip(clip, { type: 'relink-clip', clip: 'c0', footage: someFootage, frameCount: 10, rate })
    expect(shorter.locks[0]!.pictures).toMatchObject([{ from: 8, to: 10 }])
  })
})
