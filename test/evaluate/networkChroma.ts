/**
 * What the networks gave for every frame of a film that the command line has colored, before it is brought to full
 * size, with COLORNN_CACHE as it was for the command line:
 *   node --import tsx networkChroma.ts <film> <target> [N=PICTURE ...]
 * Target: float32, little-endian, frames x height x width x (U, V), BT.601 full range, -0.5..0.5. The size is printed
 * as JSON.
 */
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FilmProject } from '../../electron/cli/filmProject.ts'
import type { JobProgress } from '../../electron/contract/schemas.ts'
import { decodeColoring } from '../../electron/engine/cache/coloringCodec.ts'
import { EngineClient } from '../../electron/host/engineClient.ts'
import { forkedEngine } from '../../electron/host/forkedEngine.ts'

const root = resolve(import.meta.dirname, '../..')
const [film, target, ...pins] = process.argv.slice(2)
const cache = process.env['COLORNN_CACHE']
if (!film || !target || !cache) throw new Error('a film, a target and COLORNN_CACHE are wanted')
const keyframes = pins.map((pin) => ({ frame: Number.parseInt(pin, 10), picturePath: pin.slice(pin.indexOf('=') + 1) }))

let ended: (progress: JobProgress) => void = () => undefined
const engine = { COLORNN_CACHE: cache, COLORNN_WEIGHTS: join(root, 'models', 'weights'), COLORNN_CACHE_LIMIT: '' }
const client = new EngineClient(forkedEngine(join(root, 'out', 'engine.cjs'), engine), {
  onProgress: (progress) => {
    if (progress.state !== 'running') ended(progress)
  },
})
client.start()

const footageId = randomUUID()
const info = await client.call('openFootage', film, footageId)
const project = await FilmProject.of(info, keyframes, cache)
await client.call('setEdits', footageId, project.edits)
const shots = new Promise<JobProgress>((done) => (ended = done))
await client.call('startFindShots', { jobId: randomUUID(), footageId })
if ((await shots).state !== 'done') throw new Error('the shots of the film were not found')
project.setShots((await client.call('shots', footageId))!, false)
// The command line forgets its document with its process, so what it colored is noted here: all that was wanted.
const { edits } = project
const layout = edits.layout!
await client.call('setEdits', footageId, { ...edits, layout: { ...layout, shown: layout.wanted } })

const colored = await client.call('coloredRanges', footageId)
const frames = colored.reduce((sum, { from, to }) => sum + to - from, 0)
if (frames !== info.frameCount)
  throw new Error(`the command line has colored ${frames} of the film's ${info.frameCount} frames`)

const file = openSync(target, 'w')
let size = { width: 0, height: 0 }
for (let frame = 0; frame < info.frameCount; frame++) {
  const { chroma } = decodeColoring(await client.call('frozenColoring', footageId, frame))!
  size = { width: chroma.width, height: chroma.height }
  writeSync(file, Buffer.from(chroma.values.buffer, chroma.values.byteOffset, chroma.values.byteLength))
}
closeSync(file)
await client.stop()
console.log(JSON.stringify({ frames: info.frameCount, ...size }))
