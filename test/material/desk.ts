/** A studio of its own for a test: a real engine, a real project, one film; whatever it tells the window is kept. */
import { fork } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { bundle, outFolder } from '../../build/bundle.ts'
import type { Events } from '../../electron/contract/events.ts'
import { isEnded, type QueuedExport } from '../../electron/contract/exportQueue.ts'
import type { Clip, PassMode } from '../../electron/contract/projectDocument.ts'
import type { FrameRange } from '../../electron/contract/schemas.ts'
import type { EngineLink, LaunchEngine } from '../../electron/host/engineLink.ts'
import type { EngineSettings, FromEngine } from '../../electron/engine/protocol.ts'
import type { ExportWish } from '../../electron/main/queue/ordering.ts'
import { en } from '../../electron/text/en/en.ts'
import { joinStudio, type Studio } from '../../electron/main/studio.ts'
import { linkFootage } from '../../electron/project/films/footageLink.ts'
import { lockFile } from '../../electron/project/disk/projectFiles.ts'
import { drawnOnce } from './drawnOnce.ts'
import { drawFilm, ffmpeg } from './films.ts'
import { settingsFor } from './testEngine.ts'
import { workFolder } from './workFolder.ts'

// From its sources each start would take twice the time of the processors.
await bundle({ page: false })

/** Starts the engine as a process of its own, as the program does, with its cache in 'folder'. */
export function bundledEngine(
  folder: string,
  onStart: (pid: number, link: EngineLink) => void,
  settings: Partial<EngineSettings> = {},
): LaunchEngine {
  return (changes) => {
    const child = fork(join(outFolder, 'engine.cjs'), [], {
      env: { ...process.env, ...settingsFor(folder, { ...settings, ...changes }) },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const link: EngineLink = {
      send: (message) => child.connected && child.send(message, () => undefined),
      onMessage: (listener) => child.on('message', (message) => listener(message as FromEngine)),
      onExit: (listener) => child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`)),
      kill: () => child.kill('SIGKILL'),
    }
    child.on('error', () => undefined)
    onStart(child.pid ?? 0, link)
    return link
  }
}

export interface Desk extends Studio {
  readonly folder: string
  readonly film: string
  readonly changed: Events['framesChanged'][]
  readonly troubles: Events['trouble'][]
  readonly notices: Events['projectNotice'][]
  /** What the next engine that is started is told otherwise than usual. */
  readonly settings: { COLORNN_WEIGHTS?: string }
  /** Clips whose films came back. */
  readonly back: string[]
  /** How those ended after which no export went on by itself any more. */
  readonly rested: QueuedExport['state'][][]
  pid(): number
  clip(): Clip
  /** Orders an export of a clip as lossless Matroska; gives its id. */
  order(target: string, wish?: Partial<ExportWish>): Promise<string>
  exported(id: string): Promise<QueuedExport>
  /** Resolves when what came of it is in the document. */
  colorize(mode?: PassMode, range?: FrameRange): Promise<void>
  pin(frame: number): Promise<void>
  coloredRanges(): Promise<FrameRange[]>
}

interface DeskFilm {
  readonly path: string
  readonly frameCount: number
}

/** A film of two shots, 0 to 12 and 12 to 24. */
async function twoShots(folder: string): Promise<DeskFilm> {
  await drawnOnce(folder, 'two shots', drawTwoShots)
  return { path: join(folder, TWO_SHOTS), frameCount: 24 }
}

const TWO_SHOTS = 'two shots.mkv'

async function drawTwoShots(folder: string): Promise<void> {
  const path = join(folder, TWO_SHOTS)
  const halves = await Promise.all([
    drawFilm(folder, 'a.mkv', { frames: 12 }),
    drawFilm(folder, 'b.mkv', { frames: 12, filters: 'negate,hflip' }),
  ])
  await ffmpeg([...halves.flatMap((half) => ['-i', half]), '-filter_complex', 'concat=n=2', '-c:v', 'ffv1', path])
}

/** The desk's project as a program that was killed now would leave it: written, and not told of what is under way. */
export async function leftByKill({ session, folder }: Desk): Promise<string> {
  await session.flush()
  const [place, name] = [dirname(session.path), basename(session.path)]
  const left = join(folder, 'left by a kill')
  await cp(place, left, { recursive: true })
  await rm(lockFile(join(left, name)))
  return join(left, name)
}

/** A studio with one film as clip 'c', of two shots unless another is given. */
export async function openDesk(folder = workFolder(), other?: DeskFilm): Promise<Desk> {
  let pid = 0
  const changed: Desk['changed'] = []
  const troubles: Desk['troubles'] = []
  const notices: Desk['notices'] = []
  const back: string[] = []
  const rested: Desk['rested'][number][] = []
  const settings: Desk['settings'] = {}
  const studio = joinStudio({
    launchEngine: bundledEngine(folder, (started) => (pid = started), settings),
    untitledFolder: join(folder, 'untitled'),
    exportsFolder: join(folder, 'exports'),
    onExportsRested: (ended) => rested.push(ended.map(({ state }) => state)),
    language: () => en,
    unwritten: { ask: async () => 'stay', choosePlace: async () => null },
    tellWindow: (name, payload) => {
      if (name === 'framesChanged') changed.push(payload as Events['framesChanged'])
      if (name === 'trouble') troubles.push(payload as Events['trouble'])
      if (name === 'projectNotice') notices.push(payload as Events['projectNotice'])
      if (name === 'filmBack') back.push((payload as Events['filmBack']).clip)
    },
  })
  const { engine, session, clips, coloring } = studio
  engine.start()
  onTestFinished(() => studio.shutDown())
  const { path: film, frameCount } = other ?? (await twoShots(folder))
  await session.new('Test')
  session.apply({
    type: 'add-clip',
    clip: 'c',
    name: 'Film',
    footage: await linkFootage(film, session.path),
    frameCount,
    rate: { num: 24, den: 1 },
  })
  await clips.open('c')
  const clip = (): Clip => session.project.clips[0]!
  const entry = (id: string): QueuedExport | undefined => studio.exports.entries.find((each) => each.id === id)
  return {
    ...studio,
    folder,
    film,
    changed,
    troubles,
    notices,
    settings,
    back,
    rested,
    pid: () => pid,
    clip,
    async colorize(mode = 'between', range) {
      const jobId = await coloring.colorize({ clip: 'c', mode, range })
      if (jobId) await studio.jobs.ended(jobId)
    },
    async order(target, wish) {
      const ids = await studio.ordering.order({ clip: 'c', target, format: 'ffv1-mkv', overwrite: false, ...wish })
      return ids[0]!
    },
    async exported(id) {
      await vi.waitFor(() => expect(entry(id)).toSatisfy(isEnded), 120_000)
      return entry(id)!
    },
    async pin(frame) {
      const asset = await session.assets.put(await engine.call('frozenColoring', 'c', frame), 'chroma')
      session.apply({ type: 'pin', clip: 'c', frame, base: { kind: 'frozen', asset } })
      await clips.settled('c')
    },
    async coloredRanges() {
      await clips.settled('c')
      return engine.call('coloredRanges', 'c')
    },
  }
}
