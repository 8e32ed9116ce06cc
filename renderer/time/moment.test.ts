import { expect, it } from 'vitest'
import { formatMoment } from './moment.ts'

it('are times of today, and of any other day its date with them', () => {
  const now = new Date(2026, 10, 30, 0, 20).getTime()
  const said = (...moment: [number, number, number, number, number]): string =>
    formatMoment(new Date(...moment).getTime(), now, 'de')
  expect(said(2026, 10, 30, 0, 5)).toBe('00:05:00')
  expect(said(2026, 10, 29, 23, 55)).toBe('29. Nov. 2026, 23:55:00')
  expect(said(2025, 10, 30, 0, 5)).toBe('30. Nov. 2025, 00:05:00')
})
