/**
 * Edits of the list of clips, and of a clip as a whole. They change the draft they are given and name what they did.
 */
import type { CommandOf } from '../../contract/projectCommands.ts'
import type { Clip, Project } from '../../contract/projectDocument.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import { createClip } from '../document.ts'
import { carveOut } from '../../contract/ranges.ts'
import { checkRange, findClip, findIndex, refuse } from './refusals.ts'
import { sentence } from '../../contract/sentence.ts'

const clipGone = sentence`This clip is no longer in the project.`

export function renameProject(project: Project, { type, title }: CommandOf<'rename-project'>): StepLabel {
  project.title = title
  return { kind: type, name: title }
}

export function changeSettings(project: Project, { type, settings }: CommandOf<'change-settings'>): StepLabel {
  if (settings.propagateAtOnce !== undefined) project.settings.propagateAtOnce = settings.propagateAtOnce
  return { kind: type }
}

export function addClip(project: Project, command: CommandOf<'add-clip'>, newId: () => string): StepLabel {
  if (project.clips.some((clip) => clip.id === command.clip)) {
    refuse(sentence`This clip is in the project already.`, sentence`Choose another film.`)
  }
  const { clip: id, name, footage, frameCount, rate } = command
  project.clips.push(createClip({ id, shotId: newId(), name, footage, frameCount, rate }))
  return { kind: command.type, name }
}

export function removeClip(project: Project, { type, clip: id }: CommandOf<'remove-clip'>): StepLabel {
  const index = findIndex(project.clips, id, clipGone)
  const [removed] = project.clips.splice(index, 1)
  return { kind: type, name: removed!.name }
}

export function renameClip(project: Project, { type, clip: id, name }: CommandOf<'rename-clip'>): StepLabel {
  findClip(project, id).name = name
  return { kind: type, name }
}

export function moveClip(project: Project, { type, clip: id, index }: CommandOf<'move-clip'>): StepLabel {
  const from = findIndex(project.clips, id, clipGone)
  if (index >= project.clips.length) {
    refuse(sentence`There is no such place in the list of clips.`, sentence`Drop the clip on or between others.`)
  }
  const [moved] = project.clips.splice(from, 1)
  project.clips.splice(index, 0, moved!)
  return { kind: type, name: moved!.name }
}

/** Cuts the clip's records down to its frames, or stretches its last shot, so that they fit 'frameCount'. */
function fitTo(clip: Clip, frameCount: number): void {
  const beyond = [{ from: frameCount, to: Math.max(frameCount, clip.frameCount) + 1 }]
  clip.shots = clip.shots.filter((shot) => shot.from < frameCount)
  clip.shots.at(-1)!.to = frameCount
  for (const frame of Object.keys(clip.frames)) if (Number(frame) >= frameCount) delete clip.frames[frame]
  clip.locks = carveOut(clip.locks, beyond).map(({ pictures, ...lock }) => ({
    ...lock,
    ...(pictures && { pictures: carveOut(pictures, beyond) }),
    kept: carveOut(lock.kept, beyond),
  }))
  clip.inOut = clip.inOut ? (carveOut([clip.inOut], beyond)[0] ?? null) : null
  const within = ([frame]: [string, unknown]): boolean => Number(frame) < frameCount
  if (clip.cutsByHand) clip.cutsByHand = Object.fromEntries(Object.entries(clip.cutsByHand).filter(within))
  if (clip.givenEarly)
    clip.givenEarly = clip.givenEarly
      .filter(({ frame }) => frame < frameCount)
      .map(({ to, ...given }) => ({ ...given, ...(to !== undefined && { to: Math.min(to, frameCount) }) }))
  const markers = (clip.markers ?? []).filter(({ frame }) => frame < frameCount)
  if (markers.length > 0) clip.markers = markers
  else delete clip.markers
  clip.frameCount = frameCount
}

export function relinkClip(
  project: Project,
  { type, clip: id, footage, frameCount, rate }: CommandOf<'relink-clip'>,
): StepLabel {
  const clip = findClip(project, id)
  clip.footage = footage
  clip.rate = rate
  if (frameCount !== clip.frameCount) fitTo(clip, frameCount)
  return { kind: type, name: clip.name }
}

export function setRate(project: Project, { type, clip: id, rate }: CommandOf<'set-rate'>): StepLabel {
  const clip = findClip(project, id)
  clip.rate = rate
  clip.artistRate = rate
  return { kind: type, name: clip.name }
}

export function setInOut(project: Project, { type, clip: id, range }: CommandOf<'set-in-out'>): StepLabel {
  const clip = findClip(project, id)
  if (range) checkRange(clip, range.from, range.to)
  clip.inOut = range
  return range ? { kind: type, frame: range.from, to: range.to } : { kind: type }
}
