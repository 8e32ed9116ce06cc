import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { english } from '../../../test/material/english.ts'
import { smallDisk } from '../../../test/material/smallDisk.ts'
import { workFolder } from '../../../test/material/workFolder.ts'
import type { UserError } from '../../contract/userError.ts'
import { AssetFolder } from './assets.ts'
import { mountsDisk } from '../../../test/material/onlyOn.ts'

it(
  'says of what finds no room that it was not done, without the name that the program gave its file',
  mountsDisk,
  async (context) => {
    const disk = await smallDisk(workFolder())
    if (!disk.isWhole) return context.skip('no file system may be mounted here')
    const folder = join(disk.folder, 'harbour.colornn-assets')
    const error: UserError = await new AssetFolder(folder).put(Buffer.alloc(400 * 1024), 'chroma').then(
      () => expect.unreachable(),
      (refusal: UserError) => refusal,
    )
    expect(error.code).toBe('disk-full')
    expect(english(error.said, error.advice)).toBe(
      `The disk is full, so this was not done: the picture or colors that it needs could not be written.
Make room on the disk that holds “${folder}”, then do it again.`,
    )
  },
)

it('makes no folders anew where a disk was taken away', async () => {
  const place = workFolder()
  const folder = join(place, 'disk', 'films', 'harbour.colornn-assets')
  for (const put of [
    (assets: AssetFolder) => assets.put(Buffer.from('colors'), 'chroma'),
    (assets: AssetFolder) => assets.putWritten('chroma', () => Promise.resolve(null)),
  ]) {
    const refusal = await put(new AssetFolder(folder)).catch((error: UserError) => error)
    expect(refusal).toMatchObject({ code: 'target-folder-missing' })
  }
  expect(readdirSync(place)).toEqual([])
})
