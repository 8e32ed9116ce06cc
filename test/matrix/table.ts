/** The table that the matrix prints: a line for each export and reader, a column for each property. */
import type { ExportFormatId } from '../../electron/contract/formats.ts'
import { properties } from './facts.ts'

export interface Cell {
  readonly asked: string | null
  readonly found: string | null
  readonly differs: boolean
  /** What explains a difference. */
  readonly why: string | null
}

export interface Row {
  readonly format: ExportFormatId
  readonly reader: string
  /** In the order of the properties; none where there is no export. */
  readonly cells: readonly Cell[]
  /** Why there is none. */
  readonly said: string
  /** That there is one, or none, is as it has to be. */
  readonly isAsked: boolean
}

/** Explanations by number, in the order in which they first came. */
const explanations: string[] = []

function numberOf(why: string): number {
  if (!explanations.includes(why)) explanations.push(why)
  return explanations.indexOf(why) + 1
}

/** 'found', 'FOUND (asked: other)', 'found (3)' with the number of an explanation, or '-' where nothing is told. */
function inTable({ asked, found, differs, why }: Cell): string {
  if (found === null) return '-'
  const shown = found === '' ? 'none' : found
  if (!differs) return asked === null ? `[${shown}]` : shown
  return why === null ? `>> ${shown} (asked: ${asked === '' ? 'none' : asked}) <<` : `${shown} (${numberOf(why)})`
}

/** @param name of the source */
export function tableLines(name: string, rows: readonly Row[]): string[] {
  const head = ['', '', ...properties]
  const lines = rows.map(({ format, reader, cells, said }, n) => [
    rows[n - 1]?.format === format ? '' : format,
    reader,
    ...(cells.length > 0 ? cells.map(inTable) : [said]),
  ])
  const full = lines.filter((line) => line.length === head.length)
  const widths = head.map((title, n) => Math.max(title.length, ...full.map((line) => line[n]!.length)))
  const formatWidth = Math.max(...lines.map(([format = '']) => format.length))
  const padded = (line: readonly string[]): string =>
    line
      .map((cell, n) => cell.padEnd(n === 0 ? formatWidth : (widths[n] ?? 0)))
      .join('  ')
      .trimEnd()
  return ['', name, padded(head), ...lines.map(padded)]
}

/** What the numbers in the table mean. */
export const explanationLines = (): string[] => ['', ...explanations.map((why, n) => `(${n + 1}) ${why}`), '']
