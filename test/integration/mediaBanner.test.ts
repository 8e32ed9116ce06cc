/**
 * Films that have much to say of themselves: ffmpeg prints their tags and chapters before it tells of their streams,
 * and what is in them is nobody's word but the film's.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asItIs } from '../../electron/contract/delivery.ts'
import { locateFfmpeg } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
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

describe('figures about a stream, as mkvmerge writes them', () => {
  const figures = [
    'BPS',
    'DURATION',
    'NUMBER_OF_FRAMES',
    'NUMBER_OF_BYTES',
    '_STATISTICS_WRITING_APP',
    '_STATISTICS_TAGS',
  ]
  /** All of a film's streams that has something else to say as well. */
  async function measured(): Promise<string> {
    const names = figures.flatMap((name) => [name, `${name}-eng`, `${name}-ger`])
    const said = ['v', 'a'].flatMap((kind) =>
      [...names.map((name) => `${name}=9:99:9`), 'ENCODER=old hands', 'SOURCE_ID=0815'].flatMap((tag) => [
        `-metadata:s:${kind}:0`,
        tag,
      ]),
    )
    const path = join(folder, 'measured.mkv')
    await ffmpeg(['-i', plain, '-map', '0', '-c', 'copy', ...said, path])
    return path
  }
  const sectionsOf = (about: string): string[] => about.split(/^ {2}Stream #/m).slice(1)
  const untrue = /9:99:9|old hands/

  it('go along with what stays as it is, and with nothing that is cut or encoded anew', async () => {
    const source = await measured()
    expect(sectionsOf(await describeFile(source)).every((section) => untrue.test(section))).toBe(true)
    const whole = await recolor(source, join(folder, 'measured-whole.mkv'))
    const [pictures, sound] = sectionsOf(await describeFile(whole.path))
    expect(pictures).not.toMatch(untrue)
    expect(sound).toMatch(/BPS-eng *: 9:99:9/)
    expect(sound).toMatch(/ENCODER *: old hands/)
    const part = await recolor(source, join(folder, 'measured-part.mkv'), 'ffv1-mkv', { range: { from: 2, to: 9 } })
    const [, cutSound] = sectionsOf(await describeFile(part.path))
    expect(cutSound).not.toContain('9:99:9')
    expect(cutSound).toMatch(/ENCODER *: old hands/)
    const asked = { delivery: { ...asItIs, sound: 'pcm' as const } }
    const encoded = await recolor(source, join(folder, 'measured-pcm.mkv'), 'ffv1-mkv', asked)
    for (const section of sectionsOf(await describeFile(encoded.path))) {
      expect(section).not.toMatch(untrue)
      expect(section).toMatch(/SOURCE_ID *: 0815/)
    }
  })
})
