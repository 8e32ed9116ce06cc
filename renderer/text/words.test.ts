/** Everything the window says is in the catalog: no component has words of its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type AST } from 'svelte/compiler'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '..')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const components = files.filter((name) => name.endsWith('.svelte'))
/** Shaders are text as well. */
const modules = files.filter((name) => /(?<!\.test|\.frag)\.ts$/.test(name))

/** Attributes and properties of components that are read to people. */
const SPOKEN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'placeholder',
  'title',
])
/** Attributes whose words are names of style sheets and drawings. */
const UNREAD = new Set(['class', 'd', 'style'])
/** Names that are written alike in every language. */
const ALIKE = /\b(TensorFlow|ffmpeg|ColoRNN Studio)\b/g
/** Parts of code in which strings are types or names: nobody reads them. */
const NAMES = new Set(['key', 'property', 'returnType', 'source', 'typeAnnotation', 'typeArguments', 'typeParameters'])
/** Functions that look for a name. */
const SEARCHES = new Set(['closest', 'has', 'includes', 'matchMedia', 'matches', 'querySelector', 'querySelectorAll'])

/** Keys as the list of actions and keyboards name them: 'Ctrl+Shift+KeyS'. */
const KEY =
  /^(Ctrl\+|Shift\+|Alt\+)*(Alt|Arrow\w+|Backspace|Bracket\w+|Click|Comma|Ctrl|Delete|Digit\d?|Drag|End|Enter|Equal|Escape|F\d+|Home|Key[A-Z]?|Minus|Page\w+|Period|Plus|Question|Shift|Slash|Space|Tab)$/

type Node = Readonly<Record<string, unknown> & { type?: string }>

/**
 * Whether a string of code looks like words for people: one with a capital, several words, or letters that code is not
 * written in; not 'stepBack', 'set-rate', a key, a font or the path of an icon.
 */
function isProse(words: string): boolean {
  if (KEY.test(words) || /^M[\d.][\d\s.,A-Za-z-]*$|^\d+px /.test(words)) return false
  return /(^|[^\p{L}])\p{Lu}\p{Ll}|\p{L}[.,;:!?]?\s+\p{L}|[^\P{L}A-Za-z]|\p{L}[…!?]/u.test(words)
}

/** A comparison, or a call like includes(name): nobody reads what is looked for. Nor a slip that no artist can mend. */
function isUnread({ type, operator, callee }: Node): boolean {
  if (type === 'BinaryExpression') return operator !== '+'
  if (type === 'NewExpression') return (callee as { name?: string }).name === 'Error'
  const { name, property } = (callee ?? {}) as { name?: string; property?: { name?: string } }
  return type === 'CallExpression' && SEARCHES.has(property?.name ?? name ?? '')
}

/** Strings that an expression may come to, by whichever branch. */
function outcomes(node: Node): string[] {
  const { type, value } = node
  if (type === 'Literal') return typeof value === 'string' ? [value] : []
  if (type === 'TemplateElement') return [(value as { cooked: string }).cooked]
  if (isUnread(node)) return []
  return ['consequent', 'alternate', 'left', 'right', 'expression', 'expressions', 'quasis'].flatMap((part) =>
    [node[part] ?? []].flat().flatMap((each) => outcomes(each as Node)),
  )
}

/**
 * Words that a component has of its own: in its markup, and in the expressions of it and of its script. In what is
 * shown every letter counts; in code, where most strings are names, what looks like words.
 */
function ownWords(source: string): string[] {
  const found = new Set<string>()
  const note = (text: string, isOwn: (words: string) => boolean): void => {
    const words = text.replace(ALIKE, '').trim()
    if (isOwn(words)) found.add(words)
  }
  const hasLetters = (words: string): boolean => /\p{L}/u.test(words)

  /** @param text what becomes of text right in here */
  const walk = (node: unknown, text: 'shown' | 'code' | 'unread'): void => {
    if (Array.isArray(node)) return node.forEach((each) => walk(each, text))
    if (typeof node !== 'object' || node === null) return
    const here = node as Node
    switch (here.type) {
      case 'Text':
        if (text !== 'unread') note((node as AST.Text).data, text === 'shown' ? hasLetters : isProse)
        return
      case 'ExpressionTag':
        if (text === 'shown') outcomes(here['expression'] as Node).forEach((words) => note(words, hasLetters))
        return walk(here['expression'], 'code')
      case 'Attribute': {
        const { name, value } = node as AST.Attribute
        return UNREAD.has(name) ? undefined : walk(value, SPOKEN.has(name) ? 'shown' : text)
      }
      case 'StyleDirective':
      case 'ImportDeclaration':
        return
      case 'Fragment':
        return walk(here['nodes'], 'shown')
      case 'Literal':
      case 'TemplateElement':
        return outcomes(here).forEach((words) => note(words, isProse))
      default:
        for (const [part, inner] of Object.entries(here)) {
          if (NAMES.has(part)) continue
          if (isUnread(here) && part !== 'callee') continue
          walk(inner, part === 'attributes' && here.type !== 'Component' ? 'unread' : 'code')
        }
    }
  }
  const { fragment, instance, module } = parse(source, { modern: true })
  walk([fragment, instance?.content, module?.content], 'code')
  return [...found]
}

describe('the words of components', () => {
  it.each([
    ['<p class="quiet">Hello there</p>', ['Hello there']],
    ['<b title="There" data-x="no" style:left="{x}px">{name}</b>', ['There']],
    ['<p>{busy ? `wait ${n} s` : done && "ready"}</p>', ['wait', 's', 'ready']],
    ['<Modal label="no" heading="Take care" kind="plain" />', ['no', 'Take care']],
    ['<p use:hint={{ text: "Look here" }}>{#if a}<i>GiB</i>{/if}</p>', ['Look here', 'GiB']],
    [
      '<script lang="ts">const a: "A name" = tell("Not saved"), b = c === "Enter" ? t["x y"] : "stepBack"</script>',
      ['Not saved'],
    ],
    ['<p>TensorFlow {a === "no" ? t.no : t.yes}</p><!-- A word about it -->', []],
  ])('are found where they are, so that this test can fail: %s', (source, words) => {
    expect(ownWords(source)).toEqual(words)
  })

  it.each(components)('come from the catalog: %s', (name) => {
    expect(ownWords(readFileSync(join(folder, name), 'utf8'))).toEqual([])
  })

  it.each(modules)('come from the catalog in the code beside them: %s', (name) => {
    expect(ownWords(`<script lang="ts">${readFileSync(join(folder, name), 'utf8')}</script>`)).toEqual([])
  })
})
