import { expect, it } from 'vitest'
import { plain } from './search.ts'

it('finds words as a keyboard types them: without accents, capitals and the signs of print', () => {
  const found = (label: string, typed: string): boolean => plain(label).includes(plain(typed))
  expect(found('À l’épingle suivante', "l'epingle")).toBe(true)
  expect(found('Outil\u202f: lasso', 'outil : LASSO')).toBe(true)
  expect(found('Größe ändern', 'grosse andern')).toBe(false)
  expect(found('Größe ändern', 'größe')).toBe(true)
  expect(found('Größe ändern', 'andern')).toBe(true)
})
