/** What the program runs on, in a few lines for --version --verbose. */
import { exportFormatIds } from '../contract/formats.ts'
import type { EngineInfo } from '../contract/schemas.ts'

export function describeEngine(info: EngineInfo): string {
  const { unwritable = [] } = info.exports ?? {}
  const writable = exportFormatIds.filter((id) => !unwritable.some(({ format }) => format === id))
  const device =
    info.device === 'cuda' ? `GPU ${info.deviceName} (CUDA)` : `CPU ${info.deviceName}, ${info.threads} threads`
  return [
    `TensorFlow ${info.tensorflow} on ${device}, ${info.precision}`,
    `ffmpeg ${info.ffmpeg.version} (${info.ffmpeg.path}); exports: ${writable.join(', ')}`,
    ...info.models.map(
      (model) =>
        `${model.name} ${model.version}, ${(model.bytes / 1e6).toFixed(1)} MB, sha256 ${model.sha256.slice(0, 16)}`,
    ),
  ].join('\n')
}
