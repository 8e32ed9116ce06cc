import { describe, expect, it } from 'vitest'
import { asset, countingIds, smallProject, someFootage } from '../../test/material/arbitraryEdits.ts'
import { exportAccountSchema } from '../contract/exportAccount.ts'
import { neutralGrade, type Operation } from '../contract/operations.ts'
import type { ProjectCommand } from '../contract/projectCommands.ts'
import type { Project } from '../contract/projectDocument.ts'
import { runCommand } from './commands/commands.ts'
import { exportAccount } from './exportAccount.ts'

const common = { enabled: true }
const operations: readonly Operation[] = [
  {
    ...common,
    id: 'a',
    type: 'hint',
    kind: 'color',
    color: { u: -0.02, v: 0.01, named: 'n0' },
    points: [[0.1234567, 0.5]],
    radius: 0.02,
  },
  { ...common, id: 'b', enabled: false, type: 'grade', grade: { ...neutralGrade, hue: 20 } },
  { ...common, id: 'c', type: 'reference', asset: asset('3'), mode: 'take-colors', strength: 0.5 },
  {
    ...common,
    id: 'd',
    type: 'region',
    shape: { kind: 'edge-select', seeds: [[0.5, 0.5]], tolerance: 0.2 },
    inverted: false,
    feather: 0,
    adjustment: { kind: 'saturation', factor: 0.5 },
  },
]

describe('what a project says of a film that is exported', () => {
  const commands: ProjectCommand[] = [
    { type: 'pin', clip: 'c0', frame: 12, base: { kind: 'picture', asset: asset('1') } },
    { type: 'pin', clip: 'c0', frame: 4, base: { kind: 'frozen', asset: asset('2') } },
    { type: 'label-frame', clip: 'c0', frame: 4, label: 'the coat is in the museum' },
    ...operations.map((operation): ProjectCommand => ({ type: 'add-operation', clip: 'c0', frame: 7, operation })),
    { type: 'set-cuts', clip: 'c0', cuts: [10], source: 'automatic' },
  ]
  const newId = countingIds('new')
  const small = smallProject()
  const [color] = small.namedColors
  const started: Project = { ...small, namedColors: [{ ...color!, note: 'from the uniform regulations of 1910' }] }
  const project = commands.reduce((at, command) => runCommand(at, command, newId).project, started)
  const account = exportAccount(project, project.clips[0]!, new Map([[asset('1'), 'still.png']]))

  it('keeps to its schema', () => {
    expect(exportAccountSchema.parse(account)).toEqual(account)
    expect(account).toMatchObject({ filmHash: someFootage.hash, pictures: null, shots: [{ to: 10 }, { from: 10 }] })
  })

  it('names pins in order, and where their pictures come from as far as it knows', () => {
    expect(account.pins).toEqual([
      { frame: 4, kind: 'frozen', picture: null, pinned: true },
      { frame: 12, kind: 'picture', picture: { sha256: '1'.repeat(64), type: 'png', name: 'still.png' }, pinned: true },
    ])
  })

  it('has the artist’s notes, and the edits that are switched on, without where they were drawn', () => {
    expect(account.edits).toEqual([
      { frame: 4, label: 'the coat is in the museum', operations: [] },
      {
        frame: 7,
        label: null,
        operations: [
          {
            type: 'hint',
            kind: 'color',
            color: {
              u: -0.02,
              v: 0.01,
              name: 'uniform, field gray',
              note: 'from the uniform regulations of 1910',
            },
          },
          {
            type: 'reference',
            picture: { sha256: '3'.repeat(64), type: 'png', name: null },
            mode: 'take-colors',
            strength: 0.5,
          },
          { type: 'region', shape: 'edge-select', inverted: false, adjustment: 'saturation', amount: 0.5 },
        ],
      },
    ])
    expect(JSON.stringify(account)).not.toMatch(/0\.1234567|harbour/)
  })

  it('tells shots apart by all that colors them, and by nothing else', () => {
    const after = (...more: ProjectCommand[]): (string | undefined)[] => {
      const done = more.reduce((at, command) => runCommand(at, command, newId).project, project)
      return exportAccount(done, done.clips[0]!).shots.map(({ madeOf }) => madeOf)
    }
    const [first, second] = after()
    const clip = 'c0'
    const stroke = operations[0]! as Extract<Operation, { type: 'hint' }>
    const change = (operation: Operation): ProjectCommand => ({ type: 'replace-operation', clip, frame: 7, operation })
    expect(after({ type: 'label-frame', clip, frame: 7, label: 'a face' })).toEqual([first, second])
    expect(after(change({ ...stroke, points: [[0.2, 0.5]] }))).toEqual([expect.not.stringMatching(first!), second])
    const region = operations[3]! as Extract<Operation, { type: 'region' }>
    expect(after(change({ ...region, feather: 0.1 }))).toEqual([expect.not.stringMatching(first!), second])
    const frozen = { kind: 'frozen', asset: asset('5') } as const
    expect(after({ type: 'pin', clip, frame: 12, base: frozen })).toEqual([first, expect.not.stringMatching(second!)])
  })
})
