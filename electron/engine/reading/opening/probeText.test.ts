import { describe, expect, it } from 'vitest'
import { audioChannels, parseBanner, parseShownColors, parseShownFrame } from './probeText.ts'

const film = `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/films/reel, one.mp4':
  Metadata:
    major_brand     : isom
  Duration: 01:02:03.50, start: -0.021000, bitrate: 106 kb/s
  Chapters:
    Chapter #0:0: start 0.000000, end 1.000000
  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709, progressive), 64x48 [SAR 1:1 DAR 4:3], 23 kb/s, 23.98 fps, 23.98 tbr, 24k tbn (default)
    Metadata:
      timecode        : 01:00:00:00
    Side data:
      displaymatrix: rotation of -90.00 degrees
  Stream #0:1[0x2](deu): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, 5.1, fltp, 69 kb/s (default)
  Stream #0:2: Subtitle: subrip
  Stream #0:3[0x4](eng): Data: none (tmcd / 0x64636D74)
Stream mapping:
  Stream #0:0 -> #0:0 (h264 (native) -> wrapped_avframe (native))
Output #0, null, to 'pipe:':
  Stream #0:0(und): Video: wrapped_avframe, yuv420p
`

describe('what ffmpeg says of a film', () => {
  it('gives container, times, streams, turn and timecode', () => {
    const banner = parseBanner(film)
    expect(banner).toMatchObject({
      startSeconds: -0.021,
      durationSeconds: 3723.5,
      chapters: 1,
      timecode: '01:00:00:00',
    })
    expect(banner?.container).toContain('mp4')
    expect(banner?.streams.map(({ index, kind, codec, language }) => [index, kind, codec, language])).toEqual([
      [0, 'video', 'h264', undefined],
      [1, 'audio', 'aac', 'deu'],
      [2, 'subtitle', 'subrip', undefined],
      [3, 'data', 'none', 'eng'],
    ])
    expect(banner?.streams[0]).toMatchObject({ size: [64, 48], isDefault: true, isCover: false, displayRotation: -90 })
    expect(banner?.streams[1]?.displayRotation).toBeNull()
  })

  it('is not what its tags hold, however that reads', () => {
    const note = [
      '16 mm, silent. Duration: 00:12:30, start: 4.5',
      '  Duration: 00:12:30.00, start: 4.500000, bitrate: 1 kb/s',
      '  Stream #0:0: Audio: mp3, 48000 Hz, stereo',
      '    Chapter #0:7: start 0.000000, end 1.000000',
      '    Side data:',
      '      displaymatrix: rotation of 180.00 degrees',
      'timecode        : 09:09:09:09',
      'DURATION        : 00:00:01.000000000',
      'Stream mapping:',
    ]
    const value = (column: number): string => note.join(`\n${' '.repeat(column + 16)}: `)
    const title = (column: number, key = 'comment'): string =>
      `${' '.repeat(column)}${key.padEnd(16)}: ${value(column)}\n`
    const wordy = film
      .replace('    major_brand ', `${title(4)}${title(4, 'Stream #0:9: Audio: mp3,')}    major_brand `)
      .replace('end 1.000000\n', `end 1.000000\n      Metadata:\n${title(8, 'title')}`)
      .replace('      timecode  ', `${title(6)}      timecode  `)
    expect(wordy.match(/Stream mapping/g)).toHaveLength(5)
    const [said, plain] = [parseBanner(wordy)!, parseBanner(film)!]
    expect(said.streams[0]!.tagNames).toEqual(['comment', 'timecode'])
    expect({ ...said, streams: said.streams.map((stream) => ({ ...stream, tagNames: [] })) }).toEqual({
      ...plain,
      streams: plain.streams.map((stream) => ({ ...stream, tagNames: [] })),
    })
  })

  it('gives when a stream ends, and names its tags', () => {
    const noted = film.replace('      timecode  ', `      DURATION        : 00:01:02.500000000\n      timecode  `)
    expect(parseBanner(noted)?.streams[0]).toMatchObject({ endSeconds: 62.5, tagNames: ['DURATION', 'timecode'] })
  })

  it('gives languages of any form', () => {
    for (const language of ['ger', 'ger,eng', 'en-US', 'zh-Hant']) {
      const banner = parseBanner(film.replace('(deu): Audio', `(${language}): Audio`))
      expect(banner?.streams[1]).toMatchObject({ kind: 'audio', codec: 'aac', language })
    }
  })

  it('is nothing when the file could not be opened', () => {
    expect(parseBanner('x.mp4: Invalid data found when processing input\n')).toBeNull()
  })

  it('counts channels by their layout', () => {
    for (const [layout, channels] of [
      ['mono', 1],
      ['stereo', 2],
      ['5.1(side)', 6],
      ['7.1', 8],
      ['quad', 4],
      ['3 channels', 3],
      ['5.1.2', 8],
    ] as const) {
      expect(audioChannels(` 48000 Hz, ${layout}, fltp, 69 kb/s`)).toBe(channels)
    }
  })
})

describe('the fields that a container tells of', () => {
  it.each([
    ['top first', 'top first'],
    ['bottom first', 'bottom first'],
    ['top coded first (swapped)', 'top first'],
    ['bottom coded first (swapped)', 'bottom first'],
    ['progressive', 'progressive'],
  ])('%s: %s', (said, field) => {
    const banner = parseBanner(`Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:a.mov':
  Duration: 00:00:02.00, start: 0.000000, bitrate: 10 kb/s
  Stream #0:0[0x1]: Video: utvideo (ULY0 / 0x30594C55), yuv420p(tv, bt709, ${said}), 320x240, 25 fps (default)
`)
    expect(banner?.streams[0]?.field).toBe(field)
  })
})

describe('a frame that the showinfo filter tells of', () => {
  it('is read from old and new versions’ lines', () => {
    const old =
      '[Parsed_showinfo_0 @ 0x55] n:   0 pts:   -512 pts_time:-0.04 pos:      564 fmt:yuvj420p sar:16/11 s:720x576 i:T iskey:1 type:I '
    const recent =
      '[Parsed_showinfo_0 @ 0x55] n:   7 pts:   3584 pts_time:0.28    duration:    512 duration_time:0.04    fmt:gray10le cl:left sar:0/1 s:64x48 i:P iskey:0 type:B '
    expect(parseShownFrame(old)).toEqual({
      pts: -512,
      format: 'yuvj420p',
      width: 720,
      height: 576,
      aspect: [16, 11],
      key: true,
      field: 'top first',
      siting: null,
    })
    expect(parseShownFrame(recent)).toEqual({
      pts: 3584,
      format: 'gray10le',
      width: 64,
      height: 48,
      aspect: [0, 1],
      key: false,
      field: 'progressive',
      siting: 'left',
    })
    expect(parseShownFrame('[h264 @ 0x1] n: nothing')).toBeNull()
  })

  it('may have no time', () => {
    expect(
      parseShownFrame(
        '[Parsed_showinfo_0 @ 0x5] n:   0 pts:NOPTS pts_time:NOPTS fmt:gray sar:1/1 s:2x2 i:P iskey:1 type:I',
      )?.pts,
    ).toBeNull()
  })

  it('has its color tags on the next line', () => {
    expect(parseShownColors(' color_range:tv color_space:bt709 color_primaries:unknown color_trc:bt709')).toEqual({
      range: 'tv',
      space: 'bt709',
      primaries: 'unknown',
      transfer: 'bt709',
    })
  })
})
