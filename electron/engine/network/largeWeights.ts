/**
 * Takes large weights out of a graph: in their places stand placeholders, which are fed at each run. TensorFlow copies
 * all that a graph holds for each step of optimizing it, before the first answer; of weights that are fed it copies
 * nothing. (Messages: node_def.proto, attr_value.proto, tensor.proto and tensor_shape.proto of TensorFlow.)
 */
import { countIn, countOf, firstText, messageOf, messagesIn, textIn, textOf } from './protobuf.ts'
import { KEY, VALUE } from './signatures.ts'
import { TYPES, type TensorType } from './tensorflow.ts'

/** What a placeholder is to be fed. */
export interface LargeWeights {
  /** Of the graph, such as `weights:0`. */
  readonly tensor: string
  readonly shape: readonly number[]
  /** As it is fed. */
  readonly type: TensorType
  /** As `bytes` holds the numbers, row-major, little-endian. */
  readonly storedType: TensorType
  readonly bytes: Uint8Array
}

/** In bytes. Smaller ones are quickly copied; what is fed has to be put in the kernels' order at each run. */
const LARGE = 65536

/** Numbers of fields. */
export const [NODE_NAME, NODE_OP, NODE_INPUT] = [1, 2, 3]
const NODE_ATTRIBUTE = 5
const [ATTRIBUTE_TYPE, ATTRIBUTE_SHAPE, ATTRIBUTE_TENSOR] = [6, 7, 8]
const [TENSOR_TYPE, TENSOR_SHAPE, TENSOR_CONTENT] = [1, 2, 4]
const SHAPE_SIDE = 2
const SIDE_SIZE = 1

/** Undefined for those in which no weights are. */
const typeOf = (number: number): TensorType | undefined =>
  (Object.keys(TYPES) as TensorType[]).find((type) => TYPES[type] === number)

/** The weights that a constant holds; null for other nodes, and for small ones. @param node a NodeDef */
export function largeWeightsOf(node: Uint8Array): LargeWeights | null {
  if (firstText(node, NODE_OP) !== 'Const') return null
  const tensor = attribute(node, 'value', ATTRIBUTE_TENSOR)
  const bytes = messagesIn(tensor, TENSOR_CONTENT).at(-1)
  const type = typeOf(countIn(tensor, TENSOR_TYPE))
  if (!type || !bytes || bytes.length < LARGE) return null
  const sides = messagesIn(messagesIn(tensor, TENSOR_SHAPE).at(-1) ?? new Uint8Array(), SHAPE_SIDE)
  const shape = sides.map((side) => countIn(side, SIDE_SIZE))
  return { tensor: `${firstText(node, NODE_NAME)}:0`, shape, type, storedType: type, bytes }
}

/**
 * The same weights as a cast to another precision gives them; null for other nodes.
 * @param node a NodeDef that reads `weights` alone
 */
export function castWeights(node: Uint8Array, weights: LargeWeights): LargeWeights | null {
  if (firstText(node, NODE_OP) !== 'Cast' || weights.type !== weights.storedType) return null
  const type = typeOf(countIn(attributeValue(node, 'DstT'), ATTRIBUTE_TYPE))
  return type ? { ...weights, tensor: `${firstText(node, NODE_NAME)}:0`, type } : null
}

/** A NodeDef of the same name that is fed. */
export function placeholderFor(node: Uint8Array, { shape, type }: LargeWeights): Uint8Array {
  const sides = shape.flatMap((size) => messageOf(SHAPE_SIDE, [countOf(SIDE_SIZE, size)]))
  return Buffer.concat([
    ...textOf(NODE_NAME, firstText(node, NODE_NAME)),
    ...textOf(NODE_OP, 'Placeholder'),
    ...attributeOf('dtype', [countOf(ATTRIBUTE_TYPE, TYPES[type])]),
    ...attributeOf('shape', messageOf(ATTRIBUTE_SHAPE, sides)),
  ])
}

function attributeOf(name: string, value: readonly Uint8Array[]): Uint8Array[] {
  return messageOf(NODE_ATTRIBUTE, [...textOf(KEY, name), ...messageOf(VALUE, value)])
}

function attributeValue(node: Uint8Array, name: string): Uint8Array {
  const entry = messagesIn(node, NODE_ATTRIBUTE).find((each) => textIn(each, KEY) === name)
  return (entry && messagesIn(entry, VALUE).at(-1)) ?? new Uint8Array()
}

const attribute = (node: Uint8Array, name: string, field: number): Uint8Array =>
  messagesIn(attributeValue(node, name), field).at(-1) ?? new Uint8Array()
