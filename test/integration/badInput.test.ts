import {
  chmodSync,
  existsSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inWords, noWords } from '../../electron/contract/sentence.ts'
import { UserError, type UserErrorCode } from '../../electron/contract/userError.ts'
import { decodeFrames } from '../../electron/engine/reading/decoding/decode.ts'
import { openFilmWriter } from '../../electron/engine/writing/encode.ts'
import { coloredLayout } from '../../electron/engine/writing/segments/encoders.ts'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { runFfmpeg } from '../../electron/engine/ffmpeg/runFfmpeg.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { asNobody } from '../material/asNobody.ts'
import { drawFilm, ffmpeg, longGopH264 } from '../material/films.ts'
import { lumaHashes } from '../material/inspect.ts'
import { onlyOn } from '../material/onlyOn.ts'
import { recolor } from '../material/recolor.ts'
import { smallDisk } from '../material/smallDisk.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'
import { english } from '../material/english.ts'

const takesFolders = onlyOn(['linux', 'darwin'], 'a folder goes away in which files are open')
const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let tools: FfmpegTools
let film: string
beforeAll(async () => {
  tools = await locateFfmpeg()
  film = await drawFilm(shared, 'film.mp4', { frames: 48, codec: longGopH264, sound: ['-c:a', 'aac'] })
})

