/**
 * Reads and puts together protocol buffers without knowing what they mean: fields by their numbers. Values are views,
 * not copies, so that weights are passed over. (Wire format: protobuf.dev/programming-guides/encoding.)
 */

/** How a field's value is written: a whole number. */
const VARINT = 0
/** The same, where it has a length of its own: text or a message. */
const LENGTH_DELIMITED = 2

/** Views are made when they are asked for. */
class Field {
  constructor(
    private readonly message: Uint8Array,
    readonly number: number,
    /** A whole number; null where the value is none. */
    readonly count: number | null,
    private readonly from: number,
    /** Null for numbers. */
    private readonly valueFrom: number | null,
    private readonly to: number,
  ) {}

  /** Text or a message; null for numbers. */
  get value(): Uint8Array | null {
    return this.valueFrom === null ? null : this.message.subarray(this.valueFrom, this.to)
  }

  /** With what tells its number and length. */
  get whole(): Uint8Array {
    return this.message.subarray(this.from, this.to)
  }
}

/** All fields in their order. Throws RangeError where the bytes are no protocol buffer. */
export function* fieldsIn(message: Uint8Array): Generator<Field, void, void> {
  let at = 0
  const number = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++]
      if (byte === undefined || factor > Number.MAX_SAFE_INTEGER) throw new RangeError('no protocol buffer')
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const from = at
    const tag = number()
    const count = (tag & 7) === VARINT ? number() : null
    const length = count === null ? lengthOf(tag & 7, number) : 0
    if (length > message.length - at) throw new RangeError('a protocol buffer that was cut short')
    const valueFrom = (tag & 7) === LENGTH_DELIMITED ? at : null
    at += length
    yield new Field(message, tag >>> 3, count, from, valueFrom, at)
  }
}

/** Of a field's value that is no varint, by its wire type; what tells it is read on the way. */
function lengthOf(wireType: number, number: () => number): number {
  if (wireType === 1) return 8
  if (wireType === LENGTH_DELIMITED) return number()
  if (wireType === 5) return 4
  throw new RangeError('no protocol buffer')
}

/** Every value of a field that has a length of its own. */
export function messagesIn(message: Uint8Array, field: number): Uint8Array[] {
  const found: Uint8Array[] = []
  for (const each of fieldsIn(message)) {
    const value = each.number === field ? each.value : null
    if (value) found.push(value)
  }
  return found
}

const utf8 = new TextDecoder()
export const asText = (bytes: Uint8Array): string => utf8.decode(bytes)

/** A field's last whole number, which is what counts; 0 where there is none, as the format has it. */
export function countIn(message: Uint8Array, field: number): number {
  let found = 0
  for (const each of fieldsIn(message)) if (each.number === field) found = each.count ?? found
  return found
}

/** Of a field's last value, which is what counts; empty where there is none. */
export const textIn = (message: Uint8Array, field: number): string =>
  asText(messagesIn(message, field).at(-1) ?? new Uint8Array())

/** The same of a field that is there once; what stands behind it is not looked at. */
export function firstText(message: Uint8Array, field: number): string {
  for (const each of fieldsIn(message)) if (each.number === field) return asText(each.value ?? new Uint8Array())
  return ''
}

/** A field that is a message, in pieces: its head, and what it consists of. */
export function messageOf(field: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return [Uint8Array.of(...digits(field * 8 + LENGTH_DELIMITED), ...digits(length)), ...parts]
}

/** A field that is a whole number. */
export const countOf = (field: number, count: number): Uint8Array =>
  Uint8Array.of(...digits(field * 8 + VARINT), ...digits(count))

const utf8Of = new TextEncoder()
/** A field that is text. */
export const textOf = (field: number, text: string): Uint8Array[] => messageOf(field, [utf8Of.encode(text)])

/** Seven bits a byte, the lowest first. */
function digits(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...digits(Math.floor(value / 128))]
}
