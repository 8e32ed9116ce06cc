/** A box of a movie file: its length, its name, and what it holds (ISO/IEC 14496-12, 4.2). Pure. */
export function box(name: string, ...content: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0), 0)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, ...content])
}
