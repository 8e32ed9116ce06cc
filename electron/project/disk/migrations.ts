/**
 * Old project files, brought up to the present version one step at a time. Files are read leniently here and checked
 * strictly afterwards. Every version that was ever written is kept as a file in test/material/oldProjects.
 *
 *   0  before projects had an editing model: one film and the colored pictures pinned to it
 *        { format, version: 0,
 *          film: { path, bytes, modified, hash, frameCount, rate }, keyframes: [{ frame, picture }] }
 *   1  clips, shots, operations, looks, locks, named colors
 *   2  the file ends with a checksum (see projectFile.ts), and locks have files of their own ('colorings'): those
 *      without get them when their film is opened (main/lockDesk.ts)
 *   3  clips may have markers, which programs of before would lose
 *   4  clips may say which cuts are by hand, and have some before any were found
 */
import { z } from 'zod'
import { neutralGrade } from '../../contract/operations.ts'
import { PROJECT_FORMAT, PROJECT_VERSION, footageLinkSchema } from '../../contract/projectDocument.ts'
import { rationalSchema } from '../../contract/schemas.ts'
import { sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'

const version0Schema = z.object({
  film: z.object({
    path: z.string().min(1),
    bytes: z.number(),
    modified: z.number(),
    hash: footageLinkSchema.shape.hash,
    frameCount: z.number().int().positive(),
    rate: rationalSchema,
  }),
  /** Pictures were kept as assets from the first: 'picture' is an asset's id. */
  keyframes: z.array(z.object({ frame: z.number().int().nonnegative(), picture: z.string() })),
})

function from0to1(file: unknown): unknown {
  const { film, keyframes } = version0Schema.parse(file)
  const name = film.path.split(/[\\/]/).at(-1) ?? film.path
  const frames = keyframes
    .filter(({ frame }) => frame < film.frameCount)
    .map(({ frame, picture }) => [
      String(frame),
      { base: { kind: 'picture', asset: picture }, operations: [], pinned: true },
    ])
  return {
    format: PROJECT_FORMAT,
    version: 1,
    id: `film-${film.hash.slice(0, 32)}`,
    title: name,
    clips: [
      {
        id: 'clip-1',
        name,
        footage: {
          relativePath: null,
          absolutePath: film.path,
          bytes: film.bytes,
          modified: film.modified,
          hash: film.hash,
        },
        frameCount: film.frameCount,
        rate: film.rate,
        shots: [{ id: 'shot-1', from: 0, to: film.frameCount, look: neutralGrade }],
        cuts: 'none',
        frames: Object.fromEntries(frames) as unknown,
        passes: [],
        locks: [],
        inOut: null,
      },
    ],
    namedColors: [],
    settings: { propagateAtOnce: false },
  }
}

function from1to2(file: unknown): unknown {
  return { ...(file as object), version: 2 }
}

function from2to3(file: unknown): unknown {
  return { ...(file as object), version: 3 }
}

function from3to4(file: unknown): unknown {
  return { ...(file as object), version: 4 }
}

/** At index n: from version n to n + 1. */
const migrations: readonly ((file: unknown) => unknown)[] = [from0to1, from1to2, from2to3, from3to4]

const headSchema = z.object({ format: z.literal(PROJECT_FORMAT), version: z.number().int().nonnegative() })

/**
 * The file's content in the form of the present version, not yet checked. Throws UserError 'not-a-project' for anything
 * else and 'project-too-new' for files of a later program; whatever a step finds wrong is thrown as it is.
 */
export function migrate(file: unknown): unknown {
  const head = headSchema.safeParse(file)
  if (!head.success) {
    throw new UserError(
      'not-a-project',
      sentence`This file is not a project of ColoRNN Studio.`,
      sentence`Choose a file that ends in .colornn.`,
    )
  }
  if (head.data.version > PROJECT_VERSION) {
    throw new UserError(
      'project-too-new',
      sentence`This project was made with a newer version of ColoRNN Studio.`,
      sentence`Install the newer version to open it.`,
    )
  }
  return migrations.slice(head.data.version).reduce((content, step) => step(content), file)
}
