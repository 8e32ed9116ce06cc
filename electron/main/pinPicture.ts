/** Pins a colored picture to a frame, and looks at those that colors are taken from. */
import { basename } from 'node:path'
import type { Sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import type { EngineClient } from '../host/engineClient.ts'
import type { ProjectSession } from '../project/projectSession.ts'

export interface PictureToPin {
  readonly clip: string
  readonly frame: number
  readonly path: string
}

/**
 * The engine says whether it is a picture of this film's shape, and only then is anything edited: what the artist does
 * meanwhile has nothing to do with it. Throws UserError, as AssetFolder.putFile does, and 'bad-picture'.
 */
export async function pinPicture(
  engine: EngineClient,
  session: ProjectSession,
  { clip, frame, path }: PictureToPin,
): Promise<void> {
  const asset = await session.assets.putFile(path)
  await calledAs(path, session.assets.pathOf(asset), () =>
    engine.call('checkPicture', clip, session.assets.pathOf(asset)),
  )
  session.apply({ type: 'pin', clip, frame, base: { kind: 'picture', asset } })
}

/** Throws UserError where colors can't be taken from a picture that the artist brings in for them. */
export async function checkReference(engine: EngineClient, clip: string, path: string, copy: string): Promise<void> {
  await calledAs(path, copy, () => engine.call('checkReference', clip, copy))
}

/** A refused picture is called by the name that the artist knows, not by that of its copy in the project. */
async function calledAs<T>(path: string, copy: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, message, advice, detail } = error.toData()
    throw new UserError(code, renamed(message, basename(copy), basename(path)), advice, detail)
  }
}

function renamed({ pattern, values }: Sentence, from: string, to: string): Sentence {
  return {
    pattern,
    values: values.map((value) =>
      typeof value === 'object' && 'pattern' in value
        ? renamed(value, from, to)
        : typeof value === 'string'
          ? value.replace(from, to)
          : value,
    ),
  }
}
