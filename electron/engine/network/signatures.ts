/**
 * Reads of a SavedModel which of its graph's tensors each signature names. The file is a protocol buffer of which the
 * weights are nearly all; they are passed over. (Messages: saved_model.proto and meta_graph.proto of TensorFlow.)
 */
import { messagesIn, textIn } from './protobuf.ts'

/** Of a SavedModel, in its folder. */
export const GRAPH_FILE = 'saved_model.pb'

/** Names of a graph's tensors, such as `luma:0`, by the names that a signature gives them. */
export interface Signature {
  readonly inputs: ReadonlyMap<string, string>
  readonly outputs: ReadonlyMap<string, string>
}

/** Numbers of fields. A map is a repeated message of key and value. */
export const META_GRAPHS = 2
export const SIGNATURE_DEF = 5
const [INPUTS, OUTPUTS] = [1, 2]
const TENSOR_NAME = 1
export const KEY = 1
export const VALUE = 2

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
