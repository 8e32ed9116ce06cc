/** Random edits of a small project: sensible and senseless ones, for property tests of the editing model. */
import fc from 'fast-check'
import type { Finding } from '../../electron/contract/findings.ts'
import type { ChromaColor, Operation, RegionShape, StrokePoint } from '../../electron/contract/operations.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import {
  markerColors,
  type FootageLink,
  type FrameBase,
  type Project,
} from '../../electron/contract/projectDocument.ts'
import { runCommand } from '../../electron/project/commands/commands.ts'
import { createProject } from '../../electron/project/document.ts'

export const FRAMES = 40

export function countingIds(prefix = 'id'): () => string {
  let count = 0
  return () => `${prefix}-${++count}`
}

export const someFootage: FootageLink = {
  relativePath: 'films/harbour.mkv',
  absolutePath: '/films/harbour.mkv',
  bytes: 123_456,
  modified: 1_700_000_000_000,
  hash: 'ab'.repeat(32),
}

/** Two clips of 40 frames, one named color. */
export function smallProject(newId = countingIds('start')): Project {
  let project = createProject('project-1', 'Harbour')
  const commands: ProjectCommand[] = [
    {
      type: 'add-clip',
      clip: 'c0',
      name: 'Reel 1',
      footage: someFootage,
      frameCount: FRAMES,
      rate: { num: 24, den: 1 },
    },
    {
      type: 'add-clip',
      clip: 'c1',
      name: 'Reel 2',
      footage: { ...someFootage, hash: 'cd'.repeat(32) },
      frameCount: FRAMES,
      rate: { num: 18, den: 1 },
    },
    { type: 'add-named-color', color: { id: 'n0', name: 'uniform, field gray', u: -0.02, v: 0.01 } },
  ]
  for (const command of commands) project = runCommand(project, command, newId).project
  return project
}

export const asset = (digit: string): string => `${digit.repeat(64)}.png`

const clip = fc.constantFrom('c0', 'c0', 'c1', 'c2')
const frame = fc.integer({ min: 0, max: FRAMES + 2 })
const markerId = fc.constantFrom('m0', 'm1', 'm2')
const marker = fc.record({
  id: markerId,
  frame,
  name: fc.constantFrom('', 'scratch'),
  color: fc.constantFrom(...markerColors),
})
const base: fc.Arbitrary<FrameBase> = fc.oneof(
  fc.constant<FrameBase>({ kind: 'automatic' }),
  fc.record({
    kind: fc.constantFrom('picture' as const, 'frozen' as const),
    asset: fc.constantFrom(asset('1'), asset('2')),
  }),
)
const chroma = fc.double({ min: -0.5, max: 0.5, noNaN: true }).map((value) => (value === 0 ? 0 : value))
const color: fc.Arbitrary<ChromaColor> = fc.oneof(
  fc.record({ u: chroma, v: chroma }),
  fc.record({ u: chroma, v: chroma, named: fc.constantFrom('n0', 'n1') }),
)
const grade = fc.record({
  saturation: fc.constantFrom(0, 0.5, 1, 2),
  temperature: fc.constantFrom(-0.5, 0, 0.5),
  tint: fc.constant(0),
  hue: fc.constantFrom(0, 30),
  shadowNeutrality: fc.constant(0),
  highlightNeutrality: fc.constant(0),
})
const operationId = fc.constantFrom('o0', 'o1', 'o2')
const common = { id: operationId, enabled: fc.boolean() }
export const arbitraryOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    ...common,
    type: fc.constant('hint' as const),
    kind: fc.constantFrom('color' as const, 'neutral' as const, 'erase' as const),
    color,
    points: fc.array(
      fc.tuple(fc.constantFrom(0, 0.5, 1), fc.constantFrom(0.25, 0.75)).map(([x, y]): StrokePoint => [x, y]),
      { minLength: 1, maxLength: 4 },
    ),
    radius: fc.constantFrom(0.01, 0.1),
  }),
  fc.record({
    ...common,
    type: fc.constant('region' as const),
    shape: fc.constant<RegionShape>({ kind: 'edge-select', seeds: [[0.5, 0.5]], tolerance: 0.1 }),
    inverted: fc.boolean(),
    feather: fc.constant(0.02),
    adjustment: fc.oneof(
      fc.record({ kind: fc.constant('recolor' as const), color, strength: fc.constant(1), variation: fc.constant(1) }),
      fc.record({ kind: fc.constant('neutralize' as const), amount: fc.constantFrom(0, 1) }),
    ),
  }),
  fc.record({ ...common, type: fc.constant('grade' as const), grade }),
  fc.record({
    ...common,
    type: fc.constant('reference' as const),
    asset: fc.constantFrom(asset('3'), asset('4')),
    mode: fc.constantFrom('replace' as const, 'take-colors' as const),
    strength: fc.constant(1),
  }),
)
const range = fc.tuple(frame, frame)
const is = <const T extends string>(type: T): fc.Arbitrary<T> => fc.constant(type)
const maybeBase = fc.oneof(
  base.map((value) => ({ base: value })),
  fc.constant({}),
)
const namedColor = fc.record({
  id: fc.constantFrom('n0', 'n1'),
  name: fc.constantFrom('skin', 'sea'),
  u: chroma,
  v: chroma,
})

