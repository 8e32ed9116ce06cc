/** The window's state over a main that keeps a real history, without a window: what requests become, step by step. */
import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Events } from '../../electron/contract/events.ts'
import { defaultPreferences } from '../../electron/contract/preferences.ts'
import type { ProjectState } from '../../electron/contract/project.ts'
import type { ProjectCommand } from '../../electron/contract/projectCommands.ts'
import type { Clip, Project } from '../../electron/contract/projectDocument.ts'
import type { FootageInfo } from '../../electron/contract/schemas.ts'
import { toUserErrorData, type Outcome } from '../../electron/contract/userError.ts'
import { EditHistory, newHistoryState } from '../../electron/project/history.ts'
import { Editor } from '../../renderer/state/editor.svelte.ts'
import { asset, smallProject } from './arbitraryEdits.ts'

export type Answer = (...given: never[]) => unknown

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Main's side: it holds the document, tells of each edit, and answers some requests only when it is told to. */
export class Main {
  #history = historyOf(smallProject())
  readonly asked: string[] = []
  readonly answers: Record<string, Answer> = {}
  readonly #listeners = new Map<string, (payload: never) => void>()
  readonly #held = new Map<string, Promise<void>>()
  #revision = 1
  /** Requests on their way, without those that are held. */
  #answering = 0

  constructor() {
    const clip = (id: string): Clip => this.project.clips.find((each) => each.id === id)!
    const base = { kind: 'frozen', asset: asset('a').replace('png', 'chroma') } as const
    const pin = ({ clip: id, frame }: { clip: string; frame: number }): void =>
      this.apply({ type: 'pin', clip: id, frame, base })
    const { answers } = this
    answers['projectState'] = () => this.state
    answers['openClip'] = answers['reopenClip'] = (id: string) => infoOf(clip(id))
    for (const name of ['coloredRanges', 'recentFootage', 'takeLaunchFootage', 'jobs', 'exports', 'takeExportNotices'])
      answers[name] = () => []
    answers['changePreferences'] = (changes: object) => ({ ...defaultPreferences, ...changes })
    answers['engineStatus'] = () => ({ state: 'starting' })
    answers['clipFootage'] = () => ({ state: 'found', path: '/film.mkv', moved: false })
    answers['editProject'] = (command: ProjectCommand, edit?: string) => this.apply(command, edit)
    answers['beginEdit'] = (_: null, edit: string) => this.#history.begin(edit)
    answers['commitEdit'] = (edit: string) => this.#change(() => this.#history.commit(edit))
    answers['cancelEdit'] = (edit: string) => this.#change(() => this.#history.cancel(edit))
    answers['undoEdit'] = () => this.#change(() => this.#history.undo())
    answers['pinFrame'] = pin
    answers['pinPicture'] = pin
    answers['lockFrames'] = ({ clip: id, lock }: { clip: string; lock: never }) =>
      this.apply({ type: 'add-lock', clip: id, lock })
    const studio = new Proxy(
      {},
      {
        get: (_, name: string) =>
          name === 'on'
            ? (event: string, listener: (payload: never) => void) => {
                this.#listeners.set(event, listener)
                return () => undefined
              }
            : (...given: never[]) => this.#answer(name, given),
      },
    )
    const nothing = (): void => undefined
    vi.stubGlobal('window', { studio, addEventListener: nothing, removeEventListener: nothing })
    vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: nothing })
    const kept = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    })
  }

  get project(): Project {
    return this.#history.project
  }

  set project(project: Project) {
    this.#history = historyOf(project)
  }

  /** What was done, oldest first. */
  get steps(): string[] {
    return this.#history.done.map(({ label }) => label.kind)
  }

  get state(): ProjectState {
    const undo = this.#history.done.at(-1)?.label ?? null
    const status = { path: null, name: 'Harbour', saved: false, undo, redo: null, position: 1, steps: 1 }
    const rest = { trouble: null, unwritten: 0, kept: true, coverage: [], notices: [], isCopy: false, recovered: 0 }
    return { ...status, ...rest, revision: this.#revision, project: this.project }
  }

  apply(command: ProjectCommand, edit?: string): void {
    this.#change(() => this.#history.apply(command, edit))
  }

  #change(make: () => unknown): void {
    make()
    this.#revision++
    const { project, coverage, notices: _notices, isCopy: _isCopy, recovered: _recovered, ...status } = this.state
    const patches = [{ op: 'replace', path: [], value: project }] as never
    this.tell('projectChanged', { status, coverage, concerned: [], patches })
  }

  tell<N extends keyof Events>(name: N, payload: Events[N]): void {
    this.#listeners.get(name)?.(payload as never)
  }

  /** Another project is opened, by a second start of the program. */
  open(project: Project | null): void {
    if (project) this.project = project
    this.tell('projectReplaced', { state: project && this.state })
  }

  /** What is asked by this name is answered only once the returned function is called. */
  hold(name: string): () => void {
    let release: () => void = () => undefined
    this.#held.set(name, new Promise((resolve) => (release = resolve)))
    return () => {
      this.#held.delete(name)
      release()
    }
  }

  async #answer(name: string, given: never[]): Promise<Outcome<unknown>> {
    this.asked.push(name)
    await this.#held.get(name)
    this.#answering++
    await nextTurn()
    try {
      return { ok: true, value: await this.answers[name]?.(...given) }
    } catch (error) {
      return { ok: false, error: toUserErrorData(error) }
    } finally {
      this.#answering--
    }
  }

  /** Resolves when the window has asked everything that it asks without being touched, but for what is held. */
  async quiet(): Promise<void> {
    // What goes on without main takes a turn or two of the event loop.
    let turns = 0
    while (turns < 5) {
      await nextTurn()
      turns = this.#answering === 0 ? turns + 1 : 0
    }
  }
}

const historyOf = (project: Project): EditHistory =>
  new EditHistory(newHistoryState(project), { now: () => 1, newId: randomUUID })

export const infoOf = (clip: Clip): FootageInfo => ({
  ...{ id: clip.id, path: '/film.mkv', name: clip.name, bytes: 1, width: 720, height: 576, rotation: 0 },
  ...{ pixelAspect: { num: 1, den: 1 }, frameCount: clip.frameCount, rate: clip.rate, variableRate: false },
  ...{ durationSeconds: 2, pixelFormat: 'yuv420p', bitDepth: 8, range: 'limited', matrix: 'bt601', codec: 'ffv1' },
  ...{ container: 'matroska', audio: [], warnings: [], damaged: [] },
})

export interface Opened {
  readonly main: Main
  readonly editor: Editor
}

/** A window with the first film of 'smallProject' in view. */
export async function opened(): Promise<Opened> {
  const main = new Main()
  const editor = new Editor(defaultPreferences)
  editor.start()
  await expect.poll(() => editor.film?.id).toBe('c0')
  await main.quiet()
  main.asked.length = 0
  return { main, editor }
}
