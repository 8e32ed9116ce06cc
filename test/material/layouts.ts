/**
 * Documents for the engine, as short as tests want them: made by the project's own commands and planned by its own
 * rule.
 */
import { createHash } from 'node:crypto'
import type { FilmEdits, FilmLayout, FrameColoring, PlannedSegment } from '../../electron/contract/filmEdits.ts'
import type { HintOperation, Operation } from '../../electron/contract/operations.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import { runCommand } from '../../electron/project/commands/commands.ts'
import { createProject } from '../../electron/project/document.ts'
import { wantedSegments } from '../../electron/project/passes/filmEdits.ts'

export interface Sketch {
  readonly frameCount: number
  /** First frames of shots. */
  readonly cuts?: readonly number[]
  /** Which of the shots are dissolves or wipes. */
  readonly transitions?: readonly FrameRange[]
  /** Frame -> what stands for the pin's coloring in the keys. */
  readonly pins?: Readonly<Record<number, string>>
}

const footage = { relativePath: null, absolutePath: '/film.mkv', bytes: 1, modified: 0, hash: '0'.repeat(64) }

/** Every stretch is wanted as it would be between its pins. */
export function wantedBy({ frameCount, cuts = [], transitions = [], pins = {} }: Sketch): PlannedSegment[] {
  const commands: ProjectCommand[] = [
    { type: 'add-clip', clip: 'c', name: 'Film', footage, frameCount, rate: { num: 24, den: 1 } },
    { type: 'set-cuts', clip: 'c', cuts: [...cuts], transitions: [...transitions], source: 'automatic' },
    ...Object.entries(pins).map(([frame, coloring]): ProjectCommand => {
      const asset = `${createHash('sha256').update(coloring).digest('hex')}.png`
      return { type: 'pin', clip: 'c', frame: Number(frame), base: { kind: 'picture', asset } }
    }),
  ]
  let ids = 0
  const project = commands.reduce(
    (before, command) => runCommand(before, command, () => `id ${++ids}`).project,
    createProject('p', 'Test'),
  )
  return wantedSegments(project.clips[0]!).map(({ mode: _, ...segment }) => segment)
}

/** Shows what was wanted by `shown`, wants what `wanted` says. */
export function layoutOf(
  shown: readonly PlannedSegment[],
  wanted: readonly PlannedSegment[],
  more: Partial<FilmLayout> = {},
): FilmLayout {
  return {
    shown: shown.filter(({ kind }) => kind !== 'pin').map(({ from, to, key }) => ({ from, to, key })),
    wanted,
    looks: [],
    regionLocks: [],
    locked: {},
    ...more,
  }
}

export function editsOf(
  layout: FilmLayout | undefined,
  frames: Readonly<Record<number, Partial<FrameColoring> | null>> = {},
  more: Partial<FilmEdits> = {},
): FilmEdits {
  const colorings = Object.entries(frames).map(
    ([frame, coloring]) =>
      [
        Number(frame),
        coloring &&
          ({ base: { kind: 'automatic' }, operations: [], pinned: false, ...coloring } satisfies FrameColoring),
      ] as const,
  )
  return { complete: false, frames: colorings, pictures: {}, ...(layout && { layout }), ...more }
}

export function stroke(u: number, v: number, more: Partial<HintOperation> = {}): HintOperation {
  return {
    id: `stroke ${u} ${v}`,
    enabled: true,
    type: 'hint',
    kind: 'color',
    color: { u, v },
    points: [
      [0.3, 0.3],
      [0.6, 0.4],
    ],
    radius: 0.05,
    ...more,
  }
}

/** One of every kind. */
export function everyOperation(asset: string): Operation[] {
  return [
    stroke(0.2, -0.1),
    stroke(0, 0, { id: 'neutral', kind: 'neutral', points: [[0.8, 0.8]] }),
    {
      id: 'region',
      enabled: true,
      type: 'region',
      shape: {
        kind: 'lasso',
        points: [
          [0.1, 0.1],
          [0.5, 0.1],
          [0.4, 0.6],
        ],
      },
      inverted: false,
      feather: 0.05,
      adjustment: { kind: 'hue', degrees: 90 },
    },
    {
      id: 'edge',
      enabled: true,
      type: 'region',
      shape: { kind: 'edge-select', seeds: [[0.7, 0.5]], tolerance: 0.2 },
      inverted: false,
      feather: 0,
      adjustment: { kind: 'warmth', amount: 0.7 },
    },
    {
      id: 'grade',
      enabled: true,
      type: 'grade',
      grade: {
        saturation: 1.5,
        temperature: 0.2,
        tint: -0.1,
        hue: 15,
        shadowNeutrality: 0.5,
        highlightNeutrality: 0.5,
      },
    },
    { id: 'reference', enabled: true, type: 'reference', asset, mode: 'take-colors', strength: 0.5 },
  ]
}
