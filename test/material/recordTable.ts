/** The table of docs/file-formats.md that says what the record of an export holds, made of the record's schema. */
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
