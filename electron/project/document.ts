/**
 * Making a project, and looking things up in one. A document is never changed in place: commands.ts makes the next one.
 */
import { neutralGrade } from '../contract/operations.ts'
import {
  PROJECT_FORMAT,
  PROJECT_VERSION,
  type Clip,
  type FootageLink,
  type FrameEdit,
  type FrameSpan,
  type Project,
  type Shot,
} from '../contract/projectDocument.ts'
import type { Rational } from '../contract/schemas.ts'

export function createProject(id: string, title: string): Project {
  return {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    id,
    title,
    clips: [],
    namedColors: [],
    settings: { propagateAtOnce: false },
  }
}

export interface NewClip {
  readonly id: string
  readonly shotId: string
  readonly name: string
  readonly footage: FootageLink
  readonly frameCount: number
  readonly rate: Rational
}

/** A clip is one shot until its cuts are looked for. */
export function createClip({ id, shotId, name, footage, frameCount, rate }: NewClip): Clip {
  return {
    id,
    name,
    footage,
    frameCount,
    rate,
    shots: [{ id: shotId, from: 0, to: frameCount, look: neutralGrade }],
    cuts: 'none',
    frames: {},
    passes: [],
    locks: [],
    inOut: null,
  }
}

export function untouchedFrame(): FrameEdit {
  return { base: { kind: 'automatic' }, operations: [], pinned: false }
}

/** True where nothing is left that would be worth an entry. */
export function isUntouched(edit: FrameEdit): boolean {
  return !edit.pinned && edit.base.kind === 'automatic' && edit.operations.length === 0 && !edit.label
}

/** The index of the shot that frame 'frame' lies in. The clip's shots cover all its frames. */
export function shotIndexAt(shots: readonly Pick<Shot, 'from' | 'to'>[], frame: number): number {
  let low = 0
  let high = shots.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (shots[middle]!.from <= frame) low = middle
    else high = middle - 1
  }
  return low
}

export function shotAt(clip: Pick<Clip, 'shots'>, frame: number): Shot {
  return clip.shots[shotIndexAt(clip.shots, frame)]!
}

/** The shots that keep the film's own colors. */
export function ownShots({ shots }: Pick<Clip, 'shots'>): FrameSpan[] {
  return shots.filter(({ keepsOwn }) => keepsOwn).map(({ from, to }) => ({ from, to }))
}

/** The frames of a clip that are pinned, ascending. */
export function pinsOf(clip: Pick<Clip, 'frames'>): number[] {
  const pins: number[] = []
  for (const [frame, edit] of Object.entries(clip.frames)) if (edit.pinned) pins.push(Number(frame))
  return pins.sort((a, b) => a - b)
}

/** All assets that a project refers to. */
export function assetsOf(project: Pick<Project, 'clips'>): Set<string> {
  const assets = new Set<string>()
  for (const clip of project.clips) {
    for (const edit of Object.values(clip.frames)) {
      if (edit.base.kind !== 'automatic') assets.add(edit.base.asset)
      if (edit.base.kind === 'frozen') for (const { asset } of edit.base.pictures ?? []) assets.add(asset)
      for (const operation of edit.operations) if (operation.type === 'reference') assets.add(operation.asset)
    }
    for (const { colorings, pictures = [] } of clip.locks) {
      if (colorings !== undefined) assets.add(colorings)
      for (const { asset } of pictures.flatMap((stretch) => stretch.pictures)) assets.add(asset)
    }
  }
  return assets
}
