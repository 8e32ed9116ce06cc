/** Languages as containers write them. Pure. */

/** ISO 639-1 to the three letters of ISO 639-2 that movie files know. */
const threeLetters: Readonly<Record<string, string>> = {
  ar: 'ara', be: 'bel', bg: 'bul', bn: 'ben', bs: 'bos', ca: 'cat', cs: 'cze', cy: 'wel', da: 'dan', de: 'ger', el: 'gre', en: 'eng',
  eo: 'epo', es: 'spa', et: 'est', eu: 'baq', fa: 'per', fi: 'fin', fr: 'fre', ga: 'gle', gl: 'glg', gu: 'guj', he: 'heb', hi: 'hin',
  hr: 'hrv', hu: 'hun', hy: 'arm', id: 'ind', is: 'ice', it: 'ita', ja: 'jpn', ka: 'geo', kk: 'kaz', km: 'khm', kn: 'kan', ko: 'kor',
  la: 'lat', lt: 'lit', lv: 'lav', mk: 'mac', ml: 'mal', mn: 'mon', mr: 'mar', ms: 'may', mt: 'mlt', my: 'bur', nb: 'nob', ne: 'nep',
  nl: 'dut', nn: 'nno', no: 'nor', pa: 'pan', pl: 'pol', pt: 'por', ro: 'rum', ru: 'rus', sk: 'slo', sl: 'slv', sq: 'alb', sr: 'srp',
  sv: 'swe', sw: 'swa', ta: 'tam', te: 'tel', th: 'tha', tl: 'tgl', tr: 'tur', uk: 'ukr', ur: 'urd', uz: 'uzb', vi: 'vie', yi: 'yid',
  zh: 'chi', zu: 'zul',
}

/**
 * The three letters for a language of any form: 'de', 'en-US', 'zh-Hant', and the first of 'ger,eng'. Null where there
 * are none, as for names in full.
 */
export function threeLetterLanguage(language: string): string | null {
  const [first = ''] = language.toLowerCase().split(/[^a-z]/)
  return first.length === 3 ? first : (threeLetters[first] ?? null)
}
