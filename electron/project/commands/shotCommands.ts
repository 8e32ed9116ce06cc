/** Edits of cuts and of the looks of shots. Every one leaves the shots in order and without gaps. */
import type { FoundShots } from '../../contract/foundShots.ts'
import type { CommandOf, ProjectCommand } from '../../contract/projectCommands.ts'
import type { Clip, Project, Shot } from '../../contract/projectDocument.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import {
  giveAllEarly,
  giveEarly,
  hasUnsaidCuts,
  sayAll,
  sayCut,
  sayEarly,
  startsOf,
  withEarlyLooks,
  withOwnCuts,
} from './cutsByHand.ts'
import { shotAt, shotIndexAt } from '../document.ts'
import { checkFrame, findClip, findIndex, refuse } from './refusals.ts'
import { markedShots } from '../shotMarks.ts'
import { sentence } from '../../contract/sentence.ts'

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
  delete clip.givenEarly
}

/**
 * The step that gives a clip cuts which the artist has had looked for although it has some: those made by hand are laid
 * over what was found. Null where they are the same, or where the clip has another film since.
 * @param before the clip when the search began
 */
export function cutsStep(before: Clip, now: Clip, { at, transitions, colored }: FoundShots): ProjectCommand | null {
  if (now.footage.hash !== before.footage.hash || `${startsOf(now)}` === `${withOwnCuts(now, at)}`) return null
  const isByHand = (frame: number): boolean => now.cutsByHand?.[frame] === true
  // A transition whose border was moved is one still.
  const moved = now.shots.filter(({ from, to, transition }) => transition && (isByHand(from) || isByHand(to)))
  const spans = [...transitions, ...moved.map(({ from, to }) => ({ from, to }))]
  return { type: 'set-cuts', clip: before.id, cuts: at, transitions: spans, colored, source: 'automatic' }
}

/** The index of the shot that begins at 'at'; there must be a shot before it. */
function cutIndex(shots: readonly Shot[], at: number): number {
  const index = shots.findIndex((shot) => shot.from === at)
  return index > 0
    ? index
    : refuse(sentence`There is no cut at frame ${at}.`, sentence`Choose the first frame of a shot.`)
}

/** Cuts that come and go. */
function changed(before: readonly number[], after: readonly number[]): [at: number, isCut: boolean][] {
  const [was, is] = [new Set(before), new Set(after)]
  return [
    ...before.filter((at) => !is.has(at)).map((at): [number, boolean] => [at, false]),
    ...after.filter((at) => !was.has(at)).map((at): [number, boolean] => [at, true]),
  ]
}

/** Cuts that are made before any were found wait for those. */
function setEdited(clip: Clip): void {
  if (clip.cuts !== 'none') clip.cuts = 'edited'
}

export function setCuts(project: Project, command: CommandOf<'set-cuts'>, newId: () => string): StepLabel {
  const { type, clip: id, cuts, transitions = [], colored = [], source } = command
  const clip = findClip(project, id)
  const given = [...new Set(cuts)].filter((cut) => cut > 0).sort((a, b) => a - b)
  if (given.length > 0) checkFrame(clip, given.at(-1)!)
  const before = startsOf(clip)
  const starts = source === 'automatic' ? withOwnCuts(clip, given) : given
  if (source === 'edited') for (const [at, isCut] of changed(before, starts)) sayCut(clip, at, isCut)
  else if (hasUnsaidCuts(clip)) {
    const found = new Set(given)
    sayAll(
      clip,
      before.filter((at) => !found.has(at)),
    )
  }
  const bounds = [0, ...starts, clip.frameCount]
  const shots = bounds.slice(0, -1).map((from, index): Shot => {
    const old = shotAt(clip, from)
    return { ...old, id: old.from === from ? old.id : newId(), from, to: bounds[index + 1]! }
  })
  clip.shots = markedShots(withEarlyLooks(shots, clip.givenEarly), { transitions, colored })
  clip.cuts = source
  delete clip.givenEarly
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
  sayCut(clip, at, true)
  clip.shots.splice(index + 1, 0, { ...shot, id: newId(), from: at })
  shot.to = at
  setEdited(clip)
  return { kind: type, frame: at }
}

export function joinShots(project: Project, { type, clip: id, at }: CommandOf<'join-shots'>): StepLabel {
  const clip = findClip(project, id)
  const index = cutIndex(clip.shots, at)
  const [before, after] = [clip.shots[index - 1]!, clip.shots[index]!]
  sayCut(clip, at, false)
  before.to = after.to
  if (!after.transition) delete before.transition
  clip.shots.splice(index, 1)
  setEdited(clip)
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
  sayCut(clip, at, false)
  sayCut(clip, to, true)
  before.to = to
  after.from = to
  setEdited(clip)
  return { kind: type, frame: at, to }
}

/** Whether it is said which of the shots is meant that are still to be found in this one. */
function isWithin({ from, to }: Shot, frame: number | undefined): frame is number {
  return frame !== undefined && frame >= from && frame < to
}

/** Gives something to shots that are still to be found: to the one around a frame, or to all that come of this one. */
function giveBefore(
  clip: Clip,
  shot: Shot,
  frame: number | undefined,
  what: Parameters<typeof sayEarly>[1],
  given: Parameters<typeof giveEarly>[2],
): void {
  sayEarly(clip, what)
  if (isWithin(shot, frame)) giveEarly(clip, frame, given)
  else if (clip.givenEarly) giveAllEarly(clip, shot, given)
}

export function setLook(
  project: Project,
  { type, clip: id, shot: shotId, look, frame }: CommandOf<'set-look'>,
): StepLabel {
  const clip = findClip(project, id)
  const shot = clip.shots[findIndex(clip.shots, shotId, shotGone)]!
  if (clip.cuts === 'none') giveBefore(clip, shot, frame, 'look', { look })
  shot.look = look
  return { kind: type, frame: shot.from, to: shot.to }
}

export function keepOwnColors(
  project: Project,
  { type, clip: id, shot: shotId, keep, frame }: CommandOf<'keep-own-colors'>,
): StepLabel {
  const clip = findClip(project, id)
  const shot = clip.shots[findIndex(clip.shots, shotId, shotGone)]!
  if (clip.cuts === 'none') giveBefore(clip, shot, frame, 'keepsOwn', { keepsOwn: keep })
  if (keep) shot.keepsOwn = true
  else delete shot.keepsOwn
  return { kind: type, frame: shot.from, to: shot.to }
}
