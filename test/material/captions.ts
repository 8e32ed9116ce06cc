/**
 * Puts closed captions into MPEG-2 video as broadcasts carry them: as user data of its pictures (ATSC A/53 part 4,
 * CTA-708).
 */

/** With odd parity, as line 21 of analog television had it. */
function odd(code: number): number {
  let ones = 0
  for (let bit = 1; bit < 128; bit <<= 1) if (code & bit) ones++
  return ones % 2 === 0 ? code | 128 : code
}

/** Pairs of codes that bring a line of text on: loading, its row, its letters, showing it; commands come twice. */
function popOn(text: string): (readonly [number, number])[] {
  const letters = text.length % 2 === 0 ? text : `${text} `
  const pairs = Array.from(
    { length: letters.length / 2 },
    (_, n) => [letters.charCodeAt(2 * n), letters.charCodeAt(2 * n + 1)] as const,
  )
  type Pair = readonly [number, number]
  const twice = (...commands: Pair[]): Pair[] => commands.flatMap((command) => [command, command])
  return [...twice([0x14, 0x20], [0x14, 0x2e], [0x14, 0x70]), ...pairs, ...twice([0x14, 0x2f])]
}

/**
 * @param video an elementary stream
 * @param from the first picture, in the order of storing, that has captions
 */
export function withCaptions(video: Buffer, text: string, from: number): Buffer {
  const codes = popOn(text)
  const parts: Buffer[] = []
  let [done, picture] = [0, 0]
  // The coding extension of each picture; user data may follow it.
  for (let at = video.indexOf('000001b5', 0, 'hex'); at >= 0; at = video.indexOf('000001b5', at + 4, 'hex')) {
    if (video[at + 4]! >> 4 !== 8) continue
    const next = video.indexOf('000001', at + 4, 'hex')
    if (picture >= from) {
      const [first, second] = codes[picture - from] ?? [0, 0]
      const user = Buffer.from([
        0,
        0,
        1,
        0xb2,
        0x47,
        0x41,
        0x39,
        0x34,
        3,
        0x41,
        0xff,
        0xfc,
        odd(first),
        odd(second),
        0xff,
      ])
      parts.push(video.subarray(done, next), user)
      done = next
    }
    picture++
  }
  return Buffer.concat([...parts, video.subarray(done)])
}
