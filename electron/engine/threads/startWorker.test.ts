import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { weightsFolder } from '../../../test/material/testEngine.ts'
import { workFolder } from '../../../test/material/workFolder.ts'
import { FrameComposer } from '../chroma/composeFrame.ts'
import { ComposeThread } from '../compose/composeThread.ts'
import { NetworkThread } from '../network/networkThread.ts'
import type { PixelLayout } from '../picture/pixelLayout.ts'

/** A folder from which no package is found. */
function goElsewhere(): string {
  const before = process.cwd()
  const folder = workFolder()
  process.chdir(folder)
  onTestFinished(() => process.chdir(before))
  return folder
}

describe('threads of the engine run from its sources, whatever the current folder is:', () => {
  it('that which composes frames', async () => {
    goElsewhere()
    const layout: PixelLayout = {
      ...{ width: 8, height: 8, sampling: '420', bitDepth: 8, range: 'full', matrix: 'bt709' },
      ffmpegName: 'yuvj420p',
    }
    const sizes = { layout, networkWidth: 8, networkHeight: 8 }
    const thread = new ComposeThread(sizes)
    onTestFinished(() => thread.close())
    const [u, v] = new FrameComposer(sizes).allocate()
    const luma = { width: 8, height: 8, values: new Float32Array(64).fill(0.5) }
    const chroma = { width: 4, height: 4, values: new Float32Array(32) }
    const planes = { y: new Uint8Array(64).fill(128), u, v }
    expect([...(await thread.compose(luma, chroma, planes)).u]).toEqual(new Array(16).fill(128))
  })

  it('that of the networks', async () => {
    const folder = goElsewhere()
    const { info } = await NetworkThread.load(weightsFolder, join(folder, 'kept'))
    expect(info.hasPass).toBe(true)
  })
})
