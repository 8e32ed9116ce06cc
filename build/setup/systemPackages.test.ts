import { describe, expect, it } from 'vitest'
import { absentPackages, installLine } from './systemPackages.ts'

describe('system packages', () => {
  const listing = [
    'libnss3 installed',
    'libgbm1 config-files',
    'libasound2t64 installed',
    'xvfb not-installed',
    '',
  ].join('\n')

  it('count as there when dpkg says installed, and not when only their settings are left', () => {
    expect(absentPackages(['libnss3', 'libgbm1', 'xvfb', 'xauth'], listing)).toEqual(['libgbm1', 'xvfb', 'xauth'])
  })

  it('count as there under the name that newer Debians gave them', () => {
    expect(absentPackages(['libasound2', 'libgtk-3-0'], listing)).toEqual(['libgtk-3-0'])
  })

  it('are named in one line that a person can run', () => {
    expect(installLine(['ffmpeg', 'xvfb'])).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends ffmpeg xvfb',
    )
  })
})
