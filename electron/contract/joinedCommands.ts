/**
 * Two commands that follow each other in one edit, as one that does the same; so a drag costs no more than where it
 * leads.
 */
import type { ProjectCommand } from './projectCommands.ts'

/** Null where both are needed. Neither is altered. */
export function joinedCommands(first: ProjectCommand, second: ProjectCommand): ProjectCommand | null {
  if (first.type === 'move-cut' && second.type === 'move-cut') {
    return first.clip === second.clip && first.to === second.at ? { ...second, at: first.at } : null
  }
  if (first.type === 'extend-stroke' && second.type === 'extend-stroke') {
    const sameStroke =
      first.clip === second.clip && first.frame === second.frame && first.operation === second.operation
    return sameStroke ? { ...second, points: [...first.points, ...second.points] } : null
  }
  return replaces(first, second) ? second : null
}

/** Does the second set all that the first has set, and nothing else? */
function replaces(first: ProjectCommand, second: ProjectCommand): boolean {
  if (first.type === 'replace-operation' && second.type === 'replace-operation') {
    return first.clip === second.clip && first.frame === second.frame && first.operation.id === second.operation.id
  }
  if (first.type === 'set-look' && second.type === 'set-look')
    return first.clip === second.clip && first.shot === second.shot
  if (first.type === 'set-in-out' && second.type === 'set-in-out') return first.clip === second.clip
  if (first.type === 'change-marker' && second.type === 'change-marker')
    return first.clip === second.clip && first.marker.id === second.marker.id
  if (first.type === 'change-named-color' && second.type === 'change-named-color')
    return first.color.id === second.color.id
  return false
}
