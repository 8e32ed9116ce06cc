/**
 * Where the time goes: how often each stage of a job was gone through, how long it took, and its CPU time (of all the
 * engine's threads meanwhile). Printed at the end of a job when COLORNN_TRACE is 1; of jobs that run at once, together.
 */

const enabled = process.env['COLORNN_TRACE'] === '1'

/** Milliseconds. */
interface Spent {
  readonly time: number
  readonly processor: number
}

interface Stage {
  time: number
  processor: number
  count: number
}

const stages = new Map<string, Stage>()

function now(): Spent {
  const { user, system } = process.cpuUsage()
  return { time: performance.now(), processor: (user + system) / 1000 }
}

function add(stage: string, since: Spent): void {
  const sums = stages.get(stage) ?? { time: 0, processor: 0, count: 0 }
  const { time, processor } = now()
  sums.time += time - since.time
  sums.processor += processor - since.processor
  sums.count++
  stages.set(stage, sums)
}

export function trace<T>(stage: string, work: () => T): T {
  if (!enabled) return work()
  const since = now()
  try {
    return work()
  } finally {
    add(stage, since)
  }
}

export async function traceWait<T>(stage: string, work: () => Promise<T>): Promise<T> {
  if (!enabled) return work()
  const since = now()
  try {
    return await work()
  } finally {
    add(stage, since)
  }
}

/** The same items; the stage is waiting for each of them. */
export async function* traceEach<T>(
  stage: string,
  items: AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  try {
    for (;;) {
      const { done, value } = await traceWait(stage, () => items.next())
      if (done === true) return
      yield value
    }
  } finally {
    await items.return()
  }
}

/** To stderr, which is the engine's log. */
export function printTrace(title: string): void {
  if (!enabled) return
  const lines = [...stages].map(([stage, { time, processor, count }]) => {
    const each = `${(time / count).toFixed(1)} ms x ${count} = ${time.toFixed(0)} ms`
    return `  ${stage.padEnd(16)} ${each}, CPU time ${(processor / count).toFixed(1)} ms x ${count} = ${processor.toFixed(0)} ms`
  })
  process.stderr.write(`${title}\n${lines.join('\n')}\n`)
  stages.clear()
}
