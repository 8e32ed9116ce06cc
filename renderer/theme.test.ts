/**
 * Contrast of the colors in styles.css, by WCAG 2.2 (relative luminance; AA: 4.5 for text, 3 for what marks and
 * outlines).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Theme = Readonly<Record<string, string>>

const sheet = readFileSync(join(import.meta.dirname, 'styles.css'), 'utf8')

function variablesOf(block: string): Theme {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]),
  )
}

const dark = variablesOf(/^:root \{([^}]*)\}/m.exec(sheet)![1]!)
const light = { ...dark, ...variablesOf(/prefers-color-scheme: light\) \{\s*:root \{([^}]*)\}/.exec(sheet)![1]!) }

/** 0..1, of sRGB. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** 1..21 */
function contrast(theme: Theme, a: string, b: string): number {
  const [low, high] = [luminance(theme[a]!), luminance(theme[b]!)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Every pair that a component puts on the screen, and the least contrast it may have. */
const pairs: readonly (readonly [string, string, number])[] = [
  ...['window', 'panel', 'raised', 'hover'].map((ground) => ['text', ground, 7] as const),
  ...['window', 'panel', 'raised', 'hover'].map((ground) => ['quiet', ground, 4.5] as const),
  ['text', 'field', 7],
  ['quiet', 'field', 4.5],
  ['disabled', 'field', 3],
  ['on-accent', 'accent', 4.5],
  ['surround-text', 'surround', 4.5],
  ...['window', 'panel', 'raised', 'hover'].map((ground) => ['accent', ground, 4.5] as const),
  ...['good', 'warn', 'bad'].flatMap((color) => ['window', 'panel'].map((ground) => [color, ground, 4.5] as const)),
  // What cannot be used just now is quieter, but still to be read.
  ...['window', 'panel', 'raised'].map((ground) => ['disabled', ground, 3] as const),
]

describe.each([
  ['dark', dark],
  ['light', light],
])('the %s theme', (_name, theme) => {
  it.each(pairs)('sets %s off from %s by at least %s', (a, b, least) => {
    expect(contrast(theme, a, b)).toBeGreaterThanOrEqual(least)
  })

  it('keeps everything around the picture gray', () => {
    for (const name of ['surround', 'surround-text', 'window', 'field', 'panel', 'raised']) {
      const [, r, g, b] = /#(..)(..)(..)/.exec(theme[name]!)!
      expect([r, g]).toEqual([g, b])
    }
  })
})

describe('the components', () => {
  const styles = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.svelte'))
    .map((name) => ({ name, rules: readFileSync(join(import.meta.dirname, name), 'utf8').split('<style>')[1] ?? '' }))

  it('leave it to the sheet which color sliders, ticks and choices have, so that none has the browser’s', () => {
    expect(sheet).toMatch(/^:root \{[^}]*accent-color: var\(--accent\)/m)
    expect(styles.filter(({ rules }) => rules.includes('accent-color')).map(({ name }) => name)).toEqual([])
  })

  it('leave it to the sheet on what is written, so that no field looks as if it could not be used', () => {
    expect(sheet).toMatch(/^input,\s+textarea \{[^}]*background: var\(--field\)/m)
    const own = styles.filter(({ rules }) => /(^|[\s,])(input|textarea)\s*\{[^}]*background/.test(rules))
    expect(own.map(({ name }) => name)).toEqual([])
  })
})
