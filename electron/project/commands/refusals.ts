/** Looking things up for a command, and the sentences said where an edit makes no sense. */
import { sentence, type Sentence } from '../../contract/sentence.ts'
import { UserError } from '../../contract/userError.ts'
import type { Clip, FrameEdit, Project } from '../../contract/projectDocument.ts'

export function refuse(message: Sentence, advice: Sentence): never {
  throw new UserError('edit-refused', message, advice)
}

export function findClip(project: Project, id: string): Clip {
  return (
    project.clips.find((clip) => clip.id === id) ??
    refuse(sentence`This clip is no longer in the project.`, sentence`Undo its removal, or choose another clip.`)
  )
}

/** Throws UserError 'edit-refused' where the clip has no such frame. */
export function checkFrame(clip: Clip, frame: number): void {
  if (frame >= clip.frameCount) {
    refuse(sentence`“${clip.name}” has no frame ${frame}.`, sentence`Choose a frame from 0 to ${clip.frameCount - 1}.`)
  }
}

export function checkRange(clip: Clip, from: number, to: number): void {
  if (from >= to) refuse(sentence`The range holds no frame.`, sentence`Set its end after its beginning.`)
  checkFrame(clip, to - 1)
}

export function findEdit(clip: Clip, frame: number): FrameEdit {
  checkFrame(clip, frame)
  return (
    clip.frames[frame] ??
    refuse(sentence`Nothing was changed on frame ${frame} yet.`, sentence`Choose a frame that carries edits.`)
  )
}

export function findPin(clip: Clip, frame: number): FrameEdit {
  checkFrame(clip, frame)
  const edit = clip.frames[frame]
  return edit?.pinned ? edit : refuse(sentence`Frame ${frame} is not pinned.`, sentence`Choose a pinned frame.`)
}

/** @param gone what is said where no item has this id */
export function findIndex(items: readonly { readonly id: string }[], id: string, gone: Sentence): number {
  const index = items.findIndex((item) => item.id === id)
  return index >= 0 ? index : refuse(gone, sentence`It may have been removed just before; undo brings it back.`)
}
