/**
 * What was found in a film, as one file of HTML: pictures inside, no script, nothing that is loaded from elsewhere, so
 * that it opens on any machine and can be sent along. Pure.
 */
import type { FindingKind, Inspection, PlaceFound } from '../contract/inspection.ts'
import { findingKinds, placeSentence } from '../contract/inspection.ts'
import { escaped } from '../contract/markup.ts'
import { program } from '../contract/program.ts'
import { REPORT_HEAD } from '../contract/reportFile.ts'
import { inWords } from '../contract/sentence.ts'
import { formatTimecode } from '../contract/timecode.ts'
import type { Language } from '../text/language.ts'
import { speechOf } from '../text/speech.ts'

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top }
ol { list-style: none; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)) }
li { break-inside: avoid } img { max-width: 100%; height: auto; display: block; background: #888 }
.quiet { opacity: .7 }`

/** A report of hundreds of places shows so many pictures, the strongest of each kind first: about 8 KiB each. */
const MOST_PICTURES = 80

/** The frames that a report has pictures of, ascending. */
export function placesToShow({ found }: Inspection): number[] {
  const byStrength = findingKinds.map((kind) =>
    found.filter((place) => place.kind === kind).sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount)),
  )
  const frames = new Set<number>()
  for (let n = 0; byStrength.some((places) => n < places.length); n++)
    for (const places of byStrength) {
      const place = places[n]
      if (place && frames.size < MOST_PICTURES) frames.add(place.frame)
    }
  return [...frames].sort((a, b) => a - b)
}

/**
 * @param pictures JPEG pictures by frame; places without one are named all the same
 * @param when it was looked through
 */
export function reportHtml(
  inspection: Inspection,
  pictures: ReadonlyMap<number, Uint8Array>,
  language: Language,
  when: Date,
): string {
  const { name, frames, rate, kinds, found, more } = inspection
  const t = language.words.inspection
  const speech = speechOf(language)
  const ofKind = (kind: FindingKind): PlaceFound[] => found.filter((place) => place.kind === kind)
  const place = (each: PlaceFound): string => {
    const picture = pictures.get(each.frame)
    const at = `${formatTimecode(each.frame, rate)} · ${t.frames(each.from, each.to - 1)}`
    const said = escaped(inWords(placeSentence(each), speech))
    const source = picture && `data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}`
    return `<li>${source ? `<img src="${source}" alt="${said}">` : ''}<b>${escaped(at)}</b><br>${said}</li>`
  }
  const sections = findingKinds
    .filter((kind) => kinds.includes(kind))
    .filter((kind) => ofKind(kind).length > 0)
    .map((kind) => {
      const rest = more[kind] ?? 0
      return [
        `<h2>${escaped(t.kinds[kind].name)}</h2>`,
        `<p class="quiet">${escaped(t.kinds[kind].rule)}</p>`,
        `<ol>${ofKind(kind).map(place).join('\n')}</ol>`,
        ...(rest > 0 ? [`<p>${escaped(t.more(rest))}</p>`] : []),
      ].join('\n')
    })
  const rows = findingKinds.map((kind) => {
    const count = kinds.includes(kind) ? `${ofKind(kind).length + (more[kind] ?? 0)}` : t.notLookedFor
    return `<tr><td>${escaped(t.kinds[kind].name)}</td><td>${escaped(count)}</td></tr>`
  })
  return `${REPORT_HEAD}<html lang="${language.code}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(t.title(name))}</title>
<style>${STYLE}</style>
<h1>${escaped(t.title(name))}</h1>
<p class="quiet">${escaped(`${t.whole(frames)} · ${program.name} ${program.version} · ${when.toISOString().slice(0, 16).replace('T', ' ')} UTC`)}</p>
<p>${escaped(found.length === 0 ? t.nothing : t.lead)}</p>
<table>${rows.join('')}</table>
${sections.join('\n')}
</html>
`
}
