/**
 * Files made to harm: ffmpeg opens nothing that they name, is given nothing of ours, and is ended where it gets
 * nowhere.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { crc32 } from '../../electron/content/crc32.ts'
import { inWords } from '../../electron/contract/sentence.ts'
import { locateFfmpeg, type FfmpegTools } from '../../electron/engine/ffmpeg/locateFfmpeg.ts'
import { ended, runFfmpeg, spawnFfmpeg } from '../../electron/engine/ffmpeg/runFfmpeg.ts'
import { decodePicture } from '../../electron/engine/reading/pictures/decodePicture.ts'
import { openFootage } from '../../electron/engine/reading/opening/probe.ts'
import { drawFilm } from '../material/films.ts'
import { isAlive } from '../material/processes.ts'
import { scriptedFfmpeg } from '../material/scriptedFfmpeg.ts'
import { sharedFolder, workFolder } from '../material/workFolder.ts'
import { onlyOn } from '../material/onlyOn.ts'

const shared = sharedFolder()
afterAll(() => rmSync(shared, { recursive: true, force: true }))

let tools: FfmpegTools
let film: string
beforeAll(async () => {
  tools = await locateFfmpeg()
  film = await drawFilm(shared, 'film.mkv', { frames: 6 })
})

describe('what only names other files is no film, and they are not opened:', () => {
  // Whoever opens the pipe waits: nothing ever writes to it.
  const kinds: Readonly<Record<string, readonly [ending: string, text: (other: string) => string]>> = {
    'a playlist': ['.m3u8', (other) => `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${other}\n#EXT-X-ENDLIST\n`],
    'a playlist with a key': [
      '.m3u8',
      (other) =>
        `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-KEY:METHOD=AES-128,URI="${other}"\n` +
        `#EXTINF:5,\n${other}\n#EXT-X-ENDLIST\n`,
    ],
    'a list to join': ['.ffconcat', (other) => `ffconcat version 1.0\nfile ${other}\n`],
    'a manifest': [
      '.mpd',
      (other) =>
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" ' +
        'profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" mediaPresentationDuration="PT5S"><Period>' +
        '<AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">' +
        `<BaseURL>${other}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    ],
    'a package of films': [
      '.xml',
      (other) =>
        '<?xml version="1.0"?><CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016">' +
        `<Id>urn:uuid:0</Id><SegmentList>${other}</SegmentList></CompositionPlaylist>`,
    ],
    'a description of a stream': [
      '.sdp',
      () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n',
    ],
    'a script': ['.avs', (other) => `AviSource("${other}")\n`],
    'an index of subtitles': [
      '.idx',
      () =>
        '# VobSub index file, v7 (do not modify this line!)\nid: en, index: 0\ntimestamp: 00:00:01:000, filepos: 0\n',
    ],
    metadata: ['.txt', () => ';FFMETADATA1\ntitle=x\n'],
    'a picture of text': ['.ans', () => '\u001b[31mtext\u001b[0m\n'.repeat(50)],
    'a drawing': [
      '.svg',
      (other) => `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><image href="${other}"/></svg>\n`,
    ],
  }
  it.each(Object.entries(kinds))('%s', async (_kind, [ending, text]) => {
    const folder = workFolder()
    const other = 'other.ts'
    execFileSync('mkfifo', [join(folder, other)])
    for (const name of [`film${ending}`, 'film.mkv']) {
      const path = join(folder, name)
      writeFileSync(path, text(other))
      const error: unknown = await openFootage(tools, path).catch((thrown: unknown) => thrown)
      expect([name, error]).toMatchObject([name, { code: 'not-a-film' }])
    }
  })
})

/** A black picture of 1 bit, a few kilobytes for any size. */
function blackPng(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))],
  ])
}

it('a picture that says it is larger than any scan is refused before memory is taken for it', async () => {
  const path = join(workFolder(), 'huge.png')
  writeFileSync(path, blackPng(16_000, 12_000))
  for (const work of [() => openFootage(tools, path), () => decodePicture(tools, path, [], 'rgb48le')]) {
    const error = (await work().catch((thrown: unknown) => thrown)) as { message: string }
    expect(error.message).toContain('134 million pixels')
  }
})

