/** Pins a colored picture to a frame, and looks at those that colors are taken from. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { ReferenceOperation } from '../contract/operations.ts'
import type { FrameBase } from '../contract/projectDocument.ts'
import type { Sentence } from '../contract/sentence.ts'
import { UserError } from '../contract/userError.ts'
import type { EngineClient } from '../host/engineClient.ts'
import { finePictures } from '../project/passes/finePictures.ts'
import type { Studio } from './studio.ts'

export type PinDesk = Pick<Studio, 'engine' | 'session' | 'clips'>

/** The coloring that a frame shows, as the project keeps it from now on. */
export async function frozenColoring(
  { engine, session, clips }: PinDesk,
  clip: string,
  frame: number,
): Promise<FrameBase> {
  await clips.settled(clip)
  const [fine] = finePictures(clips.clip(clip), { from: frame, to: frame + 1 })
  const bytes = await engine.call('frozenColoring', clip, frame)
  const asset = await session.assets.put(bytes, 'chroma')
  return { kind: 'frozen', asset, ...(fine && { pictures: fine.pictures }) }
}

/** The same, unless the project keeps one of the frame's already. */
export async function unkeptColoring(desk: PinDesk, clip: string, frame: number): Promise<FrameBase | undefined> {
  const edit = desk.clips.clip(clip).frames[frame]
  return edit && edit.base.kind !== 'automatic' ? undefined : frozenColoring(desk, clip, frame)
}

export interface PictureToPin {
  readonly clip: string
  readonly frame: number
  readonly path: string
}

/**
 * The engine says whether it is a picture of this film's shape, and only then is anything edited: what the artist does
 * meanwhile has nothing to do with it. Throws UserError, as AssetFolder.putFile does, and 'bad-picture'.
 */
export async function pinPicture(desk: PinDesk, { clip, frame, path }: PictureToPin): Promise<void> {
  const { engine, session } = desk
  const asset = await session.assets.putFile(path)
  const isSeeThrough = await calledAs(path, session.assets.pathOf(asset), () =>
    engine.call('checkPicture', clip, session.assets.pathOf(asset)),
  )
  if (!isSeeThrough) {
    session.apply({ type: 'pin', clip, frame, base: { kind: 'picture', asset } })
    return
  }
  // A layer that was painted on: where nothing was, the frame keeps its colors. What hides there is mostly black.
  const base = await unkeptColoring(desk, clip, frame)
  const operation = { id: randomUUID(), enabled: true, type: 'reference', asset, mode: 'replace', strength: 1 } as const
  const edit = session.begin({ kind: 'pin', frame })
  try {
    session.apply({ type: 'pin', clip, frame, ...(base && { base }) }, edit)
    session.apply({ type: 'add-operation', clip, frame, operation }, edit)
  } catch (error) {
    session.cancel(edit)
    throw error
  }
  session.commit(edit)
}

/** Throws UserError where a picture that the artist brings in is none that can be used so. */
export async function checkReference(
  engine: EngineClient,
  clip: string,
  path: string,
  copy: string,
  mode: ReferenceOperation['mode'],
): Promise<void> {
  await calledAs(path, copy, () => engine.call('checkReference', clip, copy, mode))
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
