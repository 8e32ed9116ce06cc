/** The networks of this installation, loaded once, run on the thread that calls them: a process has one such thread. */
import type { ModelInfo } from '../../contract/schemas.ts'
import { colorModelDescriptionSchema, NativeColorModel } from './colorModel.ts'
import { consistencyPassDescriptionSchema, NativeConsistencyPass, type RunningPass } from './consistencyPass.ts'
import { NativeLikeness } from './likeness.ts'
import type { ColoredFrame, Networks } from './networks.ts'
import type { NetworkLuma } from '../picture/networkPictures.ts'
import { describeDevice, type ComputeDevice } from './precision.ts'
import { loadTensorFlow } from './tensorflow.ts'
import { hasWeights, readWeights } from './weights.ts'

/** Changes when the same weights would color differently: colorings made by another version are done again. */
const METHOD_VERSION = 'method-9'

const loaded = new Map<string, NativeNetworks>()

/** What is known of networks when they are loaded. */
export interface NetworksInfo {
  readonly models: readonly ModelInfo[]
  readonly device: ComputeDevice
  readonly tensorflow: string
  /** Short side of the picture the networks see, in pixels. */
  readonly shortSide: number
  /** Stands for everything that decides how a frame comes out, apart from the film and its pins. */
  readonly version: string
  /**
   * False in an installation without a trained pass: colors then move with the picture, and the color model speaks
   * where they can not.
   */
  readonly hasPass: boolean
}

export class NativeNetworks implements Networks {
  private constructor(
    readonly colorModel: NativeColorModel,
    private readonly trainedPass: NativeConsistencyPass | null,
    readonly info: NetworksInfo,
  ) {}

  /**
   * One set per folder and process. Throws UserErrors 'tensorflow-missing', 'weights-missing', 'weights-damaged'.
   * @param keptIn see describeDevice
   */
  static load(weightsFolder: string, keptIn: string | null = null): NativeNetworks {
    const networks = loaded.get(weightsFolder) ?? NativeNetworks.#load(weightsFolder, keptIn)
    loaded.set(weightsFolder, networks)
    return networks
  }

  static #load(weightsFolder: string, keptIn: string | null): NativeNetworks {
    // The files first: checking them is quick, and their loss is the likelier trouble.
    const colorWeights = readWeights(weightsFolder, 'color-model', colorModelDescriptionSchema)
    const passWeights = hasWeights(weightsFolder, 'consistency-pass')
      ? readWeights(weightsFolder, 'consistency-pass', consistencyPassDescriptionSchema)
      : null
    const tf = loadTensorFlow()
    const device = describeDevice(tf, keptIn)
    const colorModel = NativeColorModel.load(tf, colorWeights, device.precision)
    const trainedPass = passWeights && new NativeConsistencyPass(tf, passWeights, device.precision)
    const models = [colorWeights.info, ...(passWeights ? [passWeights.info] : [])]
    const version = [...models.map((model) => model.sha256.slice(0, 16)), METHOD_VERSION, device.precision].join('+')
    return new NativeNetworks(colorModel, trainedPass, {
      models,
      device,
      tensorflow: tf.version,
      shortSide: (passWeights ?? colorWeights).description.shortSide,
      version,
      hasPass: trainedPass !== null,
    })
  }

  startPass(pins: readonly ColoredFrame[], predecessor?: ColoredFrame): RunningPass | null {
    return this.trainedPass?.start(pins, predecessor) ?? null
  }

  startLikeness(lumas: readonly NetworkLuma[]): NativeLikeness | null {
    return this.trainedPass && new NativeLikeness(this.trainedPass, lumas)
  }
}
