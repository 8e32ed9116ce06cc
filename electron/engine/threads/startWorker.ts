/** Starts the threads of the engine: code that is a program of its own, `electron/engine/<room>/<room>.worker.ts`. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/**
 * Beside the engine's bundle; or, where the program runs from its sources, the source itself by way of tsx, which is
 * found from here: the current folder may be anywhere.
 * @param workerData for the thread
 */
export function startWorker(room: 'compose' | 'network', workerData?: unknown): Worker {
  if (typeof __filename === 'string' && __filename.endsWith('.cjs'))
    return new Worker(join(__dirname, `${room}.worker.cjs`), { workerData })
  const source = new URL(`../${room}/${room}.worker.ts`, import.meta.url).href
  const [tsx, code] = [import.meta.resolve('tsx/esm/api'), source].map((url) => JSON.stringify(url))
  const load = `import(${tsx}).then(({ register }) => (register(), import(${code})))`
  return new Worker(load, { eval: true, workerData })
}
