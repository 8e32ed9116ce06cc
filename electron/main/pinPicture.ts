/** Pins a colored picture to a frame. */
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
export async function pinPicture(engine: EngineClient, session: ProjectSession, { clip, frame, path }: PictureToPin): Promise<void> {
  const asset = await session.assets.putFile(path)
  await engine.call('checkPicture', clip, session.assets.pathOf(asset))
  session.apply({ type: 'pin', clip, frame, base: { kind: 'picture', asset } })
}
