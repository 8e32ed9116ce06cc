/**
 * Cuts a SavedModel down to some of its signatures. TensorFlow reads and builds whatever a SavedModel holds, also what
 * is for other precisions and for training: half of the time that loading takes, and 20 MiB that stay. (Messages:
 * saved_model.proto, meta_graph.proto, graph.proto and node_def.proto of TensorFlow.)
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  castWeights,
  largeWeightsOf,
  NODE_INPUT,
  NODE_NAME,
  placeholderFor,
  type LargeWeights,
} from './largeWeights.ts'
import { asText, fieldsIn, firstText, messageOf, messagesIn, textIn } from './protobuf.ts'
import { GRAPH_FILE, KEY, META_GRAPHS, SIGNATURE_DEF, type Signature } from './signatures.ts'

/** Numbers of fields. */
const GRAPH_DEF = 2
const NODE = 1

export interface CutGraph {
  /** In pieces. */
  readonly savedModel: readonly Uint8Array[]
  /** Of each signature, what it has to be fed besides its inputs. */
  readonly weights: ReadonlyMap<string, readonly LargeWeights[]>
}

/**
 * The same SavedModel without nodes that none of the signatures needs.
 * @param kept signatures, by their names
 * @param weightsApart whether large weights are taken out, to be fed
 * @throws RangeError where the bytes are no SavedModel
 */
export function cutToSignatures(
  savedModel: Uint8Array,
  kept: ReadonlyMap<string, Signature>,
  weightsApart: boolean,
): CutGraph {
  const weights = new Map<string, LargeWeights[]>()
  const pieces = eachField(savedModel, META_GRAPHS, (metaGraph) =>
    messageOf(
      META_GRAPHS,
      Array.from(fieldsIn(metaGraph)).flatMap(({ number, value, whole }) => {
        if (number === SIGNATURE_DEF && value) return kept.has(textIn(value, KEY)) ? [whole] : []
        if (number !== GRAPH_DEF || !value) return [whole]
        const graph = new Graph(value, weightsApart)
        for (const [name, signature] of kept) weights.set(name, graph.weightsBehind([signature]))
        return messageOf(GRAPH_DEF, graph.fieldsBehind([...kept.values()]))
      }),
    ),
  )
  return { savedModel: pieces, weights }
}

/** All fields of a message, those of one number replaced. */
function eachField(message: Uint8Array, field: number, by: (value: Uint8Array) => Uint8Array[]): Uint8Array[] {
  return Array.from(fieldsIn(message)).flatMap(({ number, value, whole }) =>
    number === field && value ? by(value) : [whole],
  )
}

/** A GraphDef. */
class Graph {
  /** NodeDefs by their names. */
  readonly #nodes = new Map<string, Uint8Array>()
  /** What stands for nodes that are to be fed. */
  readonly #weights = new Map<string, LargeWeights>()
  readonly #otherFields: Uint8Array[] = []

  constructor(graph: Uint8Array, weightsApart: boolean) {
    for (const { number, value, whole } of fieldsIn(graph)) {
      if (number === NODE && value) this.#nodes.set(firstText(value, NODE_NAME), value)
      else this.#otherFields.push(whole)
    }
    if (weightsApart) this.#takeWeightsApart()
  }

  #takeWeightsApart(): void {
    for (const [name, node] of this.#nodes) {
      const weights = largeWeightsOf(node)
      if (weights) this.#weights.set(name, weights)
    }
    // What is made of them for a precision is fed as it is made, so that it is made once.
    for (const [name, node] of this.#nodes) {
      const [read, ...others] = this.#readBy(node)
      const weights = read === undefined || others.length > 0 ? undefined : this.#weights.get(read)
      const cast = weights && castWeights(node, weights)
      if (cast) this.#weights.set(name, cast)
    }
    for (const [name, weights] of this.#weights) {
      this.#nodes.set(name, placeholderFor(this.#nodes.get(name)!, weights))
    }
  }

  /** Of its fields, of its nodes those alone that have to be there for what goes in and what comes out. */
  fieldsBehind(signatures: readonly Signature[]): Uint8Array[] {
    const needed = this.#namesBehind(signatures)
    const nodes = [...this.#nodes].flatMap(([name, node]) => (needed.has(name) ? messageOf(NODE, [node]) : []))
    return [...nodes, ...this.#otherFields]
  }

  /** What these have to be fed besides their inputs. */
  weightsBehind(signatures: readonly Signature[]): LargeWeights[] {
    const needed = this.#namesBehind(signatures)
    return [...this.#weights].flatMap(([name, weights]) => (needed.has(name) ? [weights] : []))
  }

  #namesBehind(signatures: readonly Signature[]): ReadonlySet<string> {
    const needed = new Set<string>()
    const asked = signatures.flatMap(({ inputs, outputs }) => [...inputs.values(), ...outputs.values()].map(nodeOf))
    for (let name = asked.pop(); name !== undefined; name = asked.pop()) {
      if (needed.has(name)) continue
      needed.add(name)
      asked.push(...this.#readBy(this.#nodes.get(name) ?? new Uint8Array()))
    }
    return needed
  }

  #readBy(node: Uint8Array): string[] {
    return messagesIn(node, NODE_INPUT).map((input) => nodeOf(asText(input)))
  }
}

/** Of a tensor's name, `node:0`, or of a node that only has to be run before, `^node`. */
const nodeOf = (tensor: string): string => tensor.replace(/^\^/, '').replace(/:\d+$/, '')

/**
 * Hands over a folder with a SavedModel that holds these signatures alone; the folder is there until 'use' returns.
 * Where none can be made, as on a full disk, it is the one that is given, with nothing to be fed: then everything takes
 * longer, and that is all.
 * @param weightsApart see cutToSignatures
 */
export function withCutGraph<T>(
  folder: string,
  kept: ReadonlyMap<string, Signature>,
  weightsApart: boolean,
  use: (folder: string, weights: CutGraph['weights']) => T,
): T {
  const cut = writeCutGraph(folder, kept, weightsApart)
  if (!cut) return use(folder, new Map())
  try {
    return use(cut.folder, cut.weights)
  } finally {
    rmSync(cut.folder, { recursive: true, force: true })
  }
}

function writeCutGraph(
  folder: string,
  kept: ReadonlyMap<string, Signature>,
  weightsApart: boolean,
): { folder: string; weights: CutGraph['weights'] } | null {
  let made: string | null = null
  try {
    const { savedModel, weights } = cutToSignatures(readFileSync(join(folder, GRAPH_FILE)), kept, weightsApart)
    made = mkdtempSync(join(tmpdir(), 'colornn-graph-'))
    writeFileSync(join(made, GRAPH_FILE), Buffer.concat(savedModel))
    return { folder: made, weights }
  } catch {
    if (made !== null) rmSync(made, { recursive: true, force: true })
    return null
  }
}
