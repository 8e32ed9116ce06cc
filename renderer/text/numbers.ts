/** Numbers as the window's language writes them. */
import { language } from './catalog.ts'

const formats = new Map<string, Intl.NumberFormat>()

/**
 * @param most digits after the decimal point at most
 * @param least digits after it at least: equal to `most` for numbers that change in place
 */
export function formatNumber(value: number, most = 0, least = 0): string {
  const key = `${most}/${least}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language.code, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      useGrouping: false,
    })
    formats.set(key, format)
  }
  return format.format(value)
}
