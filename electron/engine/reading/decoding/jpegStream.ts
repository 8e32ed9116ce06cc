/** Cuts a stream of JPEG pictures, one behind the other, into pictures (ITU-T T.81, annex B). Pure. */

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
/** Whoever writes more than this before a picture ends writes no small pictures. */
const MOST_BYTES = 4 * 1024 * 1024

/** Bytes behind the picture that begins at 0; 0 while its end is not there, -1 where that is no picture. */
function endOf(bytes: Uint8Array): number {
  let at = 2
  if (bytes.length >= 2 && (bytes[0] !== 0xff || bytes[1] !== START)) return -1
  // Segments tell their length; a scan is followed by data in which FF is never a marker of anything but a restart.
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return -1
    const marker = bytes[at + 1]!
    if (marker === END) return at + 2
    at += 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!)
    if (marker !== SCAN) continue
    for (; at + 2 <= bytes.length; at++) {
      const next = bytes[at + 1]!
      if (bytes[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) break
    }
    if (bytes[at] === 0xff && bytes[at + 1] === END) return at + 2
  }
  return 0
}

/**
 * Takes chunks and hands over whole pictures in their order.
 * @param onPicture bytes of its own
 */
export function jpegCutter(onPicture: (jpeg: Uint8Array<ArrayBuffer>) => void): (chunk: Uint8Array) => void {
  let rest = new Uint8Array(0)
  let isLost = false
  return (chunk) => {
    if (isLost) return
    const bytes = new Uint8Array(rest.length + chunk.length)
    bytes.set(rest)
    bytes.set(chunk, rest.length)
    rest = bytes
    for (let end = endOf(rest); end > 0; end = endOf(rest)) {
      onPicture(rest.slice(0, end))
      rest = rest.subarray(end)
    }
    isLost = endOf(rest) < 0 || rest.length > MOST_BYTES
  }
}
