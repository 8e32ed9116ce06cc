import { describe, expect, it } from 'vitest'
import { isShotList, shotPieces, spanOf } from './shotNumbers.ts'

const shots = [0, 10, 20, 35, 40].map((from, n, all) => ({ from, to: all[n + 1] ?? 50 }))

describe('shots that are named', () => {
  it('are pieces in the order of the film, and those that lie side by side are one', () => {
    expect(shotPieces('5, 1', shots)).toEqual([
      { from: 0, to: 10 },
      { from: 40, to: 50 },
    ])
    expect(shotPieces('1,3-4', shots)).toEqual([
      { from: 0, to: 10 },
      { from: 20, to: 40 },
    ])
    expect(spanOf(shotPieces('2,4', shots)!)).toEqual({ from: 10, to: 40 })
  })

  it('are numbers of shots that there are', () => {
    for (const text of ['', '0', '6', '2-9', '4-3', 'a', '1,,2', '1.5']) expect(shotPieces(text, shots)).toBeNull()
  })

  it('are told from what is no list before anybody knows how many there are', () => {
    for (const text of ['1', '3, 900-901', '2–4']) expect(isShotList(text), text).toBe(true)
    for (const text of ['', '0', '4-3', 'a', '1,,2', '1.5']) expect(isShotList(text), text).toBe(false)
  })
})
