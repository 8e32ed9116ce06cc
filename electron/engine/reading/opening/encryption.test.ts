import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpeg } from '../../../../test/material/films.ts'
import { isEncrypted } from './encryption.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encrypted-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function kept(name: string, bytes: Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

async function drawn(name: string, ...args: string[]): Promise<string> {
  const path = join(folder, name)
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=64x48:r=24:d=0.5',
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
    ...args,
    path,
  ])
  return path
}

const key = [
  '-encryption_scheme',
  'cenc-aes-ctr',
  '-encryption_key',
  '00112233445566778899aabbccddeeff',
  '-encryption_kid',
  '00112233445566778899aabbccddeeff',
]

/** An element of Matroska; its length may be left unknown. */
function element(id: string, content: Buffer | readonly Buffer[], known = true): Buffer {
  const body = Buffer.isBuffer(content) ? content : Buffer.concat(content)
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(known ? BigInt(body.length) | (1n << 56n) : (1n << 57n) - 1n)
  return Buffer.concat([Buffer.from(id, 'hex'), length, body])
}

function matroska(encodings: Buffer, { type = 1, known = true } = {}): Buffer {
  const track = element('ae', [element('83', Buffer.from([type])), encodings])
  return Buffer.concat([
    element('1a45dfa3', Buffer.alloc(4)),
    element('18538067', [element('ec', Buffer.alloc(9)), element('1654ae6b', track)], known),
  ])
}
const encryption = element('6d80', element('6240', element('5035', element('47e1', Buffer.from([5])))))
const stripping = element('6d80', element('6240', element('5034', element('4254', Buffer.from([3])))))

function transport(scrambled: (n: number) => boolean): Buffer {
  return Buffer.concat(
    Array.from({ length: 50 }, (_, n) =>
      Buffer.concat([Buffer.from([0x47, 0x41, 0x00, scrambled(n) ? 0x90 : 0x10]), Buffer.alloc(184, n)]),
    ),
  )
}

describe('encrypted pictures', () => {
  it('are known in movie files, wherever their tables lie', async () => {
    expect(await isEncrypted(await drawn('tables last.mp4', ...key))).toBe(true)
    expect(await isEncrypted(await drawn('tables first.mp4', ...key, '-movflags', '+faststart'))).toBe(true)
    expect(await isEncrypted(await drawn('fragments.mp4', ...key, '-movflags', '+frag_keyframe+empty_moov'))).toBe(true)
  })

  it('are known in Matroska by their own track alone', async () => {
    expect(await isEncrypted(kept('a.mkv', matroska(encryption)))).toBe(true)
    expect(await isEncrypted(kept('b.mkv', matroska(encryption, { known: false })))).toBe(true)
    expect(await isEncrypted(kept('c.mkv', matroska(encryption, { type: 2 })))).toBe(false)
    expect(await isEncrypted(kept('d.mkv', matroska(stripping)))).toBe(false)
  })

  it('are known in transport streams by most of their packets', async () => {
    expect(
      await isEncrypted(
        kept(
          'a.ts',
          transport((n) => n % 10 > 0),
        ),
      ),
    ).toBe(true)
    expect(
      await isEncrypted(
        kept(
          'b.ts',
          transport((n) => n % 10 === 0),
        ),
      ),
    ).toBe(false)
  })

  it('are not seen in films that are open to all, whatever words their pictures spell', async () => {
    const plain = await drawn('plain.mp4')
    const bytes = readFileSync(plain)
    bytes.write('encvsinfpsshdrmi', bytes.indexOf('mdat') + 64, 'latin1')
    for (const path of [
      plain,
      await drawn('plain.mkv'),
      await drawn('plain.ts'),
      await drawn('plain.mov'),
      kept('words.mp4', bytes),
      kept('short.mp4', Buffer.from('ftyp')),
      kept('cut.mp4', readFileSync(plain).subarray(0, 700)),
    ]) {
      expect(await isEncrypted(path), path).toBe(false)
    }
  })
})
