/** Items of a stream, read ahead of whoever takes them: decoding goes on while a frame is colored. */

export interface Upcoming<T> {
  readonly item: T
  /** The item so many places on, from 1; undefined where it has not come yet, or never will. */
  readonly soon: (places: number) => T | undefined
}

/**
 * The same items in their order. An error comes behind those that were read before it. Leaving the loop ends the
 * stream.
 * @param count that are read ahead at most; at least 1
 */
export async function* readAhead<T>(
  items: AsyncGenerator<T, void, void>,
  count: number,
): AsyncGenerator<Upcoming<T>, void, void> {
  const read: T[] = []
  let ended = false
  let left = false
  /** Of the one side that waits for the other. */
  let wake = (): void => undefined
  const changed = (): Promise<void> => new Promise((resolve) => (wake = resolve))
  const reading = (async (): Promise<void> => {
    try {
      for await (const item of items) {
        read.push(item)
        wake()
        while (read.length >= count && !left) await changed()
        if (left) return
      }
    } finally {
      ended = true
      wake()
    }
  })()
  // Told to whoever has taken all that came before.
  reading.catch(() => undefined)
  try {
    for (;;) {
      while (read.length === 0 && !ended) await changed()
      if (read.length === 0) return await reading
      const item = read.shift() as T
      wake()
      yield { item, soon: (places) => read[places - 1] }
    }
  } finally {
    left = true
    wake()
    await reading.catch(() => undefined)
  }
}
