/**
 * Films that have much to say of themselves: ffmpeg prints their tags and chapters before it tells of their streams, and
 * what is in them is nobody's word but the film's.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/probe.ts'
import { english } from '../material/english.ts'
import { drawFilm, ffmpeg, withDisplayMatrix } from '../material/films.ts'
import { describe as describeFile } from '../material/inspect.ts'
import { recolor } from '../material/recolor.ts'
import { sharedFolder } from '../material/workFolder.ts'

const folder = sharedFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let plain: string
beforeAll(async () => {
  plain = await drawFilm(folder, 'plain.mkv', { frames: 12, sound: ['-c:a', 'flac'] })
})

/** A copy of the plain film with tags of its own. */
async function tagged(
  name: string,
  {
    tags = {},
    chapters = 0,
    codec = ['-c', 'copy'],
  }: { tags?: Record<string, string>; chapters?: number; codec?: string[] },
): Promise<string> {
  const metadata = join(folder, `${name}.txt`)
  const said = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`])
  const listed = Array.from(
    { length: chapters },
    (_, n) => `[CHAPTER]\nTIMEBASE=1/10000\nSTART=${5 * n}\nEND=${5 * n + 5}\ntitle=Shot ${n + 1}`,
  )
  writeFileSync(metadata, [';FFMETADATA1', ...listed, ''].join('\n'))
  const path = join(folder, name)
  await ffmpeg([
    '-i',
    plain,
    '-i',
    metadata,
    '-map',
    '0',
    '-map_metadata',
    '1',
    '-map_chapters',
    '1',
    ...codec,
    ...said,
    path,
  ])
  return path
}

describe('a film with hundreds of chapters, or a tag of thousands of lines', () => {
  it('keeps its sound and its turn, in parts and whole', async () => {
    const stored = await tagged('shots.mp4', { chapters: 750, codec: ['-c:v', 'libx264', '-c:a', 'aac'] })
    const source = await withDisplayMatrix(stored, 'turned', join(folder, 'shots-turned.mp4'))
    for (const range of [{ from: 2, to: 10 }, undefined]) {
      const target = join(folder, `shots-${range ? 'part' : 'whole'}.mov`)
      const { path, footage, warnings } = await recolor(source, target, 'prores-mov', range ? { range } : {})
      expect(footage.info).toMatchObject({ rotation: 90, audio: [{ codec: 'aac' }] })
      expect(english(...warnings)).toBe('')
      const about = await describeFile(path)
      expect(about).toMatch(/Stream #0:\d.*: Audio: aac/)
      expect(about).toContain('rotation of -90.00 degrees')
    }
  })

  it('is written whole, with a transcript of 2500 lines', async () => {
    const lines = Array.from({ length: 2500 }, (_, n) => `Line ${n + 1}`)
    const source = await tagged('transcript.mkv', { tags: { LYRICS: lines.join('\n') } })
    const { path, warnings } = await recolor(source, join(folder, 'transcript.out.mkv'))
    expect(english(...warnings)).toBe('')
    const about = await describeFile(path)
    expect(about).toContain('Line 2500')
    expect(about).toMatch(/Stream #0:1.*: Audio: flac/)
  })
})

describe('what a tag says', () => {
  it('is not taken for the length of the film, nor for the light that it was made for', async () => {
    const COMMENT =
      '16 mm, silent. Duration: 00:12:30, start: 7.5. Content Light Level Metadata, MaxCLL=1000, MaxFALL=400'
    const source = await tagged('lengths.mkv', { tags: { COMMENT } })
    const footage = await openFootage(await locateFfmpeg(), source)
    expect(english(...footage.info.warnings)).toBe('')
    expect(footage.source.banner).toMatchObject({ startSeconds: 0, durationSeconds: 0.5 })
    expect(footage.source.light.content).toBeNull()
  })

  it('is not taken for a read that failed, while the film is opened, decoded, exported and read back', async () => {
    const DESCRIPTION = [
      'Scan log',
      'reel 3: Permission denied',
      '[error] reel 4: Input/output error',
      '[h264 @ 0x1] [error] corrupt decoded frame in stream 0',
      '[Parsed_scale_0 @ 0x5] [verbose] w:8 h:8 fmt:gray sar:1/1 -> w:8 h:8 fmt:gray',
    ].join('\n')
    for (const first of ['', '[error] reel 2: No such file or directory\n']) {
      const source = await tagged(`logs${first.length}.mkv`, { tags: { DESCRIPTION: first + DESCRIPTION } })
      const { path, footage, warnings } = await recolor(source, `${source}.out.mkv`)
      expect(english(...warnings)).toBe('')
      expect(footage.source.damage).toMatchObject({ flawed: new Set(), missing: new Set() })
      expect(await describeFile(path)).toContain('reel 4: Input/output error')
    }
  })
})

describe('the film’s own metadata', () => {
  it.each(['mkv', 'mov'] as const)('is kept behind a tag whose lines begin with brackets: %s', async (ending) => {
    const label = { program: { name: 'ColoRNN Studio', version: '1.2' }, words: 'Colors made by a program.' }
    const tags = {
      DESCRIPTION: 'Reel 1\n[silent, nitrate]\r[STREAM]\n[CHAPTER]',
      COMMENT: 'found in an attic, 1931',
      ARCHIVE_ID: '42',
    }
    const source = await tagged(`brackets-${ending}.mkv`, { tags })
    const format = ending === 'mkv' ? 'ffv1-mkv' : 'prores-mov'
    const { path } = await recolor(source, `${source}.out.${ending}`, format, { label })
    const about = await describeFile(path)
    expect(about).toMatch(/^ {4}comment *: found in an attic, 1931$/im)
    expect(about).toMatch(/^ {4}ARCHIVE_ID *: 42$/im)
    expect(about).toMatch(/^ {4}description *: Reel 1\n *: \[silent, nitrate\]/im)
  })
})
