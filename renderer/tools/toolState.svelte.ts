/** The tools in the artist's hand: what a stroke, a lasso or a click on the picture becomes. */
import {
  MOST_LASSO_CORNERS,
  type ChromaColor,
  type HintOperation,
  type Operation,
  type PicturePoint,
  type RegionOperation,
  type StrokePoint,
} from '../../electron/contract/operations.ts'
import type { NamedColor } from '../../electron/contract/projectDocument.ts'
import { newAdjustment } from './adjustments.ts'
import { distanceToSegment, simplified, strokeOff } from './geometry.ts'
import { LiveEdit, type EditTarget } from './liveEdit.ts'
import { sliderRanges } from './sliderRanges.ts'

export const toolNames = ['view', 'stroke', 'neutral', 'erase', 'lasso', 'select', 'pick'] as const
export type ToolName = (typeof toolNames)[number]

/** A frame, and what is on it. */
export interface Place {
  readonly clip: string
  readonly frame: number
  readonly operations: readonly Operation[]
}

/** What tools need of the editor. */
export interface ToolHost {
  readonly project: EditTarget
  /** The frame in view; null without a clip. */
  place(): Place | null
  /** The frame's chroma there; null where it has none. */
  pick(place: PicturePoint): Promise<{ u: number; v: number } | null>
  /** Width of the stored picture by its height, in its pixels: those in which brushes are round. */
  aspect(): number
  /** As the project has it; undefined where it has none of that name, or none any more. */
  namedColor(id: string): NamedColor | undefined
}

/** Points of a stroke that lie nearer than this to its line tell nothing; in picture heights. */
const TOLERANCE = 0.0012
/**
 * A stroke with so many points goes on as another object: a pen may draw for as long as it likes, and no move costs
 * more for it.
 */
const PIECE_POINTS = 2_000
const RECENT_COLORS = 12

const newId = (): string => crypto.randomUUID()

export class ToolState {
  tool = $state<ToolName>('view')
  #color = $state.raw<ChromaColor>({ u: -0.06, v: 0.09 })
  /** Brush radius, in picture heights. */
  radius = $state<number>(sliderRanges.radius.rest)
  feather = $state<number>(sliderRanges.feather.rest)
  tolerance = $state<number>(sliderRanges.tolerance.rest)
  #selected = $state<string | null>(null)
  #recent = $state.raw<readonly ChromaColor[]>([])
  /** A picture beside the work to take colors from. */
  reference = $state.raw<ImageBitmap | null>(null)
  /** The frame whose objects are to be put on another one. */
  copied = $state.raw<{ readonly clip: string; readonly frame: number } | null>(null)
  /** What is being drawn, before main has answered. */
  draft = $state.raw<Operation | null>(null)
  /** What pointer or keys hold until it is let go or given up (a stroke, a lasso, an object): another each time. */
  held = $state.raw<symbol | null>(null)
  /** Keys are to lead the tool; taken back by whoever sees to it. */
  byKeysWanted = $state(false)
  readonly live: LiveEdit
  #before: ToolName = 'view'
  /** What was drawn to its end; it stays the draft until main has answered. */
  #drawn: string | null = null
  /** The stroke that was drawn last: a line with Shift comes from its end. */
  #lastStroke: string | null = null
  #picking: Promise<void> | null = null
  /** The colors that are being picked. */
  readonly #picks = new Set<{ readonly taken: number; isForSelected: boolean }>()
  /** Clicks that select, each after the one before: with Shift they add to what that has made. */
  #selecting: Promise<void> = Promise.resolve()
  /** Counts what is taken up: what comes of something that was begun before does not become the selected object. */
  #taken = 0
  /** Where what is being drawn belongs: the film may go on to another frame meanwhile. */
  #place: Place | null = null
  /** An object in the hand, as it was when it was taken, and where. */
  #grabbed: { readonly from: PicturePoint; readonly original: Operation; readonly place: Place } | null = null

  constructor(private readonly host: ToolHost) {
    this.live = new LiveEdit(host.project)
  }

  /** The color in the hand. */
  get color(): ChromaColor {
    return this.#ofProject(this.#color)
  }

  set color(color: ChromaColor) {
    this.#color = color
  }

  /** Colors that were used, the last one first. */
  get recent(): readonly ChromaColor[] {
    return this.#recent.map((color) => this.#ofProject(color))
  }

