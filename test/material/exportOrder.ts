/** An order for an export, as the queue keeps it. */
import { neutralGrade } from '../../electron/contract/operations.ts'
import type { ExportOrder } from '../../electron/main/queue/exportOrder.ts'

/** @param asset a frozen coloring that the document names */
export const exportOrder = (id: string, orderedAt: number, asset?: string): ExportOrder => ({
  id,
  orderedAt,
  project: { title: 'Reels', path: '/projects/reel.colornn' },
  clip: {
    id: 'c',
    name: 'Reel 1',
    footage: { relativePath: null, absolutePath: '/films/reel.mkv', bytes: 1, modified: 0, hash: '0'.repeat(64) },
    frameCount: 12,
    rate: { num: 24, den: 1 },
    shots: [{ id: 's', from: 0, to: 12, look: neutralGrade }],
    cuts: 'automatic',
    frames: asset === undefined ? {} : { 3: { base: { kind: 'frozen', asset }, operations: [], pinned: true } },
    passes: [],
    locks: [],
    inOut: null,
  },
  target: `/out/${id}.mkv`,
  format: 'ffv1-mkv',
  range: { from: 2, to: 10 },
  overwrite: false,
  standing: { [`/out/${id}.mkv`]: null },
  account: {
    program: { name: 'ColoRNN Studio', version: '0.1.0' },
    filmHash: '0'.repeat(64),
    pictures: null,
    shots: [],
    pins: [],
    edits: [],
    locks: [],
  },
  originals: { files: ['/films/reel.mkv'], sequences: [], folders: [] },
})
