/**
 * Cuts a SavedModel down to some of its signatures. TensorFlow reads and builds whatever a SavedModel holds, also what
 * is for other precisions and for training: half of the time that loading takes, and 20 MiB that stay. (Messages:
 * saved_model.proto, meta_graph.proto, graph.proto and node_def.proto of TensorFlow.)
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asText, fieldsIn, firstText, messageOf, messagesIn, textIn } from './protobuf.ts'
import { GRAPH_FILE, KEY, META_GRAPHS, SIGNATURE_DEF, type Signature } from './signatures.ts'

/** Numbers of fields. */
const GRAPH_DEF = 2
const NODE = 1
const [NODE_NAME, NODE_INPUT] = [1, 3]

/**
 * The same SavedModel, in pieces, without nodes that none of the signatures needs.
 * @param kept signatures, by their names
 * @throws RangeError where the bytes are no SavedModel
 */
export function cutToSignatures(savedModel: Uint8Array, kept: ReadonlyMap<string, Signature>): Uint8Array[] {
  return eachField(savedModel, META_GRAPHS, (metaGraph) =>
    messageOf(
      META_GRAPHS,
      Array.from(fieldsIn(metaGraph)).flatMap(({ number, value, whole }) => {
        if (number === SIGNATURE_DEF && value) return kept.has(textIn(value, KEY)) ? [whole] : []
        return number === GRAPH_DEF && value ? messageOf(GRAPH_DEF, nodesBehind(value, [...kept.values()])) : [whole]
      }),
    ),
  )
}

/** All fields of a message, those of one number replaced. */
function eachField(message: Uint8Array, field: number, by: (value: Uint8Array) => Uint8Array[]): Uint8Array[] {
  return Array.from(fieldsIn(message)).flatMap(({ number, value, whole }) =>
    number === field && value ? by(value) : [whole],
  )
}

/** Fields of a graph, of its nodes those alone that have to be there for what goes in and what comes out. */
function nodesBehind(graph: Uint8Array, signatures: readonly Signature[]): Uint8Array[] {
  const fields = Array.from(fieldsIn(graph), ({ number, value, whole }) => ({
    node: number === NODE ? value : null,
    name: number === NODE && value ? firstText(value, NODE_NAME) : null,
    whole,
  }))
  const nodes = new Map(fields.map(({ name, node }) => [name, node]))
  const needed = new Set<string | null>([null])
  const asked = signatures.flatMap(({ inputs, outputs }) => [...inputs.values(), ...outputs.values()].map(nodeOf))
  for (let name = asked.pop(); name !== undefined; name = asked.pop()) {
    if (needed.has(name)) continue
    needed.add(name)
    for (const input of messagesIn(nodes.get(name) ?? new Uint8Array(), NODE_INPUT)) asked.push(nodeOf(asText(input)))
  }
  return fields.flatMap(({ name, whole }) => (needed.has(name) ? [whole] : []))
}

/** Of a tensor's name, `node:0`, or of a node that only has to be run before, `^node`. */
const nodeOf = (tensor: string): string => tensor.replace(/^\^/, '').replace(/:\d+$/, '')

/**
 * Hands over a folder with a SavedModel that holds these signatures alone; the folder is there until 'use' returns.
 * Where none can be made, as on a full disk, it is the one that is given: then everything takes longer, and that is
 * all.
 */
export function withCutGraph<T>(folder: string, kept: ReadonlyMap<string, Signature>, use: (folder: string) => T): T {
  const cut = writeCutGraph(folder, kept)
  try {
    return use(cut ?? folder)
  } finally {
    if (cut !== null) rmSync(cut, { recursive: true, force: true })
  }
}

function writeCutGraph(folder: string, kept: ReadonlyMap<string, Signature>): string | null {
  let cut: string | null = null
  try {
    const graph = Buffer.concat(cutToSignatures(readFileSync(join(folder, GRAPH_FILE)), kept))
    cut = mkdtempSync(join(tmpdir(), 'colornn-graph-'))
    writeFileSync(join(cut, GRAPH_FILE), graph)
    return cut
  } catch {
    if (cut !== null) rmSync(cut, { recursive: true, force: true })
    return null
  }
}
