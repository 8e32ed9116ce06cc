/**
 * Reads of a SavedModel which of its graph's tensors each signature names. The file is a protocol buffer of which the
 * weights are nearly all; they are passed over. (Wire format: protobuf.dev/programming-guides/encoding; messages:
 * saved_model.proto and meta_graph.proto of TensorFlow.)
 */

/** Names of a graph's tensors, such as `luma:0`, by the names that a signature gives them. */
export interface Signature {
  readonly inputs: ReadonlyMap<string, string>
  readonly outputs: ReadonlyMap<string, string>
}

/** Numbers of fields. A map is a repeated message of key and value. */
const META_GRAPHS = 2
const SIGNATURE_DEF = 5
const [INPUTS, OUTPUTS] = [1, 2]
const TENSOR_NAME = 1
const [KEY, VALUE] = [1, 2]

/** Throws RangeError where the bytes are no SavedModel. */
export function readSignatures(savedModel: Uint8Array): ReadonlyMap<string, Signature> {
  const signatures = new Map<string, Signature>()
  for (const graph of messagesIn(savedModel, META_GRAPHS)) {
    for (const [name, signature] of entriesIn(graph, SIGNATURE_DEF)) {
      signatures.set(name, { inputs: tensorsIn(signature, INPUTS), outputs: tensorsIn(signature, OUTPUTS) })
    }
  }
  return signatures
}

function tensorsIn(signature: Uint8Array, field: number): Map<string, string> {
  return new Map(entriesIn(signature, field).map(([name, tensor]) => [name, textIn(tensor, TENSOR_NAME)]))
}

function entriesIn(message: Uint8Array, field: number): [key: string, value: Uint8Array][] {
  return messagesIn(message, field).map((entry) => [
    textIn(entry, KEY),
    messagesIn(entry, VALUE).at(-1) ?? new Uint8Array(),
  ])
}

function textIn(message: Uint8Array, field: number): string {
  return new TextDecoder().decode(messagesIn(message, field).at(-1))
}

/** Every value of a field that has a length of its own: text or a message. Views, not copies. */
function messagesIn(message: Uint8Array, field: number): Uint8Array[] {
  const found: Uint8Array[] = []
  let at = 0
  const number = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++]
      if (byte === undefined || factor > Number.MAX_SAFE_INTEGER) throw new RangeError('no protocol buffer')
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const tag = number()
    const length = lengthOf(tag & 7, number)
    if (length > message.length - at) throw new RangeError('a protocol buffer that was cut short')
    if (tag >>> 3 === field && (tag & 7) === 2) found.push(message.subarray(at, at + length))
    at += length
  }
  return found
}

/** Of a field's value, by its wire type; what tells it is read on the way. */
function lengthOf(wireType: number, number: () => number): number {
  if (wireType === 0) {
    number()
    return 0
  }
  if (wireType === 1) return 8
  if (wireType === 2) return number()
  if (wireType === 5) return 4
  throw new RangeError('no protocol buffer')
}
