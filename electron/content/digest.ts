/** The one short name for what something is made of: equal parts, equal name. */
import { createHash } from 'node:crypto'

/** Bytes of a digest; written as twice as many hexadecimal digits. */
export const DIGEST_BYTES = 16

/**
 * The first 128 bits of the SHA-256 of the parts as JSON: 32 hexadecimal digits, on every machine and in every version
 * the same.
 */
export function digest(...parts: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 2 * DIGEST_BYTES)
}

/** The SHA-256 of some bytes, as 64 hexadecimal digits. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
