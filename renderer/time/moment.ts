/** When something was done. */

const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
const date = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** The time of day; of another day than today that, too. @param at and `now` in ms since 1970 */
export function formatMoment(at: number, now: number, language: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(language, isToday ? time : { ...date, ...time }).format(at)
}
