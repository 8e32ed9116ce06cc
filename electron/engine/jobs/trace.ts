/** Milliseconds of each stage, printed at the end of a job when COLORNN_TRACE is set: where the time goes. */

const enabled = process.env['COLORNN_TRACE'] === '1'
const stages = new Map<string, { ms: number; count: number }>()

function add(stage: string, since: number): void {
  const sums = stages.get(stage) ?? { ms: 0, count: 0 }
  sums.ms += performance.now() - since
  sums.count++
  stages.set(stage, sums)
}

export function trace<T>(stage: string, work: () => T): T {
  if (!enabled) return work()
  const since = performance.now()
  try {
    return work()
  } finally {
    add(stage, since)
  }
}

export async function traceWait<T>(stage: string, work: () => Promise<T>): Promise<T> {
  if (!enabled) return work()
  const since = performance.now()
  try {
    return await work()
  } finally {
    add(stage, since)
  }
}

/** To stderr, which is the engine's log. */
export function printTrace(title: string): void {
  if (!enabled) return
  const lines = [...stages].map(
    ([stage, { ms, count }]) => `  ${stage.padEnd(16)} ${(ms / count).toFixed(1)} ms x ${count} = ${ms.toFixed(0)} ms`,
  )
  process.stderr.write(`${title}\n${lines.join('\n')}\n`)
  stages.clear()
}
