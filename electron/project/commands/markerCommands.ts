/** Edits of a clip's markers. They change the draft they are given and name what they did. */
import type { CommandOf } from '../../contract/projectCommands.ts'
import type { Clip, Marker, Project } from '../../contract/projectDocument.ts'
import { sentence } from '../../contract/sentence.ts'
import type { StepLabel } from '../../contract/stepLabels.ts'
import { checkFrame, findClip, findIndex, refuse } from './refusals.ts'

const markerGone = sentence`This marker is no longer in the project.`

/** Puts a marker in its place among the others. */
function place(clip: Clip, others: readonly Marker[], marker: Marker): void {
  checkFrame(clip, marker.frame)
  if (others.some(({ frame }) => frame === marker.frame)) {
    refuse(
      sentence`Frame ${marker.frame} has a marker already.`,
      sentence`Choose another frame, or change the marker that is there.`,
    )
  }
  clip.markers = [...others, marker].sort((a, b) => a.frame - b.frame)
}

const without = (markers: readonly Marker[], index: number): Marker[] => markers.filter((_, n) => n !== index)

const named = ({ frame, name }: Marker): Omit<StepLabel, 'kind'> => ({ frame, ...(name && { name }) })

export function addMarker(project: Project, { type, clip: id, marker }: CommandOf<'add-marker'>): StepLabel {
  const clip = findClip(project, id)
  const others = clip.markers ?? []
  if (others.some((one) => one.id === marker.id)) {
    refuse(sentence`This marker is in the project already.`, sentence`Choose another frame for a new one.`)
  }
  place(clip, others, marker)
  return { kind: type, ...named(marker) }
}

export function changeMarker(project: Project, { type, clip: id, marker }: CommandOf<'change-marker'>): StepLabel {
  const clip = findClip(project, id)
  const markers = clip.markers ?? []
  const index = findIndex(markers, marker.id, markerGone)
  place(clip, without(markers, index), marker)
  return { kind: type, ...named(marker) }
}

export function removeMarker(project: Project, { type, clip: id, marker }: CommandOf<'remove-marker'>): StepLabel {
  const clip = findClip(project, id)
  const markers = clip.markers ?? []
  const index = findIndex(markers, marker, markerGone)
  const removed = markers[index]!
  if (markers.length > 1) clip.markers = without(markers, index)
  else delete clip.markers
  return { kind: type, ...named(removed) }
}
