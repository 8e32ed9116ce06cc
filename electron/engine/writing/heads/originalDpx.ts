/**
 * What the header of an exported DPX picture keeps of the scan that it was made from: which stock, which frame by its
 * edge code, which reel, project and scanner. SMPTE ST 268-1. Pure.
 */

/** Text, as place and length. */
const texts: readonly (readonly [at: number, length: number])[] = [
  // Project and copyright; of the scan its file, date, scanner and the scanner's number.
  [260, 200],
  [460, 200],
  [1432, 100],
  [1532, 24],
  [1556, 32],
  [1588, 32],
  // Of film: maker, type, offset in perforations, prefix, count (the edge code); format; frame and slate.
  [1664, 2],
  [1666, 2],
  [1668, 2],
  [1670, 6],
  [1676, 4],
  [1680, 32],
  [1732, 32],
  [1764, 100],
]
/** Place in the run, its length, how often it is held, shutter; user bits, sampling, offset, gamma, integration. */
const words = [1712, 1716, 1720, 1728, 1924, 1932, 1936, 1944, 1948, 1968]
/** Black level, black gain, break point and white level, in code values. */
const levels = [1952, 1956, 1960, 1964]
/** Number of the field, standard of the signal. */
const bytes = [1929, 1930]
const BIT_DEPTH = 803
const UNDEFINED = 0xffffffff

/**
 * Puts into a head, which is filled already, what the original's says. What that leaves undefined stays as it is.
 * @param original the first bytes of a DPX file, up to its samples
 */
export function keepOriginal(head: Buffer, original: Buffer): void {
  const isBig = (file: Buffer): boolean => file.toString('latin1', 0, 4) === 'SDPX'
  const [from, to] = [isBig(original), isBig(head)]
  for (const [at, length] of texts) {
    if (at + length > original.length || original[at] === 0 || original[at] === 0xff) continue
    original.copy(head, at, at, at + length)
  }
  const isAsDeep = original[BIT_DEPTH] === head[BIT_DEPTH]
  for (const at of isAsDeep ? [...words, ...levels] : words) {
    if (at + 4 > original.length) continue
    const word = from ? original.readUInt32BE(at) : original.readUInt32LE(at)
    if (word === UNDEFINED) continue
    if (to) head.writeUInt32BE(word, at)
    else head.writeUInt32LE(word, at)
  }
  for (const at of bytes) {
    const byte = original[at]
    if (byte !== undefined && byte !== 0xff) head.writeUInt8(byte, at)
  }
}
