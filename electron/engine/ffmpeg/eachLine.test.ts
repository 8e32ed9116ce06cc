import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { eachLine } from './runFfmpeg.ts'

it('hands over lines however they arrive and end, and sets apart what ffmpeg 6.0 says behind a warning that it does not end', async () => {
  const stream = new PassThrough()
  const lines: string[] = []
  eachLine(stream, (line) => lines.push(line))
  const chunks = [
    '[error] on',
    'e\r\n[warning] for setting rotation inst',
    'ead.',
    '[error] two\n',
    '[warning] for setting rotation instead.\nthree\rfour',
  ]
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  await new Promise((resolve) => stream.once('close', resolve))
  expect(lines).toEqual([
    '[error] one',
    '[warning] for setting rotation instead.',
    '[error] two',
    '[warning] for setting rotation instead.',
    'three',
    'four',
  ])
})