const shotId = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((n) => `new-${n}`),
  fc.constantFrom('start-1', 'start-2'),
)

export const arbitraryCommand: fc.Arbitrary<ProjectCommand> = fc.oneof(
  fc.record({ type: is('rename-project'), title: fc.constantFrom('Harbour', 'Regatta') }),
  fc.record({ type: is('change-settings'), settings: fc.record({ propagateAtOnce: fc.boolean() }) }),
  fc.record({
    type: is('add-clip'),
    clip,
    name: fc.constant('Reel'),
    footage: fc.constant(someFootage),
    frameCount: fc.integer({ min: 1, max: FRAMES }),
    rate: fc.constant({ num: 25, den: 1 }),
  }),
  fc.record({ type: is('remove-clip'), clip: fc.constantFrom('c1', 'c2') }),
  fc.record({ type: is('rename-clip'), clip, name: fc.constantFrom('Reel 1', 'Reel 9') }),
  fc.record({ type: is('move-clip'), clip, index: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ type: is('set-rate'), clip, rate: fc.constantFrom({ num: 16, den: 1 }, { num: 24000, den: 1001 }) }),
  fc.record({
    type: is('relink-clip'),
    clip,
    footage: fc.constant(someFootage),
    frameCount: fc.integer({ min: 20, max: FRAMES + 5 }),
    rate: fc.constant({ num: 24, den: 1 }),
  }),
  fc.record({ type: is('set-in-out'), clip, range: fc.option(range.map(([from, to]) => ({ from, to }))) }),
  fc.record({
    type: is('set-cuts'),
    clip,
    cuts: fc.array(frame, { maxLength: 6 }),
    source: fc.constantFrom('automatic' as const, 'edited' as const),
  }),
  fc.record({ type: is('split-shot'), clip, at: frame }),
  fc.record({ type: is('split-shot'), clip, at: frame }),
  fc.record({ type: is('join-shots'), clip, at: frame }),
  fc.record({ type: is('move-cut'), clip, at: frame, to: frame }),
  fc.record({ type: is('set-look'), clip, shot: shotId, look: grade }),
  fc.record({ type: is('set-look'), clip, shot: shotId, look: grade, frame }),
  fc.record({ type: is('keep-own-colors'), clip, shot: shotId, keep: fc.boolean(), frame }),
  fc.record({ type: is('add-operation'), clip, frame, operation: arbitraryOperation }),
  fc.record({
    type: is('add-operation'),
    clip,
    frame,
    operation: arbitraryOperation,
    index: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({ type: is('replace-operation'), clip, frame, operation: arbitraryOperation }),
  fc.record({
    type: is('extend-stroke'),
    clip,
    frame,
    operation: operationId,
    points: fc.constant<StrokePoint[]>([
      [0.1, 0.2],
      [0.3, 0.4, 0.5],
    ]),
  }),
  fc.record({ type: is('remove-operation'), clip, frame, operation: operationId }),
  fc.record({ type: is('move-operation'), clip, frame, operation: operationId, index: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ type: is('clear-frame'), clip, frame }),
  range.chain(([from, to]) =>
    fc.record({ type: is('copy-operations'), clip, from: fc.constant(from), to: fc.constant(to) }),
  ),
  fc.record({ type: is('set-base'), clip, frame, base }),
  fc.record({ type: is('label-frame'), clip, frame, label: fc.constantFrom('', 'too green') }),
  fc.tuple(clip, frame, maybeBase).map(([id, at, extra]) => ({ type: 'pin' as const, clip: id, frame: at, ...extra })),
  fc.tuple(clip, frame, maybeBase).map(([id, at, extra]) => ({ type: 'pin' as const, clip: id, frame: at, ...extra })),
  fc.record({ type: is('unpin'), clip, frame, keepColoring: fc.boolean() }),
  fc
    .tuple(clip, range, maybeBase)
    .map(([id, [from, to], extra]) => ({ type: 'move-pin' as const, clip: id, from, to, ...extra })),
  fc
    .tuple(clip, range, maybeBase)
    .map(([id, [from, to], extra]) => ({ type: 'copy-pin' as const, clip: id, from, to, ...extra })),
  fc.tuple(clip, range, fc.boolean(), fc.option(frame)).map(([id, [from, to], whole, pin]) => ({
    type: 'add-lock' as const,
    clip: id,
    lock: {
      id: `lock-${from}-${to}`,
      from,
      to,
      colorings: `${'c'.repeat(64)}.colors`,
      ...(pin !== null && { pictures: [{ from, to, pictures: [{ frame: pin, asset: asset('b') }] }] }),
      region: whole
        ? null
        : {
            shape: {
              kind: 'lasso' as const,
              points: [
                [0, 0],
                [1, 0],
                [0, 1],
              ] as [number, number][],
            },
            inverted: false,
            feather: 0,
          },
    },
  })),
  range.map(([from, to]) => ({ type: 'remove-lock' as const, clip: 'c0', lock: `lock-${from}-${to}` })),
  fc.record({ type: is('add-marker'), clip, marker }),
  fc.record({ type: is('add-marker'), clip, marker }),
  fc.record({ type: is('change-marker'), clip, marker }),
  fc.record({ type: is('remove-marker'), clip, marker: markerId }),
  fc.record({ type: is('add-named-color'), color: namedColor }),
  fc.record({ type: is('change-named-color'), color: namedColor }),
  fc.record({ type: is('remove-named-color'), color: fc.constantFrom('n0', 'n1') }),
)

/** What the program may find out about these clips while the artist is at work. */
export const arbitraryFinding: fc.Arbitrary<Finding> = fc.oneof(
  fc
    .tuple(
      clip,
      fc.integer({ min: 0, max: FRAMES - 1 }),
      fc.integer({ min: 1, max: FRAMES }),
      fc.constantFrom('a', 'b', 'c'),
    )
    .map(([id, from, length, key]): Finding => ({
      kind: 'colored',
      clip: id,
      results: [{ from, to: Math.min(FRAMES, from + length), mode: 'between', key }],
    })),
  fc
    .tuple(clip, fc.uniqueArray(fc.integer({ min: 1, max: FRAMES - 1 }), { maxLength: 4 }), fc.constantFrom('ab', 'cd'))
    .map(([id, unsorted, hash]): Finding => {
      const at = [...unsorted].sort((a, b) => a - b)
      const [first, second] = at
      return {
        kind: 'cuts',
        clip: id,
        film: hash.repeat(32),
        at,
        transitions: first !== undefined && second !== undefined ? [{ from: first, to: second }] : [],
        colored: first === undefined ? [] : [{ from: 0, to: first, kind: 'color' }],
      }
    }),
)
