/** The folders of trained networks: found, described, and proven undamaged before anything is computed with them. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ModelInfo } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import { GRAPH_FILE, readSignatures, type Signature } from './signatures.ts'

/** What every model.json says; each kind of network adds its own. */
export const modelDescriptionSchema = z.object({
  name: z.string().min(1),
  version: z.union([z.string(), z.number()]).transform(String),
  kind: z.string(),
  /** Short side of the pictures that it works best on, in pixels. */
  shortSide: z.number().int().min(32).max(1024),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
})

export interface Weights<T> {
  /** Of the SavedModel. */
  readonly folder: string
  readonly description: T
  readonly info: ModelInfo
  readonly signatures: ReadonlyMap<string, Signature>
}

function missing(file: string): UserError {
  return new UserError(
    'weights-missing',
    sentence`The trained networks that the program came with are not in their place.`,
    sentence`Install the program again, or copy the folder “models/weights” back from its archive.`,
    file,
  )
}

function damaged(file: string, why: string): UserError {
  return new UserError(
    'weights-damaged',
    sentence`The trained networks that the program came with are damaged.`,
    sentence`Install the program again, or copy the folder “models/weights” back from its archive.`,
    `${file}: ${why}`,
  )
}

export function hasWeights(weightsFolder: string, name: string): boolean {
  return existsSync(join(weightsFolder, name, 'model.json'))
}

/**
 * Reads weightsFolder/name/model.json and checks saved_model.pb beside it against the size and SHA-256 given there.
 * Throws UserError 'weights-missing' or 'weights-damaged'.
 */
export function readWeights<S extends z.ZodType<z.infer<typeof modelDescriptionSchema>>>(
  weightsFolder: string,
  name: string,
  schema: S,
): Weights<z.infer<S>> {
  const folder = join(weightsFolder, name)
  const descriptionFile = join(folder, 'model.json')
  const graphFile = join(folder, GRAPH_FILE)
  for (const file of [descriptionFile, graphFile]) if (!existsSync(file)) throw missing(file)
  let description: z.infer<S>
  let graph: Buffer
  try {
    description = schema.parse(JSON.parse(readFileSync(descriptionFile, 'utf8')))
    graph = readFileSync(graphFile)
  } catch (error) {
    throw damaged(descriptionFile, error instanceof Error ? error.message : String(error))
  }
  if (graph.length !== description.bytes)
    throw damaged(graphFile, `${graph.length} bytes instead of ${description.bytes}`)
  const sha256 = createHash('sha256').update(graph).digest('hex')
  if (sha256 !== description.sha256) throw damaged(graphFile, 'its checksum is not the one it was made with')
  const { version, bytes } = description
  try {
    return {
      folder,
      description,
      info: { name: description.name, version, bytes, sha256 },
      signatures: readSignatures(graph),
    }
  } catch (error) {
    throw unusable(folder, error)
  }
}

/** The SavedModel itself would not load although its checksum is right: the runtime does not fit. */
export function unusable(folder: string, error: unknown): UserError {
  return damaged(folder, error instanceof Error ? error.message : String(error))
}
