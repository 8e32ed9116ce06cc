/** Work on the project's films, as the main process has it: mirrored whole, so that every reel's is seen from any. */
import { isOver, type JobEntry } from '../../electron/contract/jobs.ts'
import { OnceTold } from './onceTold.ts'

export class Jobs {
  /** In order. */
  entries = $state.raw<readonly JobEntry[]>([])
  readonly #told = new OnceTold<JobEntry>(isOver)

  /** @param clip the one in view */
  constructor(private readonly clip: () => string | null) {}

  /** Takes main's list. @returns what has ended without the artist having been told; each once */
  receive(entries: readonly JobEntry[]): JobEntry[] {
    this.entries = entries
    return this.#told.news(entries)
  }

  /** What waits, runs or is paused, of all reels. */
  get open(): JobEntry[] {
    return this.entries.filter((entry) => !isOver(entry))
  }

  /** Of the clip in view: what is under way, else what was last. */
  get colorize(): JobEntry | null {
    const ofClip = this.#colorizing(this.clip())
    return ofClip.find((entry) => !isOver(entry)) ?? ofClip.at(-1) ?? null
  }

  get colorizing(): boolean {
    return this.colorize !== null && !isOver(this.colorize)
  }

  /** Any clip is being colored, or is to be. */
  colorizingOf(clip: string): boolean {
    return this.#colorizing(clip).some((entry) => !isOver(entry))
  }

  /** @param id of a coloring */
  isColorizing(id: string): boolean {
    return this.entries.some((entry) => entry.id === id && !isOver(entry))
  }

  #colorizing(clip: string | null): JobEntry[] {
    return this.entries.filter((entry) => entry.clip === clip && entry.kind === 'colorize')
  }
}
