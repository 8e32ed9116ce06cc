/** Everything the window says is in the catalog: no component has words of its own in its markup. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type AST } from 'svelte/compiler'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '..')
const components = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'))

/** Attributes that are read to people. */
const SPOKEN = new Set(['title', 'aria-label', 'aria-valuetext', 'aria-description', 'alt', 'placeholder'])
/** Units and names that are written alike in every language. */
const ALIKE = /\b(GiB|TensorFlow|ffmpeg|ColoRNN Studio)\b/g

/** Words that stand in the markup itself. */
function ownWords(source: string): string[] {
  const found: string[] = []
  const note = ({ data }: AST.Text): void => {
    const words = data.replace(ALIKE, '').trim()
    if (/\p{L}/u.test(words)) found.push(words)
  }
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk)
    else if (typeof node === 'object' && node !== null) {
      const { type, name, value, data } = node as { type?: string; name?: string; value?: unknown; data?: unknown }
      if (type === 'Text' && typeof data === 'string') note(node as AST.Text)
      else if (type === 'Attribute') {
        if (SPOKEN.has(name ?? '')) walk(value)
      } else if (type === 'StyleDirective') return
      else Object.values(node).forEach(walk)
    }
  }
  walk(parse(source, { modern: true }).fragment)
  return found
}

describe('the words of components', () => {
  it('are found where they are, so that this test can fail', () => {
    expect(
      ownWords(
        '<p class="quiet">Hello</p><b title="There" data-x="no" style:left="{x}px">{name}</b>{#if a}<i>GiB</i>{/if}',
      ),
    ).toEqual(['Hello', 'There'])
  })

  it.each(components)('come from the catalog: %s', (name) => {
    expect(ownWords(readFileSync(join(folder, name), 'utf8'))).toEqual([])
  })
})