/** The work must fail with this code and with words that an artist can read. */
async function refusal(work: Promise<unknown>, code: UserErrorCode): Promise<UserError> {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(UserError)
  const { code: got, message, advice } = error as UserError
  expect(got).toBe(code)
  for (const sentence of [message, inWords(advice)]) {
    expect(sentence).toMatch(/^[A-Z“].{10,}\.$/s)
    expect(sentence).not.toMatch(/\n|Error:|\bat \/|errno|undefined|null|0x|moov|stream #/i)
  }
  return error as UserError
}

const open = (path: string): Promise<unknown> => openFootage(tools, path)

describe('a film that can not be opened says so in a sentence:', () => {
  it('a file that is not there', () => refusal(open(join(shared, 'gone.mp4')), 'not-found'))
  it('a folder', () => refusal(open(shared), 'is-a-folder'))

  it('zero bytes', () => {
    const path = join(workFolder(), 'empty.mp4')
    writeFileSync(path, '')
    return refusal(open(path), 'empty-file')
  })

  it('a text file named .mp4', () => {
    const path = join(workFolder(), 'notes.mp4')
    writeFileSync(path, 'Reel 3 is at the lab.\n'.repeat(200))
    return refusal(open(path), 'not-a-film')
  })

  it('a text file named .txt, which ffmpeg itself would show as a film', () => {
    const path = join(workFolder(), 'notes.txt')
    writeFileSync(path, 'Reel 3 is at the lab.\n'.repeat(200))
    return refusal(open(path), 'not-a-film')
  })

  it('sound only', async () => {
    const path = join(workFolder(), 'sound.m4a')
    await ffmpeg(['-f', 'lavfi', '-i', 'sine=duration=1', path])
    expect((await refusal(open(path), 'no-video')).message).toContain('only sound')
  })

  it('sound with a cover picture', async () => {
    const folder = workFolder()
    const path = join(folder, 'song.mp3')
    const cover = await drawFilm(folder, 'cover.png', { frames: 1, codec: ['-c:v', 'png'], pixelFormat: 'rgb24' })
    await ffmpeg([
      '-f',
      'lavfi',
      '-i',
      'sine=duration=1',
      '-i',
      cover,
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'copy',
      '-disposition:v',
      'attached_pic',
      path,
    ])
    await refusal(open(path), 'no-video')
  })

  it('subtitles only', async () => {
    const folder = workFolder()
    writeFileSync(join(folder, 'a.srt'), '1\n00:00:00,000 --> 00:00:01,000\nHello\n')
    await ffmpeg(['-i', join(folder, 'a.srt'), join(folder, 'a.mkv')])
    await refusal(open(join(folder, 'a.mkv')), 'no-video')
    await refusal(open(join(folder, 'a.srt')), 'not-a-film')
  })

  it('a movie file cut off before its index', async () => {
    const path = join(workFolder(), 'cut.mp4')
    copyFileSync(film, path)
    truncateSync(path, Math.floor(statSync(path).size / 2))
    expect((await refusal(open(path), 'damaged')).message).toContain('cut off')
  })

  it('pictures that are nothing but damage', async () => {
    const folder = workFolder()
    const path = await drawFilm(folder, 'noise.mkv', { frames: 3, codec: ['-c:v', 'png'], pixelFormat: 'rgb24' })
    const bytes = readFileSync(path)
    for (let at = bytes.indexOf('IDAT'); at >= 0; at = bytes.indexOf('IDAT', at + 1))
      bytes.fill(0x55, at - 60, at + 400)
    writeFileSync(path, bytes)
    await refusal(open(path), 'damaged')
  })

  it('no permission to read', async () => {
    const folder = workFolder()
    const path = join(folder, 'locked.mp4')
    copyFileSync(film, path)
    chmodSync(path, 0)
    await asNobody(folder, () => refusal(open(path), 'no-permission'))
  })

  it('a playlist in a film’s clothes, which must not reach the network', async () => {
    let calls = 0
    const server = createServer((socket) => {
      calls++
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const folder = workFolder()
    const url = `http://127.0.0.1:${port}/film.ts`
    writeFileSync(join(folder, 'list.mp4'), `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${url}\n#EXT-X-ENDLIST\n`)
    writeFileSync(join(folder, 'list.ffconcat'), `ffconcat version 1.0\nfile '${url}'\n`)
    await expect(open(join(folder, 'list.mp4'))).rejects.toBeInstanceOf(UserError)
    await expect(open(join(folder, 'list.ffconcat'))).rejects.toBeInstanceOf(UserError)
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(calls).toBe(0)
  })
})

describe('a film with a name that needs care opens and exports:', () => {
  for (const name of [
    'with spaces.mp4',
    `it's "quoted".mp4`,
    'Größe – été.mp4',
    '🎞️ reel 🎬.mp4',
    '-leading.mp4',
    '--help.mp4',
    'a:b|c.mp4',
    '100% %03d $HOME `x`.mp4',
    'file:pipe.mp4',
    'line\nbreak.mp4',
  ]) {
    it(JSON.stringify(name), async () => {
      const folder = workFolder()
      const source = join(folder, name)
      copyFileSync(film, source)
      const target = join(folder, name.replace('.mp4', ' out.mkv'))
      const { path, footage } = await recolor(source, target, 'ffv1-mkv', { range: { from: 0, to: 3 } })
      expect(path).toBe(target)
      expect(footage.info.name).toBe(name)
      expect(readdirSync(folder).sort()).toEqual([name, basename(target)].sort())
      // ffmpeg has written this very file.
      expect(statSync(target).size).toBeGreaterThan(1000)
    })
  }
})

describe('a damaged film opens as far as it goes:', () => {
  it('a broken frame in the middle is replaced by its predecessor and reported', async () => {
    const folder = workFolder()
    const source = await drawFilm(folder, 'broken.mkv', { frames: 20, codec: ['-c:v', 'png'], pixelFormat: 'gray' })
    const whole = await lumaHashes(source)
    const bytes = readFileSync(source)
    let at = -1
    for (let n = 0; n <= 9; n++) at = bytes.indexOf('\u0089PNG', at + 1, 'latin1')
    const pixels = bytes.indexOf('IDAT', at) + 4
    bytes.fill(0xff, pixels, pixels + 40)
    writeFileSync(source, bytes)

    const { footage, path, damaged } = await recolor(source, join(folder, 'out.mkv'))
    expect(footage.info.frameCount).toBe(20)
    expect(english(...footage.info.warnings)).toContain('Frame 9 can not be decoded')
    expect(damaged).toEqual([9])
    const shown = whole.map((frame) => frame.md5)
    shown[9] = shown[8] ?? ''
    expect((await lumaHashes(path)).map((frame) => frame.md5)).toEqual(shown)

    // The same when reading starts right there.
    const from: string[] = []
    for await (const frame of decodeFrames(tools, footage, { from: 9, to: 11 }))
      from.push(`${frame.number}:${Buffer.from(frame.y).toString('base64')}`)
    const before: string[] = []
    for await (const frame of decodeFrames(tools, footage, { from: 8, to: 9 }))
      before.push(Buffer.from(frame.y).toString('base64'))
    expect(from[0]).toBe(`9:${before[0]}`)
    expect(from).toHaveLength(2)
  })

  it('broken H.264 in the middle keeps the number of frames', async () => {
    const folder = workFolder()
    const source = join(folder, 'broken.mp4')
    copyFileSync(film, source)
    const bytes = readFileSync(source)
    bytes.fill(0xaa, Math.floor(bytes.length * 0.3), Math.floor(bytes.length * 0.34))
    writeFileSync(source, bytes)
    const { footage, path } = await recolor(source, join(folder, 'out.mkv'))
    expect(footage.info.frameCount).toBeGreaterThanOrEqual(40)
    expect(await lumaHashes(path)).toHaveLength(footage.info.frameCount)
  })

  it('a film cut off at its end opens with what is there, and says so', async () => {
    const folder = workFolder()
    const source = join(folder, 'short.mp4')
    await ffmpeg(['-i', film, '-c', 'copy', '-an', '-movflags', '+faststart', source])
    truncateSync(source, Math.floor(statSync(source).size * 0.6))
    const { footage, path } = await recolor(source, join(folder, 'out.mkv'))
    expect(footage.info.frameCount).toBeGreaterThan(5)
    expect(footage.info.frameCount).toBeLessThan(48)
    expect(english(...footage.info.warnings)).toMatch(/cut off/)
    expect(await lumaHashes(path)).toHaveLength(footage.info.frameCount)
  })

  it('a film that changes its size midway keeps the size it starts with', async () => {
    const folder = workFolder()
    const first = await drawFilm(folder, 'a.ts', {
      frames: 6,
      codec: ['-c:v', 'mpeg2video', '-q:v', '2'],
      rate: '25',
      size: '96x64',
    })
    const second = await drawFilm(folder, 'b.ts', {
      frames: 6,
      codec: ['-c:v', 'mpeg2video', '-q:v', '2'],
      rate: '25',
      size: '64x48',
    })
    const source = join(folder, 'both.ts')
    writeFileSync(source, Buffer.concat([readFileSync(first), readFileSync(second)]))
    const { footage, path } = await recolor(source, join(folder, 'out.mkv'))
    expect(footage.info).toMatchObject({ width: 96, height: 64 })
    expect(await lumaHashes(path)).toHaveLength(footage.info.frameCount)
  })
})

/** Meanwhile ffmpeg may make a file in it. */
function removeWhileFilled(folder: string): void {
  while (existsSync(folder)) {
    try {
      rmSync(folder, { recursive: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
  }
}

describe('an export that can not be written says so in a sentence, and leaves nothing behind:', () => {
  async function write(
    target: string,
    more: { overwrite?: boolean; source?: string; using?: FfmpegTools } = {},
  ): Promise<unknown> {
    const footage = await openFootage(tools, more.source ?? film)
    const layout = coloredLayout(footage.layout)
    const writer = await openFilmWriter(more.using ?? tools, {
      footage,
      target,
      format: 'ffv1-mkv',
      layout,
      overwrite: more.overwrite ?? false,
    })
    for await (const frame of decodeFrames(tools, footage, { from: 0, to: footage.info.frameCount }))
      await writer.write(frame)
    return writer.finish()
  }

  it('the target is the film itself, by whatever name', async () => {
    const folder = workFolder()
    const source = join(folder, 'film.mkv')
    copyFileSync(film, source)
    linkSync(source, join(folder, 'hard.mkv'))
    symlinkSync(source, join(folder, 'soft.mkv'))
    symlinkSync(folder, join(folder, 'round'))
    for (const target of [
      source,
      join(folder, 'hard.mkv'),
      join(folder, 'soft.mkv'),
      join(folder, 'round', 'film.mkv'),
      `${folder}/./round/../film.mkv`,
    ]) {
      await refusal(write(target, { overwrite: true, source }), 'target-is-source')
    }
    expect(readFileSync(source).equals(readFileSync(film))).toBe(true)
  })

  it('the target folder is not there', async () => {
    await refusal(write(join(shared, 'gone', 'out.mkv')), 'target-folder-missing')
    await refusal(write(join(film, 'out.mkv')), 'target-folder-missing')
  })

  it('the target folder goes away while it is written, whether it is removed or renamed', takesFolders, async () => {
    const source = await drawFilm(shared, 'leaving.mkv', { frames: 40 })
    for (const takeAway of [removeWhileFilled, (folder: string) => renameSync(folder, `${folder} 2`)]) {
      const folder = join(workFolder(), 'taken away')
      mkdirSync(folder)
      const writing = recolor(source, join(folder, 'film.mkv'), 'ffv1-mkv', {
        segmentPictures: 10,
        onFrame: (n) => {
          if (n === 15) takeAway(folder)
        },
      })
      expect((await refusal(writing, 'target-folder-missing')).message).toContain('taken away” is not there')
    }
  })

  it('the target is there already and may not be replaced', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    writeFileSync(target, 'precious')
    await refusal(write(target), 'target-not-writable')
    expect(readFileSync(target, 'utf8')).toBe('precious')
    await write(target, { overwrite: true })
    expect(statSync(target).size).toBeGreaterThan(1000)
    expect(readdirSync(folder)).toEqual(['out.mkv'])
  })

  it('the target is a folder of files', async () => {
    const folder = workFolder()
    mkdirSync(join(folder, 'out.mkv'))
    writeFileSync(join(folder, 'out.mkv', 'precious'), '')
    await refusal(write(join(folder, 'out.mkv'), { overwrite: true }), 'target-not-writable')
    expect(readdirSync(join(folder, 'out.mkv'))).toEqual(['precious'])
  })

  it('the folder may not be written to', async () => {
    const folder = workFolder()
    const locked = join(folder, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o555)
    const footage = await openFootage(tools, film)
    await asNobody(folder, () =>
      refusal(
        openFilmWriter(tools, { footage, target: join(locked, 'out.mkv'), format: 'ffv1-mkv', layout: footage.layout }),
        'target-not-writable',
      ),
    )
  })

  it('the disk runs full', async () => {
    const folder = workFolder()
    const { folder: disk, tools: limited } = await smallDisk(folder)
    const source = await drawFilm(folder, 'large.mkv', { frames: 60, size: '320x240' })
    await refusal(write(join(disk, 'out.mkv'), { source, using: limited }), 'disk-full')
    expect(readdirSync(disk)).toEqual([])
  })

  it('the export is cancelled', async () => {
    const folder = workFolder()
    const abort = new AbortController()
    await refusalWithoutAdvice(
      recolor(film, join(folder, 'out.mkv'), 'ffv1-mkv', {
        signal: abort.signal,
        onFrame: (n) => n === 5 && abort.abort(),
      }),
    )
    expect(readdirSync(folder)).toEqual([])
  })

  async function refusalWithoutAdvice(work: Promise<unknown>): Promise<void> {
    await expect(work).rejects.toMatchObject({ code: 'cancelled', advice: noWords })
  }

  it('parts that killed runs left are removed by the next export into that folder, of whatever name; other files and those of other machines never', async () => {
    const folder = workFolder()
    const target = join(folder, 'out.mkv')
    const abort = new AbortController()
    let part = ''
    await recolor(film, target, 'ffv1-mkv', {
      signal: abort.signal,
      onFrame: (n) => {
        if (n !== 2) return
        part = readdirSync(folder).find((name) => name.includes('.part-')) ?? ''
        abort.abort()
      },
    }).catch(() => undefined)
    // No process has this number; and a process that has the number of one that is gone began at another time.
    const orphan = part.replace(new RegExp(`-${process.pid}-`), '-4194999-').replace('out.mkv', 'other.mkv')
    const ofParent = part.replace(new RegExp(`-${process.pid}-[0-9a-z]+-`), `-${process.ppid}-1-`)
    const elsewhere = orphan.replace(/part-[0-9a-f]{6}/, 'part-000000')
    expect(new Set([part, orphan, ofParent, elsewhere]).size).toBe(4)
    for (const name of [part, orphan, ofParent, elsewhere, `${orphan}.txt`]) writeFileSync(join(folder, name), 'left')
    await recolor(film, target, 'ffv1-mkv', { range: { from: 0, to: 2 } })
    expect(readdirSync(folder).sort()).toEqual([elsewhere, `${orphan}.txt`, 'out.mkv'].sort())
  })

  it('the format can not hold pictures of this size', async () => {
    const folder = workFolder()
    const source = await drawFilm(folder, 'odd.mkv', { size: '33x17', frames: 2 })
    for (const [format, extension] of [
      ['h264-mp4', 'mp4'],
      ['h265-mp4', 'mp4'],
      ['prores-mov', 'mov'],
      ['dnxhr-mov', 'mov'],
    ] as const) {
      await refusal(recolor(source, join(folder, `out.${extension}`), format), 'unsupported-picture')
    }
    expect(readdirSync(folder)).toEqual(['odd.mkv'])
  })

  it('this ffmpeg has no such encoder', async () => {
    const footage = await openFootage(tools, film)
    const poor = { ...tools, encoders: new Set(['ffv1']) }
    await refusal(
      openFilmWriter(poor, { footage, target: join(shared, 'x.mp4'), format: 'h264-mp4', layout: footage.layout }),
      'encoder-missing',
    )
  })
})

describe('ffmpeg itself', () => {
  function script(folder: string, name: string, text: string): string {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\n${text}\n`)
    chmodSync(path, 0o755)
    return path
  }

  it('is missed in a sentence when it is not installed', async () => {
    await refusal(locateFfmpeg({ PATH: workFolder() }, null), 'ffmpeg-missing')
  })

  it('is missed in a sentence when the setting names a wrong place', async () => {
    expect(
      (await refusal(locateFfmpeg({ ...process.env, COLORNN_FFMPEG: '/nowhere/ffmpeg' }), 'ffmpeg-missing')).message,
    ).toContain('COLORNN_FFMPEG')
  })

  it('that crashes on a film is called to account, not the film', async () => {
    const crashing = script(
      workFolder(),
      'crashing',
      `case "$*" in *showinfo*) kill -SEGV $$;; esac\nexec '${tools.path}' "$@"`,
    )
    const error = await refusal(openFootage(await locateFfmpeg({ COLORNN_FFMPEG: crashing }), film), 'ffmpeg-failed')
    expect(error.message).toContain('ffmpeg crashed while it read “film.mp4”')
    expect(inWords(error.advice)).toContain('another version of ffmpeg')
  })

  it('is kept from ready-made tables of character sets, which crash static builds', async () => {
    expect((await runFfmpeg({ path: script(workFolder(), 'tables', 'echo "$GCONV_PATH"') }, [])).stdout).toBe(
      `${process.env['GCONV_PATH'] ?? '/dev/null'}\n`,
    )
  })

  it('is refused when it is too old, or something else', async () => {
    const folder = workFolder()
    const old = script(
      folder,
      'old',
      'echo "ffmpeg version 4.2.7-0ubuntu0.1 Copyright (c) 2000-2022 the FFmpeg developers"',
    )
    await refusal(locateFfmpeg({ COLORNN_FFMPEG: old }), 'ffmpeg-too-old')
    await refusal(locateFfmpeg({ COLORNN_FFMPEG: script(folder, 'other', 'echo hello') }), 'ffmpeg-missing')
  })

  it('is taken from the setting first, then from the program, then from the system', async () => {
    const folder = workFolder()
    const mine = script(folder, 'mine', `exec '${tools.path}' "$@"`)
    const bundled = script(folder, 'bundled', `exec '${tools.path}' "$@"`)
    const system = script(folder, 'ffmpeg', `exec '${tools.path}' "$@"`)
    expect((await locateFfmpeg({ PATH: folder, COLORNN_FFMPEG: mine }, bundled)).path).toBe(mine)
    expect((await locateFfmpeg({ PATH: folder }, bundled)).path).toBe(bundled)
    expect((await locateFfmpeg({ PATH: folder }, join(folder, 'not-downloaded'))).path).toBe(system)
  })
})