it('ffmpeg is given nothing of our environment that changes what it loads, says, writes or reaches', async () => {
  const given = {
    LD_LIBRARY_PATH: '/tmp',
    LD_AUDIT: '',
    DYLD_INSERT_LIBRARIES: '/tmp/x',
    http_proxy: 'http://127.0.0.1:9',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    FFREPORT: `file=${join(shared, 'report.log')}`,
    AV_LOG_FORCE_COLOR: '1',
    LANG: 'de_DE.UTF-8',
    OWN_TOKEN: 'secret',
  }
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value)
  try {
    const seen = join(shared, 'environment')
    await runFfmpeg(await scriptedFfmpeg(workFolder(), `env > '${seen}'`), ['-version'])
    const names = readFileSync(seen, 'utf8')
      .split('\n')
      .flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? [])
    expect(names.filter((name) => name in given)).toEqual([])
    expect(names).toContain('PATH')
  } finally {
    vi.unstubAllEnvs()
  }
})

describe('an ffmpeg that gets nowhere with a film, or takes the memory for it, is ended, and that is said:', () => {
  const patience = { still: 1500, silent: 3000 }
  const noFurther = 'The program ffmpeg got no further with “film.mkv” and was ended.'
  it.each([
    ['it stands still', 'exec sleep 600', noFurther],
    ['it turns in circles', 'while :; do :; done', noFurther],
    ['it reads and reads', 'exec dd if=/dev/zero of=/dev/null bs=64k', noFurther],
    [
      'it fills the memory',
      'exec dd if=/dev/zero of=/dev/null bs=800M',
      'The program ffmpeg took more memory for “film.mkv” than a film needs, and was ended.',
    ],
  ])('%s', async (_name, hang, words) => {
    const scripted = await scriptedFfmpeg(workFolder(), `case "$*" in *showinfo*) ${hang};; esac`)
    // What fills the memory may get nowhere for a while on a busy machine: it is left the time for it.
    const stuck = { ...scripted, ...(words === noFurther && { patience }), mostMemory: 2 ** 29 }
    const error = (await openFootage(stuck, film).catch((thrown: unknown) => thrown)) as never as {
      code: string
      message: string
      advice: Parameters<typeof inWords>[0]
    }
    expect(error).toMatchObject({ code: 'ffmpeg-failed' })
    expect(error.message).toBe(words)
  })

  it('one that waits until its pictures are taken is left alone, however long that is', async () => {
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=24:duration=2']
    const child = spawnFfmpeg({ path: tools.path, patience: { still: 4000, silent: 4000 } }, [
      ...['-nostdin', '-v', 'error', ...source, '-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
    ])
    const done = ended(child)
    let bytes = 0
    let waited = false
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (!waited) await new Promise((resolve) => setTimeout(resolve, 9000))
      waited = true
    }
    expect(await done).toEqual({ code: 0, signal: null, endedFor: null })
    expect(bytes).toBe(48 * 320 * 240)
  })
})

it(
  'an ffmpeg ends with the process that has started it, also where that is killed',
  onlyOn(['linux'], 'the system ends a program with the one that has started it'),
  async () => {
    const run = pathToFileURL(join(import.meta.dirname, '../../electron/engine/ffmpeg/runFfmpeg.ts')).href
    const endless = ['-nostdin', '-v', 'quiet', '-re', '-f', 'lavfi', '-i', 'testsrc2', '-f', 'null', '-']
    const code = `import { spawnFfmpeg } from '${run}'
    console.log(spawnFfmpeg({ path: '${tools.path}' }, ${JSON.stringify(endless)}).process.pid)
    setInterval(() => undefined, 1000)`
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const ffmpeg = Number(line)
    expect(isAlive(ffmpeg)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(ffmpeg), { timeout: 30_000 }).toBe(false)
  },
)

it('a film under a strange ending opens all the same', async () => {
  const path = join(workFolder(), 'film.m3u8')
  copyFileSync(film, path)
  expect((await openFootage(tools, path)).info.frameCount).toBe(6)
})
