/**
 * Which precision is quicker on this processor, tried out: what a processor says it can do does not tell. One with
 * AVX512-BF16 and without AMX may take 1.6 times as long for a convolution in bfloat16 as in float32, another half as
 * long.
 */
import type { Tensor, TensorFlow, TensorType } from './tensorflow.ts'

/** A convolution as most of the networks' time goes into: of 3 x 3, as many channels, a picture of this size. */
const HEIGHT = 24
const WIDTH = 88
const CHANNELS = 64
/** In turn, so that whatever else the machine does hits both; of each the round counts that it has hit least. */
const ROUNDS = 12
/** float32 is exact, so bfloat16 has to gain this much. */
const WORTH = 0.85

/** Takes some hundredths of a second. What fails is not quicker. */
export function isBfloat16Quicker(tf: TensorFlow): boolean {
  const held: Tensor[] = []
  const keep = (tensor: Tensor): Tensor => {
    held.push(tensor)
    return tensor
  }
  try {
    const picture = keep(filled(tf, [1, HEIGHT, WIDTH, CHANNELS]))
    const kernels = keep(filled(tf, [3, 3, CHANNELS, CHANNELS]))
    const short = [keep(tf.cast(picture, 'bfloat16')), keep(tf.cast(kernels, 'bfloat16'))] as const
    let [float32, bfloat16] = [Infinity, Infinity]
    for (let round = 0; round < ROUNDS; round++) {
      float32 = Math.min(float32, timed(tf, picture, kernels, 'float32'))
      bfloat16 = Math.min(bfloat16, timed(tf, ...short, 'bfloat16'))
    }
    return bfloat16 / float32 < WORTH
  } catch {
    return false
  } finally {
    for (const tensor of held) tensor.dispose()
  }
}

/** Milliseconds. */
function timed(tf: TensorFlow, picture: Tensor, kernels: Tensor, type: TensorType): number {
  const began = performance.now()
  tf.convolve(picture, kernels, type).dispose()
  return performance.now() - began
}

/** Numbers of a usual size: zeros might be quicker. */
function filled(tf: TensorFlow, shape: readonly number[]): Tensor {
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1))
  for (let n = 0; n < values.length; n++) values[n] = ((n * 37) % 101) / 101 - 0.5
  return tf.tensor(values, shape)
}
