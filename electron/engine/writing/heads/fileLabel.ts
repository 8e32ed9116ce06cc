/**
 * What an exported file says of itself in short: that its colors were made, and by what. In plain words, and as IPTC's
 * digital source type; by tags of the container where it keeps them, as XMP where that has a place. What each container
 * really keeps is in docs/file-formats.md.
 */
import { SYNTHETIC_SOURCE_TYPE } from '../../../contract/exportRecord.ts'
import type { ExportFormat } from '../../../contract/formats.ts'
import { escaped } from '../../../contract/markup.ts'

export interface FileLabel {
  readonly program: { readonly name: string; readonly version: string }
  /** In plain words: one sentence or two, without line breaks. */
  readonly words: string
}

/** Names of tags that are ours alone; Matroska writes them in capitals. */
export const labelTags = { words: 'colorization', sourceType: 'digital_source_type' } as const

const tag = (name: string, value: string): string[] => ['-metadata', `${name}=${value}`]

/**
 * Arguments that write the label into a container. Movie files keep tags of our own only where they keep those of the
 * film (`use_metadata_tags`); otherwise they have it as XMP (movieLabel.ts). MXF has a set of comments, and says which
 * program has written it.
 * @param hasComment the film's own comment is carried over, and stays
 */
export function labelArgs(
  { container }: Pick<ExportFormat, 'container'>,
  { program, words }: FileLabel,
  hasComment: boolean,
): string[] {
  switch (container) {
    case 'image2':
      return []
    case 'mxf':
      return [
        ...tag('product_name', program.name),
        ...tag('product_version', program.version),
        ...tag(`comment_${labelTags.words}`, words),
        ...tag(`comment_${labelTags.sourceType}`, SYNTHETIC_SOURCE_TYPE),
      ]
    default:
      return [
        ...(hasComment ? [] : tag('comment', words)),
        ...tag(labelTags.words, words),
        ...tag(labelTags.sourceType, SYNTHETIC_SOURCE_TYPE),
      ]
  }
}

/** The label as XMP (ISO 16684-1), with the property that IPTC's standard names for it. */
export function xmpOf({ program, words }: FileLabel): string {
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
    ` xmp:CreatorTool="${escaped(`${program.name} ${program.version}`)}"`,
    ` Iptc4xmpExt:DigitalSourceType="${SYNTHETIC_SOURCE_TYPE}">`,
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(words)}</rdf:li></rdf:Alt></dc:description>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('')
}
