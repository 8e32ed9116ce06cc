import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sideFile } from './sideFile.ts'

describe('a file beside another', () => {
  it('bears its name, and what it is', () => {
    expect(sideFile('/films/regatta.colornn', '-journal')).toBe('/films/regatta.colornn-journal')
  })

  it('fits whatever the name is, in bytes, and belongs to that name alone', () => {
    for (const letter of ['a', 'ж', '映', '🎞']) {
      const longest = letter.repeat(Math.floor(247 / Buffer.byteLength(letter)))
      const [one, other] = [
        `/films/${longest}.colornn`,
        `/films/${longest.slice(0, -letter.length)}${letter === 'a' ? 'b' : 'a'}.colornn`,
      ]
      const beside = sideFile(one, '-journal.damaged-12')
      expect(Buffer.byteLength(basename(beside))).toBeLessThanOrEqual(255)
      expect(beside.startsWith(`/films/${letter}`)).toBe(true)
      expect(beside.endsWith('-journal.damaged-12')).toBe(true)
      expect(beside).not.toContain('�')
      expect(beside).not.toBe(sideFile(other, '-journal.damaged-12'))
      expect(beside).not.toBe(one)
    }
  })
})
