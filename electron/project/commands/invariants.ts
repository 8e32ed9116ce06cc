/**
 * What holds of every project beyond the shapes of its records. Every command keeps it; a file that breaks it is
 * damaged.
 */
import { projectSchema, type Clip, type Project } from '../../contract/projectDocument.ts'
import { isUntouched } from '../document.ts'

function unique(what: string, ids: readonly string[]): string[] {
  return new Set(ids).size === ids.length ? [] : [`two ${what} have one id`]
}

interface Span {
  readonly from: number
  readonly to: number
}

function inOrder(what: string, spans: readonly Span[], frameCount: number): string[] {
  const problems: string[] = []
  let end = 0
  for (const { from, to } of spans) {
    if (from >= to) problems.push(`${what} [${from}, ${to}) is empty`)
    if (from < end) problems.push(`${what} [${from}, ${to}) overlaps the one before`)
    if (to > frameCount) problems.push(`${what} [${from}, ${to}) goes beyond the end`)
    end = Math.max(end, to)
  }
  return problems
}

function clipProblems(clip: Clip): string[] {
  const problems = [
    ...inOrder('shot', clip.shots, clip.frameCount),
    ...inOrder('pass', clip.passes, clip.frameCount),
    ...unique(
      'shots',
      clip.shots.map((shot) => shot.id),
    ),
    ...unique(
      'locks',
      clip.locks.map((lock) => lock.id),
    ),
  ]
  if (clip.shots[0]?.from !== 0) problems.push('the first shot does not begin with the clip')
  if (clip.shots.at(-1)?.to !== clip.frameCount) problems.push('the last shot does not end with the clip')
  for (let index = 1; index < clip.shots.length; index++) {
    if (clip.shots[index]!.from !== clip.shots[index - 1]!.to)
      problems.push(`a gap before frame ${clip.shots[index]!.from}`)
  }
  for (const lock of clip.locks) {
    problems.push(...inOrder('lock', [lock], clip.frameCount))
    problems.push(...inOrder('stretch of pictures of a lock', lock.pictures ?? [], clip.frameCount))
  }
  if (clip.inOut) problems.push(...inOrder('in/out range', [clip.inOut], clip.frameCount))
  const said = [...Object.keys(clip.cutsByHand ?? {}).map(Number), ...(clip.givenEarly ?? []).map(({ frame }) => frame)]
  if (said.some((frame) => frame >= clip.frameCount)) problems.push('a cut or look by hand lies beyond the end')
  const markers = clip.markers ?? []
  problems.push(
    ...inOrder(
      'marker',
      markers.map(({ frame }) => ({ from: frame, to: frame + 1 })),
      clip.frameCount,
    ),
    ...unique(
      'markers',
      markers.map((marker) => marker.id),
    ),
  )
  for (const [frame, edit] of Object.entries(clip.frames)) {
    if (Number(frame) >= clip.frameCount) problems.push(`frame ${frame} lies beyond the end`)
    if (edit.pinned && edit.base.kind === 'automatic')
      problems.push(`the pin at frame ${frame} has no coloring of its own`)
    if (isUntouched(edit)) problems.push(`frame ${frame} has an entry that says nothing`)
    problems.push(
      ...unique(
        `operations of frame ${frame}`,
        edit.operations.map((operation) => operation.id),
      ),
    )
  }
  return problems.map((problem) => `${clip.name}: ${problem}`)
}

/** Everything that is wrong with a project of the right shape; empty where all is well. */
function problemsOf(project: Project): string[] {
  return [
    ...unique(
      'clips',
      project.clips.map((clip) => clip.id),
    ),
    ...unique(
      'named colors',
      project.namedColors.map((color) => color.id),
    ),
    ...project.clips.flatMap(clipProblems),
  ]
}

/** Checks shape and invariants of anything. Throws an Error that names the first problems. */
export function checkProject(value: unknown): Project {
  const parsed = projectSchema.safeParse(value)
  if (!parsed.success) {
    const first = parsed.error.issues.slice(0, 3)
    throw new Error(first.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  }
  const problems = problemsOf(parsed.data)
  if (problems.length > 0) throw new Error(problems.slice(0, 3).join('; '))
  return parsed.data
}

/** Checks only what differs between two documents, of which the first was sound. Throws as checkProject does. */
export function checkChange(before: Project, after: Project): void {
  const known = new Map(before.clips.map((clip) => [clip.id, clip]))
  const changed = after.clips.filter((clip) => known.get(clip.id) !== clip)
  // Frames that are the same objects were sound before; they still have to lie within the clip.
  const parts = changed.map((clip) => {
    const old = known.get(clip.id)
    if (!old || old.frameCount !== clip.frameCount) return clip
    return {
      ...clip,
      frames: Object.fromEntries(Object.entries(clip.frames).filter(([frame, edit]) => old.frames[frame] !== edit)),
    }
  })
  checkProject({ ...after, clips: parts })
  const problems = unique(
    'clips',
    after.clips.map((clip) => clip.id),
  )
  if (problems.length > 0) throw new Error(problems.join('; '))
}
