/** What a project says of a film that is exported (contract/exportAccount.ts). Pure. */
import type { AccountedOperation, AccountedPin, ExportAccount } from '../contract/exportAccount.ts'
import { program } from '../contract/program.ts'
import type { AssetId, ChromaColor, Operation } from '../contract/operations.ts'
import type { Clip, FrameEdit, NamedColor, Project, Shot } from '../contract/projectDocument.ts'
import { PICTURE_DIGITS } from '../content/filmIdentity.ts'
import { changesNothing } from './filmEdits.ts'

type Picture = NonNullable<AccountedPin['picture']>

/** What tells the parts of a document apart that are named by ids alone. */
interface Names {
  readonly colors: ReadonlyMap<string, NamedColor>
  readonly pictures: ReadonlyMap<AssetId, string>
}

function pictureOf(asset: AssetId, { pictures }: Names): Picture {
  const [sha256 = '', type = ''] = asset.split('.')
  return { sha256, type, name: pictures.get(asset) ?? null }
}

function colorOf(
  { u, v, named }: ChromaColor,
  { colors }: Names,
): NonNullable<Extract<AccountedOperation, { type: 'hint' }>['color']> {
  const color = named === undefined ? undefined : colors.get(named)
  return { u, v, ...(color && { name: color.name }), ...(color?.note && { note: color.note }) }
}

function operationOf(operation: Operation, names: Names): AccountedOperation {
  switch (operation.type) {
    case 'hint':
      return {
        type: 'hint',
        kind: operation.kind,
        ...(operation.kind === 'color' && { color: colorOf(operation.color, names) }),
      }
    case 'region': {
      const { shape, inverted, adjustment } = operation
      const head = { type: 'region', shape: shape.kind, inverted, adjustment: adjustment.kind } as const
      switch (adjustment.kind) {
        case 'recolor':
          return { ...head, color: colorOf(adjustment.color, names), amount: adjustment.strength }
        case 'hue':
          return { ...head, amount: adjustment.degrees }
        case 'saturation':
          return { ...head, amount: adjustment.factor }
        default:
          return { ...head, amount: adjustment.amount }
      }
    }
    case 'grade':
      return { type: 'grade', grade: operation.grade }
    case 'reference':
      return {
        type: 'reference',
        picture: pictureOf(operation.asset, names),
        mode: operation.mode,
        strength: operation.strength,
      }
  }
}

function pinsOf(frame: number, { base, pinned }: FrameEdit, names: Names): AccountedPin[] {
  if (base.kind === 'automatic') return []
  const picture = base.kind === 'picture' ? pictureOf(base.asset, names) : null
  return [{ frame, kind: base.kind, picture, pinned }]
}

/** How the shots of a clip are told in an account. */
export function accountedShots({ shots }: Pick<Clip, 'shots'>): ExportAccount['shots'] {
  return shots.map(shotOf)
}

const shotOf = ({ from, to, transition, source, look }: Shot): ExportAccount['shots'][number] => ({
  from,
  to,
  kind: transition ? 'transition' : 'shot',
  source: source ?? 'gray',
  look: changesNothing(look) ? null : look,
})

/** @param pictures names of the files that pictures came from, as far as they are known */
export function exportAccount(
  { namedColors }: Pick<Project, 'namedColors'>,
  clip: Clip,
  pictures: ReadonlyMap<AssetId, string> = new Map(),
): ExportAccount {
  const names: Names = { colors: new Map(namedColors.map((color) => [color.id, color])), pictures }
  const edits = Object.entries(clip.frames)
    .map(([frame, edit]) => [Number(frame), edit] as const)
    .sort(([a], [b]) => a - b)
  return {
    program,
    filmHash: clip.footage.hash,
    pictures: clip.footage.pictures === undefined ? null : clip.footage.pictures.length / PICTURE_DIGITS,
    shots: accountedShots(clip),
    pins: edits.flatMap(([frame, edit]) => pinsOf(frame, edit, names)),
    edits: edits
      .map(([frame, { label, operations }]) => ({
        frame,
        label: label ?? null,
        operations: operations.filter(({ enabled }) => enabled).map((each) => operationOf(each, names)),
      }))
      .filter(({ label, operations }) => label !== null || operations.length > 0),
    locks: clip.locks.map(({ from, to, region }) => ({ from, to, part: region ? 'region' : 'frames' })),
  }
}
