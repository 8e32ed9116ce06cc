/**
 * Which package joins TensorFlow to Node.js. The one for GPUs computes on processors as well where there is no GPU, but
 * has no build for macOS; its sister there is the same program with another library.
 */
export type TensorflowPackage = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'

/** The one place that decides it: the engine loads this package, set-up provides its library, packages carry it. */
export function tensorflowPackage(platform: NodeJS.Platform = process.platform): TensorflowPackage {
  return platform === 'darwin' ? '@tensorflow/tfjs-node' : '@tensorflow/tfjs-node-gpu'
}
