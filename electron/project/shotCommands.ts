/** Edits of cuts and of the looks of shots. Every one leaves the shots in order and without gaps. */
import type { FoundShots } from '../contract/foundShots.ts'
import type { CommandOf, ProjectCommand } from '../contract/projectCommands.ts'
import type { Clip, Project, Shot } from '../contract/projectDocument.ts'
import type { StepLabel } from '../contract/stepLabels.ts'
import { shotAt, shotIndexAt } from './document.ts'
import { checkFrame, findClip, findIndex, refuse } from './refusals.ts'
import { markedShots } from './shotMarks.ts'
import { sentence } from '../contract/sentence.ts'

const shotGone = sentence`This shot is no longer there.`

const ofShots = ['set-cuts', 'split-shot', 'join-shots', 'move-cut', 'set-look', 'keep-own-colors'] as const

export function concernShots(command: ProjectCommand): command is CommandOf<(typeof ofShots)[number]> {
  return (ofShots as readonly string[]).includes(command.type)
}

/** Shots that the program has found become the artist's own with the first edit of one of them. */
export function takeOverShots(project: Project, id: string, seen: Project): void {
  const clip = project.clips.find((each) => each.id === id)
  const found = seen.clips.find((each) => each.id === id)
  if (!clip || !found || clip.cuts !== 'none' || found.cuts === 'none') return
  clip.shots = found.shots.map((shot) => ({ ...shot }))
  clip.cuts = found.cuts
}

const startsOf = (clip: Clip): number[] => clip.shots.map(({ from }) => from)

/**
 * The step that gives a clip cuts which the artist has had looked for although there were cuts of their own; null where
 * they are the same, or where somebody has touched the cuts or the film since.
 * @param before the clip when the search began
 */
export function cutsStep(before: Clip, now: Clip, { at, transitions, colored }: FoundShots): ProjectCommand | null {
  const isUntouched =
    now.footage.hash === before.footage.hash && now.cuts === before.cuts && `${startsOf(now)}` === `${startsOf(before)}`
  if (!isUntouched || `${startsOf(now)}` === `${[0, ...at]}`) return null
  return { type: 'set-cuts', clip: before.id, cuts: at, transitions, colored, source: 'automatic' }
}

/** The index of the shot that begins at 'at'; there must be a shot before it. */
function cutIndex(shots: readonly Shot[], at: number): number {
  const index = shots.findIndex((shot) => shot.from === at)
  return index > 0
    ? index
    : refuse(sentence`There is no cut at frame ${at}.`, sentence`Choose the first frame of a shot.`)
}

export function setCuts(project: Project, command: CommandOf<'set-cuts'>, newId: () => string): StepLabel {
  const { type, clip: id, cuts, transitions = [], colored = [], source } = command
  const clip = findClip(project, id)
  const starts = [...new Set(cuts)].filter((cut) => cut > 0).sort((a, b) => a - b)
  if (starts.length > 0) checkFrame(clip, starts.at(-1)!)
  const bounds = [0, ...starts, clip.frameCount]
  const shots = bounds.slice(0, -1).map((from, index): Shot => {
    const old = shotAt(clip, from)
    return { ...old, id: old.from === from ? old.id : newId(), from, to: bounds[index + 1]! }
  })
  clip.shots = markedShots(shots, { transitions, colored })
  clip.cuts = source
  return { kind: type, name: clip.name, count: clip.shots.length }
}

export function splitShot(
  project: Project,
  { type, clip: id, at }: CommandOf<'split-shot'>,
  newId: () => string,
): StepLabel {
  const clip = findClip(project, id)
  checkFrame(clip, at)
  const index = shotIndexAt(clip.shots, at)
  const shot = clip.shots[index]!
  if (shot.from === at) refuse(sentence`A shot begins at frame ${at} already.`, sentence`Choose a frame inside a shot.`)
  clip.shots.splice(index + 1, 0, { ...shot, id: newId(), from: at })
  shot.to = at
  clip.cuts = 'edited'
  return { kind: type, frame: at }
}

export function joinShots(project: Project, { type, clip: id, at }: CommandOf<'join-shots'>): StepLabel {
  const clip = findClip(project, id)
  const index = cutIndex(clip.shots, at)
  const [before, after] = [clip.shots[index - 1]!, clip.shots[index]!]
  before.to = after.to
  if (!after.transition) delete before.transition
  clip.shots.splice(index, 1)
  clip.cuts = 'edited'
  return { kind: type, frame: at }
}

export function moveCut(project: Project, { type, clip: id, at, to }: CommandOf<'move-cut'>): StepLabel {
  const clip = findClip(project, id)
  const index = cutIndex(clip.shots, at)
  const before = clip.shots[index - 1]!
  const after = clip.shots[index]!
  if (to <= before.from || to >= after.to) {
    refuse(
      sentence`A cut can not be moved past the next one.`,
      sentence`Move it to a frame from ${before.from + 1} to ${after.to - 1}, or join the shots.`,
    )
  }
  before.to = to
  after.from = to
  clip.cuts = 'edited'
  return { kind: type, frame: at, to }
}

export function setLook(project: Project, { type, clip: id, shot: shotId, look }: CommandOf<'set-look'>): StepLabel {
  const clip = findClip(project, id)
  const shot = clip.shots[findIndex(clip.shots, shotId, shotGone)]!
  shot.look = look
  return { kind: type, frame: shot.from, to: shot.to }
}

export function keepOwnColors(
  project: Project,
  { type, clip: id, shot: shotId, keep }: CommandOf<'keep-own-colors'>,
): StepLabel {
  const clip = findClip(project, id)
  const shot = clip.shots[findIndex(clip.shots, shotId, shotGone)]!
  if (keep) shot.keepsOwn = true
  else delete shot.keepsOwn
  return { kind: type, frame: shot.from, to: shot.to }
}
