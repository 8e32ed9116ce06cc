/**
 * What a film of high dynamic range says of the light it was made for: the display that it was graded on (SMPTE
 * ST 2086), and its brightest pixel and picture (CTA-861.3: MaxCLL, MaxFALL). As ffmpeg tells it of frames and streams.
 */

/** x and y of red, green, blue and white (CIE 1931), in this order. */
export type DisplayPrimaries = readonly [number, number, number, number, number, number, number, number]

export interface LightLevels {
  /** Of the display; null where nothing is said. */
  readonly primaries: DisplayPrimaries | null
  /** Of the display, in cd/m2: its black and its white. */
  readonly luminance: readonly [least: number, most: number] | null
  /** In cd/m2: of the brightest pixel, and in the mean of the brightest picture. */
  readonly content: readonly [maxCLL: number, maxFALL: number] | null
}

export const noLight: LightLevels = { primaries: null, luminance: null, content: null }

export const hasLight = ({ primaries, luminance, content }: LightLevels): boolean =>
  primaries !== null || luminance !== null || content !== null

/** What a line adds to what is known; the same where it says nothing of it. */
export function heardLight(known: LightLevels, line: string): LightLevels {
  const content = /content light level (?:information|metadata)[:,] MaxCLL=(\d+), MaxFALL=(\d+)/i.exec(line)
  if (content) return { ...known, content: [Number(content[1]), Number(content[2])] }
  const display = /mastering display(?: metadata)?[:,] has_primaries:(\d) has_luminance:(\d) (.*)/i.exec(line)
  if (!display) return known
  const [, hasPrimaries, hasLuminance, said = ''] = display
  const numbers = Array.from(said.matchAll(/\d+(?:\.\d+)?/g), ([number]) => Number(number))
  if (numbers.length < 10) return known
  return {
    ...known,
    ...(hasPrimaries === '1' && { primaries: numbers.slice(0, 8) as unknown as DisplayPrimaries }),
    ...(hasLuminance === '1' && { luminance: [numbers[8]!, numbers[9]!] as const }),
  }
}

/** Whether what was written says all that the film does, but for the rounding of containers. */
export function saysLight(written: LightLevels, film: LightLevels): boolean {
  const alike = (found: readonly number[] | null, wanted: readonly number[] | null): boolean =>
    wanted === null ||
    (found !== null && wanted.every((value, n) => Math.abs(value - found[n]!) <= 1e-4 + 1e-3 * Math.abs(value)))
  return (
    alike(written.primaries, film.primaries) &&
    alike(written.luminance, film.luminance) &&
    alike(written.content, film.content)
  )
}
