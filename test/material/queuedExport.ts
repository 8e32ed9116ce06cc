/** An export as the queue's list has it. */
import type { ExportState, QueuedExport } from '../../electron/contract/exportQueue.ts'

export const queuedExport = (
  id: string,
  state: ExportState = 'waiting',
  changes: Partial<QueuedExport> = {},
): QueuedExport => ({
  id,
  project: 'Reels',
  clip: 'c',
  reel: 'Reel 1',
  target: `/out/${id}.mkv`,
  file: `${id}.mkv`,
  format: 'ffv1-mkv',
  range: null,
  state,
  progress: { done: 3, total: 8, framesPerSecond: 4, secondsLeft: 1 },
  notes: [],
  found: [],
  error: null,
  told: false,
  left: false,
  ...changes,
})