  /**
   * What bears a name is the project's color of that name as it is now. Hand and swatches outlive names, and projects:
   * then it is the color alone.
   */
  #ofProject({ u, v, named }: ChromaColor): ChromaColor {
    const known = named === undefined ? undefined : this.host.namedColor(named)
    return known ? { u: known.u, v: known.v, named: known.id } : { u, v }
  }

  /** The operation whose settings the inspector shows. */
  get selected(): string | null {
    return this.#selected
  }

  set selected(id: string | null) {
    this.#taken++
    this.#selected = id
  }

  /** Something is being drawn, moved or set, and may still be given up. */
  get inHand(): boolean {
    return this.live.open || (this.draft !== null && this.draft.id !== this.#drawn)
  }

  /** Resolves when all that was done with tools has been sent to main. */
  async settled(): Promise<void> {
    // What has failed is settled as well.
    await Promise.allSettled([this.#picking])
    await this.drawn()
  }

  /** The same of all but a color that is still being picked. */
  async drawn(): Promise<void> {
    await Promise.allSettled([this.#selecting, this.live.settled()])
  }

  /**
   * The color that is being picked is not for the selected object after all.
   * @returns false where none is to get one
   */
  withholdColor(): boolean {
    const pick = [...this.#picks].filter(({ taken, isForSelected }) => isForSelected && taken === this.#taken).at(-1)
    if (!pick || !withColor(this.selectedOperation, this.color)) return false
    pick.isForSelected = false
    return true
  }

  choose(tool: ToolName): void {
    void this.giveUp()
    // The eyedropper gives its color to what is selected; every other tool begins something new.
    if (tool !== 'pick') this.selected = null
    else if (this.tool !== 'pick') this.#before = this.tool
    this.tool = tool
  }

  /** Keys lead the tool from now on; without one in the hand, a stroke of color. */
  drawByKeys(): void {
    if (this.tool === 'view') this.choose('stroke')
    this.byKeysWanted = true
  }

  /** The color in the hand; the selected object takes it, too. */
  useColor(color: ChromaColor): void {
    this.useColorLive(color)
    void this.live.end()
  }

  /** The same as part of a drag: ends with `live.end`. */
  useColorLive(color: ChromaColor): void {
    this.color = color
    const recolored = withColor(this.selectedOperation, this.color)
    if (recolored) this.replaceLive(recolored)
  }

  /** The project's color; strokes drawn with it follow when it is changed. */
  useNamed({ id, u, v }: NamedColor): void {
    this.useColor({ u, v, named: id })
  }

  get selectedOperation(): Operation | null {
    return this.host.place()?.operations.find((operation) => operation.id === this.selected) ?? null
  }

  grow(factor: number): void {
    const { min, max } = sliderRanges.radius
    this.radius = Math.min(max, Math.max(min, this.radius * factor))
  }

  /**
   * The pointer went down on the picture.
   * @param more with Shift: adds to the selected region, or draws a straight line from where the last stroke ended
   */
  press(point: PicturePoint, pressure = 1, more = false): void {
    const place = this.host.place()
    if (!place) return
    this.#place = place
    switch (this.tool) {
      case 'stroke':
      case 'neutral':
      case 'erase': {
        const kind = this.tool === 'stroke' ? 'color' : this.tool
        this.held = Symbol(kind)
        this.#beginStroke({
          id: newId(),
          enabled: true,
          type: 'hint',
          kind,
          color: this.color,
          points: [...(more ? this.#lastPoint(place) : []), strokePoint(point, pressure)],
          radius: this.radius,
        })
        if (kind === 'color') this.#remember()
        break
      }
      case 'lasso':
        this.held = Symbol('lasso')
        this.draft = { ...this.#region(), shape: { kind: 'lasso', points: [point, point, point] } }
        break
      case 'select':
        this.#selecting = this.#selecting.then(this.#selector(place, point, more))
        break
      case 'pick':
        this.take(point)
        break
      case 'view':
        break
    }
  }

  /** With Alt the brush takes the color that is there. */
  take(point: PicturePoint): void {
    this.#picking = this.#pick(point)
  }

  /** The pointer went down to take what is there already. */
  grab(point: PicturePoint): void {
    this.selected = this.objectAt(point)
    const original = this.selectedOperation
    const place = this.host.place()
    this.#grabbed = original && place && { from: point, original, place }
    this.held = this.#grabbed && Symbol('object')
  }

  /** The pointer moved while down. */
  drag(point: PicturePoint, pressure = 1): void {
    // The last stroke may still be the draft, when nothing was found to be taken.
    if (this.held === null) return
    if (this.#grabbed) {
      const { from, original, place } = this.#grabbed
      this.moveLive(original, [point[0] - from[0], point[1] - from[1]], place)
      return
    }
    const { draft } = this
    const place = this.#place
    if (!draft || !place) return
    if (draft.type === 'hint') {
      const last = draft.points.at(-1)!
      if (Math.hypot((point[0] - last[0]) * this.host.aspect(), point[1] - last[1]) < TOLERANCE) return
      const next = strokePoint(point, pressure)
      this.draft = { ...draft, points: [...draft.points, next] }
      this.live.change({ type: 'extend-stroke', ...at(place), operation: draft.id, points: [next] })
      if (this.draft.points.length >= PIECE_POINTS) this.#goOnWithAnother(this.draft, next, place)
    } else if (draft.type === 'region' && draft.shape.kind === 'lasso') {
      this.draft = { ...draft, shape: { kind: 'lasso', points: [...draft.shape.points, point] } }
    }
  }

  async release(): Promise<void> {
    if (this.held === null) return
    this.held = null
    if (this.#grabbed) {
      this.#grabbed = null
      await this.live.end()
      return
    }
    const { draft } = this
    const place = this.#place
    if (!draft || !place) return
    this.#drawn = draft.id
    if (draft.type === 'hint') {
      this.#lastStroke = draft.id
      this.live.change({ type: 'replace-operation', ...at(place), operation: smoothed(draft) })
      await this.live.end()
      if (this.draft?.id === draft.id) this.draft = null
    } else if (draft.type === 'region' && draft.shape.kind === 'lasso') {
      const taken = ++this.#taken
      const points = cornersOf(draft.shape.points)
      // A click is no lasso.
      const made =
        points.length >= 3 &&
        (await this.host.project.edit({
          type: 'add-operation',
          ...at(place),
          operation: { ...draft, shape: { kind: 'lasso', points } },
        }))
      if (this.draft?.id === draft.id) this.draft = null
      // Its settings are what comes next, where nothing else was taken up meanwhile.
      if (made && taken === this.#taken) this.selected = draft.id
      if (made) this.#remember()
    }
  }

  /** Escape: what is being drawn or moved was not meant; what the pointer does until it is let go changes nothing. */
  async giveUp(): Promise<void> {
    this.draft = null
    this.#grabbed = null
    this.held = null
    await this.live.cancel()
  }

  remove(id: string): void {
    const place = this.host.place()
    if (!place) return
    if (this.selected === id) this.selected = null
    void this.host.project.edit({ type: 'remove-operation', ...at(place), operation: id })
  }

  replace(operation: Operation): void {
    const place = this.host.place()
    if (place) void this.host.project.edit({ type: 'replace-operation', ...at(place), operation })
  }

  /** For a slider's drag: ends with `live.end`. */
  replaceLive(operation: Operation, place = this.host.place()): void {
    if (place) this.live.change({ type: 'replace-operation', ...at(place), operation })
  }

  /** The topmost object of the frame under a point; null where there is none. */
  objectAt(point: PicturePoint): string | null {
    const aspect = this.host.aspect()
    const flat = ([x, y]: readonly [number, number, ...unknown[]]): readonly [number, number] => [x * aspect, y]
    for (const operation of [...(this.host.place()?.operations ?? [])].reverse()) {
      if (operation.type === 'hint') {
        const points = operation.points.map(flat)
        const near = points.some(
          (from, n) => distanceToSegment(flat(point), from, points[n + 1] ?? from) <= Math.max(operation.radius, 0.008),
        )
        if (near) return operation.id
      } else if (operation.type === 'region') {
        const marks = operation.shape.kind === 'lasso' ? operation.shape.points : operation.shape.seeds
        if (
          operation.shape.kind === 'lasso'
            ? inside(point, marks)
            : marks.some((seed) => distanceToSegment(flat(point), flat(seed), flat(seed)) < 0.02)
        ) {
          return operation.id
        }
      }
    }
    return null
  }

  /** Moves an object; live, as part of a drag. @param by in picture coordinates */
  moveLive(operation: Operation, by: PicturePoint, place = this.host.place()): void {
    const moved = ([x, y]: PicturePoint): PicturePoint => [limited(x + by[0]), limited(y + by[1])]
    if (operation.type === 'hint') {
      const points = operation.points.map(([x, y, pressure]): StrokePoint =>
        pressure === undefined ? moved([x, y]) : [...moved([x, y]), pressure],
      )
      this.replaceLive({ ...operation, points }, place)
    } else if (operation.type === 'region') {
      const { shape } = operation
      const there =
        shape.kind === 'lasso'
          ? { ...shape, points: shape.points.map(moved) }
          : { ...shape, seeds: shape.seeds.map(moved) }
      this.replaceLive({ ...operation, shape: there }, place)
    }
  }

  /** Nothing where the last stroke is gone, or is on another frame. */
  #lastPoint({ operations }: Place): StrokePoint[] {
    const { draft } = this
    const last = draft?.id === this.#lastStroke ? draft : operations.find(({ id }) => id === this.#lastStroke)
    return last?.type === 'hint' ? last.points.slice(-1) : []
  }

  #beginStroke(operation: HintOperation): void {
    const place = this.host.place()
    if (!place) return
    this.draft = operation
    this.selected = null
    this.live.change({ type: 'add-operation', ...at(place), operation })
  }

  /** What is drawn so far is one object; the pen goes on with the next one, in the same step of the history. */
  #goOnWithAnother(stroke: HintOperation, from: StrokePoint, place: Place): void {
    this.live.change({ type: 'replace-operation', ...at(place), operation: smoothed(stroke) })
    this.draft = { ...stroke, id: newId(), points: [from] }
    this.live.change({ type: 'add-operation', ...at(place), operation: this.draft })
  }

  #region(): Omit<RegionOperation, 'shape'> {
    const adjustment = newAdjustment('recolor', this.color)
    return { id: newId(), enabled: true, type: 'region', inverted: false, feather: this.feather, adjustment }
  }

  /** @returns what the click does once those before it are done */
  #selector(place: Place, point: PicturePoint, more: boolean): () => Promise<void> {
    // With Shift it goes on with what is selected, or will be by the click before.
    const taken = more ? this.#taken : ++this.#taken
    const made: RegionOperation = {
      ...this.#region(),
      shape: { kind: 'edge-select', seeds: [point], tolerance: this.tolerance },
    }
    return async () => {
      const selected = more && taken === this.#taken ? this.selectedOperation : null
      if (selected?.type === 'region' && selected.shape.kind === 'edge-select') {
        const shape = { ...selected.shape, seeds: [...selected.shape.seeds, point] }
        await this.host.project.edit({
          type: 'replace-operation',
          ...at(place),
          operation: { ...selected, shape },
        })
        return
      }
      this.#remember()
      const isMade = await this.host.project.edit({ type: 'add-operation', ...at(place), operation: made })
      // Not by the setter: clicks that add to it may have come meanwhile.
      if (isMade && taken === this.#taken) this.#selected = made.id
    }
  }

  async #pick(point: PicturePoint): Promise<void> {
    const pick = { taken: this.#taken, isForSelected: true }
    this.#picks.add(pick)
    const color = await this.host.pick(point).finally(() => this.#picks.delete(pick))
    if (!color) return
    // What was taken up meanwhile was not meant to get it.
    if (pick.isForSelected && pick.taken === this.#taken) this.useColor(color)
    else this.color = color
    this.#remember()
    if (this.tool === 'pick') this.tool = this.#before
  }

  #remember(): void {
    const { color, recent } = this
    const same = (one: ChromaColor): boolean => one.u === color.u && one.v === color.v
    if (!recent.some(same)) this.#recent = [this.#color, ...this.#recent].slice(0, RECENT_COLORS)
  }
}

/** Of a line that turns without end only the larger turns. */
function cornersOf(points: readonly PicturePoint[]): PicturePoint[] {
  for (let tolerance = TOLERANCE; ; tolerance *= 2) {
    const corners = simplified(points, tolerance)
    if (corners.length <= MOST_LASSO_CORNERS) return corners
  }
}

const smoothed = (stroke: HintOperation): HintOperation => ({
  ...stroke,
  points: simplified(stroke.points, TOLERANCE, strokeOff(stroke.radius)),
})

/** Null for what has no color of its own. */
function withColor(operation: Operation | null, color: ChromaColor): Operation | null {
  if (operation?.type === 'hint' && operation.kind === 'color') return { ...operation, color }
  if (operation?.type === 'region' && operation.adjustment.kind === 'recolor') {
    return { ...operation, adjustment: { ...operation.adjustment, color } }
  }
  return null
}

const at = ({ clip, frame }: { clip: string; frame: number }): { clip: string; frame: number } => ({ clip, frame })
const limited = (value: number): number => Math.min(2, Math.max(-1, value))
const strokePoint = ([x, y]: PicturePoint, pressure: number): StrokePoint =>
  pressure === 1 ? [x, y] : [x, y, pressure]

/** Even-odd rule. */
function inside([x, y]: PicturePoint, polygon: readonly PicturePoint[]): boolean {
  let within = false
  for (let n = 0, before = polygon.length - 1; n < polygon.length; before = n++) {
    const [ax, ay] = polygon[n]!
    const [bx, by] = polygon[before]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within
  }
  return within
}
