/** What a project says of a film that is exported (contract/exportAccount.ts). Pure. */
import type { AccountedOperation, AccountedPin, ExportAccount } from '../contract/exportAccount.ts'
import { program } from '../contract/program.ts'
import type { AssetId, ChromaColor, Operation } from '../contract/operations.ts'
import type { Clip, FrameEdit, NamedColor, Project, Shot } from '../contract/projectDocument.ts'
import { overlapping, within } from '../contract/ranges.ts'
import type { FrameRange } from '../contract/schemas.ts'
import { digest } from '../content/digest.ts'
import { PICTURE_DIGITS } from '../content/filmIdentity.ts'
import { changesNothing, wantedSegments } from './passes/filmEdits.ts'
import { coloringDigest } from './passes/passKeys.ts'

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
export function accountedShots(clip: Clip): ExportAccount['shots'] {
  const madeOf = colorSources(clip)
  return clip.shots.map((shot) => ({ ...shotOf(shot), madeOf: madeOf(shot) }))
}

const shotOf = ({ from, to, transition, source, look }: Shot): ExportAccount['shots'][number] => ({
  from,
  to,
  kind: transition ? 'transition' : 'shot',
  source: source ?? 'gray',
  look: changesNothing(look) ? null : look,
})

/**
 * A name for what the colors of some frames are made of: how each is colored, and from which pins (in keys, which hold
 * pins of shots beside a transition as well), what was done to single frames, and what locks keep.
 */
function colorSources(clip: Clip): (range: FrameRange) => string {
  const wanted = wantedSegments(clip)
  const edits = Object.entries(clip.frames)
    .map(([frame, edit]) => ({ from: Number(frame), to: Number(frame) + 1, edit }))
    .sort((a, b) => a.from - b.from)
  return (range) =>
    digest(
      within(wanted, range).map(({ kind, from, to, key }) => [kind, from, to, key]),
      overlapping(edits, range)
        .filter(({ edit: { base, operations } }) => base.kind !== 'automatic' || operations.some(isOn))
        .map(({ from, edit }) => [from, edit.pinned, coloringDigest(edit)]),
      clip.locks
        .filter(({ from, to }) => from < range.to && to > range.from)
        .map(({ from, to, region, colorings, pictures, kept }) => [from, to, region, colorings ?? kept, pictures]),
    )
}

const isOn = ({ enabled }: Operation): boolean => enabled

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
        operations: operations.filter(isOn).map((each) => operationOf(each, names)),
      }))
      .filter(({ label, operations }) => label !== null || operations.length > 0),
    locks: clip.locks.map(({ from, to, region }) => ({ from, to, part: region ? 'region' : 'frames' })),
  }
}
