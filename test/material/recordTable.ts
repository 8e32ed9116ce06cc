/**
 * What docs say of the record of an export, made of the record's schema: the table of docs/file-formats.md, and the
 * JSON Schema beside it, which is written anew by
 *
 *   npx tsx -e "import('./test/material/recordTable.ts').then((m) => m.writeRecordSchema())"
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { exportRecordSchema } from '../../electron/contract/exportRecord.ts'

type Schema = z.core.JSONSchema.BaseSchema

/** A longer list of words is told by the description. */
const MOST_WORDS = 6

const kindsOf = ({ anyOf, oneOf }: Schema): Schema[] | undefined => anyOf ?? oneOf
const fieldsOf = ({ properties }: Schema): [string, Schema][] =>
  Object.entries(properties ?? {}) as unknown as [string, Schema][]
const code = (text: string): string => `\`${text}\``

/** Of one that goes by its type or kind: that. */
const typeOf = (schema: Schema): string | undefined =>
  fieldsOf(schema).find(([name, field]) => (name === 'type' || name === 'kind') && field.const !== undefined)?.[1]
    .const as string | undefined

/** What a value may be, in a few words. */
function kindOf(schema: Schema): string {
  const { const: only, enum: some, type } = schema
  const kinds = kindsOf(schema)
  if (kinds) return [...new Set(kinds.map((each) => typeOf(each) ?? kindOf(each)))].join(' or ')
  if (only !== undefined) return code(JSON.stringify(only))
  if (some) return some.length > MOST_WORDS ? 'a word' : some.map((each) => code(`${each}`)).join(', ')
  if (type === 'array') return `list of ${kindOf(schema.items as Schema)}`
  if (type === 'object')
    return code(
      `{ ${fieldsOf(schema)
        .map(([name]) => name)
        .join(', ')} }`,
    )
  return Array.isArray(type) ? type.join(' or ') : `${type ?? ''}`
}

/** One row a field that is described, or stands on the first level. */
function rowsOf(schema: Schema, path: string): string[] {
  const { items, description } = schema
  if (items) return rowsOf(items as Schema, `${path}[]`)
  const kinds = kindsOf(schema)
  if (kinds)
    return kinds.flatMap((each) => {
      const type = typeOf(each)
      if (type === undefined) return rowsOf(each, path)
      const place = `${path.replace(/\[\]$/, '')}[${type}]`
      return [rowOf(place, each, each.description ?? description ?? ''), ...rowsOf(each, place)]
    })
  return fieldsOf(schema).flatMap(([name, field]) => {
    const place = path === '' ? name : `${path}.${name}`
    const said = field.description ?? ''
    return [...(path === '' || said !== '' ? [rowOf(place, field, said)] : []), ...rowsOf(field, place)]
  })
}

const rowOf = (place: string, schema: Schema, said: string): string =>
  `| ${code(place)} | ${kindOf(schema)} | ${said} |`

/** Rows of the table. */
export function recordRows(): string[] {
  return rowsOf(z.toJSONSchema(exportRecordSchema, { reused: 'inline' }) as Schema, '')
}

export const recordSchemaPath = join(import.meta.dirname, '..', '..', 'docs', 'export-record.schema.json')

/** For readers in any language; of draft 2020-12. */
export function recordSchema(): Schema {
  return { title: 'The record of an export of ColoRNN Studio', ...(z.toJSONSchema(exportRecordSchema) as Schema) }
}

export function writeRecordSchema(): void {
  writeFileSync(recordSchemaPath, `${JSON.stringify(recordSchema(), null, 2)}\n`)
}

/** Places of a schema in which a record may have fields that nobody has named. */
export function openPlaces(schema: unknown, place = ''): string[] {
  if (schema === null || typeof schema !== 'object') return []
  const { type, additionalProperties } = schema as Schema
  return [
    ...(type === 'object' && additionalProperties !== false ? [place] : []),
    ...Object.entries(schema).flatMap(([name, part]) => openPlaces(part, `${place}/${name}`)),
  ]
}
