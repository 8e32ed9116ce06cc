/** In which precision the networks run, and on what. */
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import type { EngineInfo } from '../../contract/schemas.ts'
import { keptPrecision } from './keptPrecision.ts'
import { isBfloat16Quicker } from './precisionTrial.ts'
import type { TensorFlow } from './tensorflow.ts'

export type Precision = EngineInfo['precision']

/**
 * Only a processor that multiplies bf16 natively is asked whether it pays there; elsewhere it is slower, or fails.
 * @param flags the 'flags' line of /proc/cpuinfo
 * @param wanted the COLORNN_PRECISION setting; anything but 'fp32' and 'bf16' is no setting
 * @param isQuicker tries bf16 out
 */
export function choosePrecision(
  flags: string,
  usesGpu: boolean,
  wanted: string | undefined,
  isQuicker: () => boolean,
): Precision {
  if (wanted === 'fp32' || wanted === 'bf16') return wanted
  if (usesGpu) return 'fp32'
  return /\b(amx_bf16|avx512_bf16)\b/.test(flags) && isQuicker() ? 'bf16' : 'fp32'
}

function processorFlags(): string {
  try {
    return /^flags\s*:.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? ''
  } catch {
    return ''
  }
}

export type ComputeDevice = Pick<EngineInfo, 'device' | 'deviceName' | 'precision' | 'threads'>

/** @param keptIn folder in which choices are kept; null: each is made anew */
export function describeDevice(tf: TensorFlow, keptIn: string | null): ComputeDevice {
  const processor = cpus()[0]?.model.trim() || 'CPU'
  return {
    device: tf.usesGpu ? 'cuda' : 'cpu',
    deviceName: tf.usesGpu ? 'NVIDIA GPU' : processor,
    precision: choosePrecision(processorFlags(), tf.usesGpu, process.env['COLORNN_PRECISION'], () => {
      const choose = (): Precision => (isBfloat16Quicker(tf) ? 'bf16' : 'fp32')
      return (keptIn === null ? choose() : keptPrecision(keptIn, `${processor}, ${tf.version}`, choose)) === 'bf16'
    }),
    threads: availableParallelism?.() ?? cpus().length,
  }
}
