/** ffmpeg's own form of metadata as text ('-f ffmetadata'). Pure. */
import type { Tag } from './tagLines.ts'

/** An escaped character, or the end of a line; nothing else ends a value. */
const token = /\\([^])|\n/g

/**
 * Tags of a file as a whole, as they are: values may have several lines, and in these stand what looks like the head of
 * a section. Those of its streams and chapters come behind, and are left out.
 * @param text with its line ends as ffmpeg wrote it
 */
export function tagsOfFile(text: string): Tag[] {
  const tags: Tag[] = []
  let from = 0
  while (from < text.length) {
    token.lastIndex = from
    let end = token.exec(text)
    while (end && end[1] !== undefined) end = token.exec(text)
    const line = text.slice(from, end?.index ?? text.length)
    from += line.length + 1
    if (line === '[CHAPTER]' || line === '[STREAM]') break
    // Names may hold what is escaped as well.
    const name = /^(?:\\[^]|[^\\=])*/.exec(line)?.[0] ?? ''
    if (name === '' || name.length === line.length || line.startsWith(';')) continue
    tags.push({ key: unescaped(name), value: unescaped(line.slice(name.length + 1)) })
  }
  return tags
}

const unescaped = (text: string): string => text.replace(/\\([^])/g, '$1')
