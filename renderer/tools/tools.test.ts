import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Operation } from '../../electron/contract/operations.ts'
import { projectCommandSchema, type ProjectCommand } from '../../electron/contract/projectCommands.ts'
import { EditHistory, newHistoryState } from '../../electron/project/history.ts'
import { countingIds, smallProject } from '../../test/material/arbitraryEdits.ts'
import {
  distanceToSegment,
  pointInPicture,
  pointInView,
  radiiInView,
  simplified,
  toShown,
  toStored,
} from './geometry.ts'
import { LiveEdit, type EditTarget } from './liveEdit.ts'
import { ToolState, type ToolHost } from './toolState.svelte.ts'

/** Carries out what it is told on one frame's list, each edit a moment later, and counts steps. */
class Desk implements EditTarget {
  operations: Operation[] = []
  steps = 0
  edits = 0
  #before: Operation[] | null = null
  #open: string | null = null
  begin(edit: string): Promise<boolean> {
    this.#open = edit
    this.#before = this.operations
    return Promise.resolve(true)
  }
  async edit(command: ProjectCommand, edit?: string): Promise<boolean> {
    if (this.#before) expect(edit).toBe(this.#open)
    await new Promise((resolve) => setTimeout(resolve, 1))
    this.edits++
    if (command.type === 'add-operation') this.operations = [...this.operations, command.operation]
    else if (command.type === 'replace-operation') {
      this.operations = this.operations.map((each) => (each.id === command.operation.id ? command.operation : each))
    } else if (command.type === 'extend-stroke') {
      const longer = (each: Operation): Operation =>
        each.type === 'hint' && each.id === command.operation
          ? { ...each, points: [...each.points, ...command.points] }
          : each
      this.operations = this.operations.map(longer)
    } else if (command.type === 'remove-operation')
      this.operations = this.operations.filter((each) => each.id !== command.operation)
    if (!this.#before) this.steps++
    return true
  }
  commit(edit: string): Promise<boolean> {
    expect(edit).toBe(this.#open)
    if (this.#before) this.steps++
    this.#before = null
    return Promise.resolve(true)
  }
  cancel(edit: string): Promise<boolean> {
    expect(edit).toBe(this.#open)
    if (this.#before) this.operations = this.#before
    this.#before = null
    return Promise.resolve(true)
  }
}

function tools(): { desk: Desk; state: ToolState; host: ToolHost } {
  const desk = new Desk()
  const host: ToolHost = {
    project: desk,
    place: () => ({ clip: 'c', frame: 3, operations: desk.operations }),
    pick: ([u, v]) => Promise.resolve({ u: u / 4, v: v / 4 }),
    aspect: () => 1.5,
    namedColor: () => undefined,
  }
  return { desk, state: new ToolState(host), host }
}

describe('places in the picture', () => {
  const orientations = fc.record({ rotation: fc.constantFrom(0, 90, 180, 270), mirrored: fc.boolean() })
  const unit = fc.double({ min: 0, max: 1, noNaN: true })

  it('are the same after going to the view and back, however the picture is turned and mirrored', () => {
    fc.assert(
      fc.property(unit, unit, orientations, (x, y, orientation) => {
        const view = { placement: { x: 10, y: 20, width: 300, height: 200 }, orientation }
        const [a, b] = pointInPicture(...pointInView([x, y], view), view)
        expect(a).toBeCloseTo(x, 9)
        expect(b).toBeCloseTo(y, 9)
        expect(toShown(toStored([x, y], orientation), orientation)).toEqual([
          expect.closeTo(x, 9),
          expect.closeTo(y, 9),
        ])
      }),
    )
  })

  it('turn with the picture: its top left corner is top right after a quarter turn', () => {
    expect(toShown([0, 0], { rotation: 90, mirrored: false })).toEqual([1, 0])
  })

  it('are mirrored before they are turned: its top left corner is bottom right after both', () => {
    expect(toShown([0, 0], { rotation: 0, mirrored: true })).toEqual([1, 0])
    expect(toShown([0, 0], { rotation: 90, mirrored: true })).toEqual([1, 1])
    expect(toShown([0.25, 0], { rotation: 270, mirrored: true })).toEqual([0, 0.25])
  })

  it('within a radius of another are what the brush is drawn around, also where pixels are not square', () => {
    const sides = fc.integer({ min: 100, max: 400 })
    fc.assert(
      fc.property(sides, sides, sides, sides, orientations, unit, (wide, high, width, height, orientation, turn) => {
        const view = { placement: { x: 10, y: 20, width, height }, orientation }
        const [angle, radius, aspect] = [2 * Math.PI * turn, 0.1, wide / high]
        // As the engine measures it: heights of the stored picture, in its pixels.
        const border = pointInView([0.5 + (radius * Math.cos(angle)) / aspect, 0.5 + radius * Math.sin(angle)], view)
        const [x, y] = pointInView([0.5, 0.5], view)
        const [across, down] = radiiInView(radius, aspect, view)
        expect(Math.hypot((border[0] - x) / across, (border[1] - y) / down)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('of a stroke are left out only where the line stays within the tolerance', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, unit), { minLength: 1, maxLength: 60 }), (points) => {
        const kept = simplified(points, 0.02)
        expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)])
        for (const point of points) {
          const nearest = Math.min(...kept.map((from, n) => distanceToSegment(point, from, kept[n + 1] ?? from)))
          expect(nearest).toBeLessThanOrEqual(0.02 + 1e-9)
        }
      }),
    )
  })
})

describe('a drag', () => {
  it('is one step, ends with its last state, and sends less than it was told', async () => {
    const desk = new Desk()
    const live = new LiveEdit(desk)
    const grade = (saturation: number): Operation => ({
      id: 'g',
      enabled: true,
      type: 'grade',
      grade: { saturation, temperature: 0, tint: 0, hue: 0, shadowNeutrality: 0, highlightNeutrality: 0 },
    })
    live.change({ type: 'add-operation', clip: 'c', frame: 0, operation: grade(0) })
    for (let n = 1; n <= 100; n++)
      live.change({ type: 'replace-operation', clip: 'c', frame: 0, operation: grade(n / 100) })
    await live.end()
    expect(desk.operations).toEqual([grade(1)])
    expect(desk.steps).toBe(1)
    expect(desk.edits).toBeLessThan(10)
  })

  it('is whole once it has ended, whatever is given up or begun right after', async () => {
    const desk = new Desk()
    const live = new LiveEdit(desk)
    const grade = (id: string, saturation: number): Operation => ({
      id,
      enabled: true,
      type: 'grade',
      grade: { saturation, temperature: 0, tint: 0, hue: 0, shadowNeutrality: 0, highlightNeutrality: 0 },
    })
    live.change({ type: 'add-operation', clip: 'c', frame: 0, operation: grade('a', 0) })
    for (let n = 1; n <= 9; n++)
      live.change({ type: 'replace-operation', clip: 'c', frame: 0, operation: grade('a', n) })
    void live.end()
    void live.cancel()
    live.change({ type: 'add-operation', clip: 'c', frame: 0, operation: grade('b', 1) })
    await live.end()
    expect(desk.operations).toEqual([grade('a', 9), grade('b', 1)])
    expect(desk.steps).toBe(2)
  })
})

describe('tools', () => {
  it('make a stroke an object, as one step', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    for (let n = 1; n <= 20; n++) state.drag([0.1 + n / 50, 0.1])
    await state.release()
    expect(desk.operations).toMatchObject([
      {
        type: 'hint',
        kind: 'color',
        color: state.color,
        points: [
          [0.1, 0.1],
          [expect.closeTo(0.5, 6), 0.1],
        ],
      },
    ])
    expect(desk.steps).toBe(1)
    expect(state.recent).toEqual([state.color])
  })

  it('draw for as long as the pen is down: no move is refused, and none tells again what was told before', async () => {
    const history = new EditHistory(newHistoryState(smallProject()), { now: () => 1, newId: countingIds('new') })
    let told = 0
    let longest = 0
    const main: EditTarget = {
      begin: (edit) => Promise.resolve(history.begin(edit)).then(() => true),
      edit: (command, edit) => {
        const bytes = JSON.stringify(projectCommandSchema.parse(command)).length
        told += bytes
        const patches = JSON.stringify(history.apply(command, edit).patches).length
        if (command.type === 'extend-stroke') longest = Math.max(longest, patches / command.points.length)
        return Promise.resolve(true)
      },
      commit: (edit) => Promise.resolve(history.commit(edit)).then(() => true),
      cancel: (edit) => Promise.resolve(history.cancel(edit)).then(() => true),
    }
    const operations = (): readonly Operation[] => history.project.clips[0]!.frames['3']?.operations ?? []
    const state = new ToolState({
      project: main,
      place: () => ({ clip: 'c0', frame: 3, operations: operations() }),
      pick: () => Promise.resolve(null),
      aspect: () => 1,
      namedColor: () => undefined,
    })
    state.choose('stroke')
    state.press([0.5, 0.5])
    const points = 22_000
    for (let n = 1; n <= points; n++) {
      // A scribble that leaves nothing out that could be left out.
      state.drag([0.5 + 0.4 * Math.sin(n * 1.7), 0.5 + 0.4 * Math.cos(n * 2.3)], n % 2 ? 0.4 : 0.9)
      if (n % 40 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await state.release()
    const drawn = operations()
    expect(
      drawn.flatMap((each) => (each.type === 'hint' ? [each.points.length] : [])).reduce((sum, length) => sum + length),
    ).toBeGreaterThan(points)
    expect(history.done.map(({ label }) => label.kind)).toEqual(['add-operation'])
    // Twice: as it is drawn, and each piece once more when it is smoothed.
    expect(told).toBeLessThan(points * 160)
    expect(longest).toBeLessThan(400)
    history.undo()
    expect(history.project).toEqual(smallProject())
  })

  it('take back with Escape what was being drawn', async () => {
    const { desk, state } = tools()
    state.choose('neutral')
    state.press([0.1, 0.1])
    state.drag([0.3, 0.1])
    await state.giveUp()
    expect([desk.operations, desk.steps, state.draft]).toEqual([[], 0, null])
  })

  it('give nothing up any more once it is drawn, and know when main has all of it', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    state.drag([0.3, 0.1])
    expect(state.inHand).toBe(true)
    const released = state.release()
    // Main has not answered: it is still seen, but there is nothing to be given up.
    expect([state.draft === null, state.inHand, desk.steps]).toEqual([false, false, 0])
    await state.settled()
    expect(desk.steps).toBe(1)
    await released
    state.choose('lasso')
    state.press([0.1, 0.1])
    for (const y of [0.1, 0.5, 0.9]) state.drag([0.5 + y / 10, y])
    expect(state.inHand).toBe(true)
    void state.release()
    expect(state.inHand).toBe(false)
  })

  it('hold what was taken up last, whatever main answers to what was drawn before', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    const [object] = desk.operations
    state.press([0.5, 0.5])
    state.drag([0.7, 0.5])
    const released = state.release()
    expect(state.held).toBeNull()
    state.grab([0.1, 0.1])
    const { held } = state
    await released
    expect([held === null, state.held === held, state.draft]).toEqual([false, true, null])
    state.drag([0.1, 0.4])
    await state.giveUp()
    expect([state.held, desk.operations[0]]).toEqual([null, object])
    state.choose('select')
    state.press([0.5, 0.5])
    expect(state.held).toBeNull()
  })

  it('draw no further at a stroke that is done, where nothing was found to be taken', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    state.drag([0.3, 0.1])
    const released = state.release()
    state.grab([0.9, 0.9])
    state.drag([0.9, 0.5])
    await state.release()
    await released
    await state.settled()
    expect(desk.operations).toMatchObject([{ points: [[0.1, 0.1], [0.3, 0.1]] }]) // prettier-ignore
    expect(desk.steps).toBe(1)
  })

  it('add each of several clicks with Shift to the region, however fast they come', async () => {
    const { desk, state } = tools()
    state.choose('select')
    state.press([0.1, 0.1])
    for (const x of [0.2, 0.3, 0.4]) state.press([x, 0.1], 1, true)
    await state.settled()
    expect(desk.operations).toMatchObject([
      { shape: { seeds: [[0.1, 0.1], [0.2, 0.1], [0.3, 0.1], [0.4, 0.1]] } }, // prettier-ignore
    ])
    expect(state.selected).toBe(desk.operations[0]!.id)
  })

  it('leave the selection to what was taken up last, whatever is answered later', async () => {
    const { desk, state } = tools()
    const lasso = (): Promise<void> => {
      state.press([0.1, 0.1])
      for (const y of [0.1, 0.5, 0.9]) state.drag([0.5 + y / 10, y])
      return state.release()
    }
    for (const begin of ['lasso', 'select'] as const) {
      state.choose(begin)
      const begun = begin === 'lasso' ? lasso() : state.press([0.5, 0.5])
      state.choose('stroke')
      await begun
      await state.settled()
      expect([begin, state.selected, state.tool]).toEqual([begin, null, 'stroke'])
    }
    expect(desk.operations).toHaveLength(2)
    // Of two that are on their way the later one.
    state.choose('lasso')
    await Promise.all([lasso(), lasso()])
    expect(desk.operations).toHaveLength(4)
    expect(state.selected).toBe(desk.operations.at(-1)!.id)
  })

  it('keep the tool that was chosen while a color was being picked, and the color of what it was not picked for', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    const stroke = desk.operations[0]!
    state.choose('pick')
    state.press([0.4, -0.8])
    state.choose('lasso')
    state.selected = stroke.id
    await state.settled()
    expect([state.tool, state.color]).toEqual(['lasso', { u: 0.1, v: -0.2 }])
    expect(desk.operations).toEqual([stroke])
  })

  it('are settled where a color could not be picked, so that undo goes on', async () => {
    const { state, host } = tools()
    host.pick = () => Promise.reject(new Error('the engine is gone'))
    state.choose('pick')
    state.press([0.4, 0.4])
    await state.settled()
    await state.settled()
    expect(state.inHand).toBe(false)
  })

  it('move what was taken on its own frame, wherever the film goes meanwhile', async () => {
    const { desk, state, host } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    const edited = vi.spyOn(desk, 'edit')
    state.grab([0.1, 0.1])
    host.place = () => ({ clip: 'c', frame: 4, operations: [] })
    state.drag([0.3, 0.1])
    await state.release()
    expect(edited.mock.calls.map(([command]) => command)).toMatchObject([{ frame: 3, type: 'replace-operation' }])
  })

  it('make a lasso of a drag and nothing of a click', async () => {
    const { desk, state } = tools()
    state.choose('lasso')
    state.press([0.5, 0.5])
    await state.release()
    expect(desk.operations).toEqual([])
    state.press([0.1, 0.1])
    for (const point of [
      [0.5, 0.1],
      [0.5, 0.5],
      [0.1, 0.5],
    ] as const)
      state.drag([...point])
    await state.release()
    expect(desk.operations).toMatchObject([
      { type: 'region', shape: { kind: 'lasso' }, adjustment: { kind: 'recolor', color: state.color } },
    ])
    expect(state.objectAt([0.3, 0.3])).toBe(desk.operations[0]!.id)
    expect(state.objectAt([0.7, 0.3])).toBeNull()
  })

  it('add to the selected region with Shift', async () => {
    const { desk, state } = tools()
    state.choose('select')
    const selected = (...seeds: [number, number][]): Promise<void> =>
      vi.waitFor(() => expect(desk.operations).toMatchObject([{ shape: { kind: 'edge-select', seeds } }]))
    state.press([0.2, 0.2])
    await selected([0.2, 0.2])
    state.press([0.6, 0.6], 1, true)
    await selected([0.2, 0.2], [0.6, 0.6])
  })

  it('leave the strokes drawn before as they are when the next one gets another color', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    const first = state.color
    state.press([0.1, 0.1])
    await state.release()
    state.useColor({ u: 0.2, v: 0.2 })
    state.press([0.5, 0.5])
    await state.release()
    expect(desk.operations).toMatchObject([{ color: first }, { color: { u: 0.2, v: 0.2 } }])
    expect(desk.steps).toBe(2)
  })

  it('change the color of a selected stroke over a whole drag as one step', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    state.selected = desk.operations[0]!.id
    for (let n = 1; n <= 20; n++) state.useColorLive({ u: n / 100, v: 0 })
    await state.live.end()
    expect(desk.operations).toMatchObject([{ color: { u: 0.2, v: 0 } }])
    expect(desk.steps).toBe(2)
  })

  it('give the color under the eyedropper to the brush and to what is selected, and go back to the tool before', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    state.selected = desk.operations[0]!.id
    state.choose('pick')
    state.press([0.4, 0.8])
    await vi.waitFor(() => expect(desk.operations).toMatchObject([{ color: { u: 0.1, v: 0.2 } }]))
    expect([state.tool, state.color]).toEqual(['stroke', { u: 0.1, v: 0.2 }])
  })

  it('leave strokes of gray, and those that keep what is there, what they are when a color is chosen', async () => {
    for (const tool of ['neutral', 'erase'] as const) {
      const { desk, state } = tools()
      state.choose(tool)
      state.press([0.1, 0.1])
      await state.release()
      const before = desk.operations
      state.selected = before[0]!.id
      state.useColor({ u: 0.2, v: 0.2 })
      await state.live.settled()
      expect([desk.operations, desk.steps, state.color]).toEqual([before, 1, { u: 0.2, v: 0.2 }])
    }
  })

  it('take the color under the brush with Alt, and go on drawing with it', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.take([0.4, 0.8])
    state.drag([0.5, 0.8])
    await state.release()
    await state.settled()
    expect([desk.operations, state.tool, state.color]).toEqual([[], 'stroke', { u: 0.1, v: 0.2 }])
    state.press([0.1, 0.1])
    await state.release()
    expect(desk.operations).toMatchObject([{ kind: 'color', color: { u: 0.1, v: 0.2 } }])
  })

  it('draw a straight line from where the last stroke ended with Shift, and on from there', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    // Without a stroke before there is nothing to come from.
    state.press([0.1, 0.1], 1, true)
    await state.release()
    // Main may not have answered yet.
    state.press([0.5, 0.1], 1, true)
    const released = state.release()
    state.press([0.5, 0.5], 1, true)
    state.drag([0.7, 0.5])
    await state.release()
    await released
    const lines = desk.operations.map((each) => (each.type === 'hint' ? each.points : []))
    const [a, b, c, d] = [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5], [0.7, 0.5]] // prettier-ignore
    expect(lines).toEqual([[a], [a, b], [b, c, d]])
    expect(desk.steps).toBe(3)
  })

  it('draw no line from a stroke that is gone, or on another frame', async () => {
    const { desk, state, host } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    state.remove(desk.operations[0]!.id)
    await vi.waitFor(() => expect(desk.operations).toEqual([]))
    state.press([0.5, 0.5], 1, true)
    await state.release()
    host.place = () => ({ clip: 'c', frame: 4, operations: [] })
    state.press([0.9, 0.9], 1, true)
    await state.release()
    expect(desk.operations).toMatchObject([{ points: [[0.5, 0.5]] }, { points: [[0.9, 0.9]] }])
  })

  it('move an object as a whole', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    state.moveLive(desk.operations[0]!, [0.2, 0.3])
    await state.live.end()
    expect(desk.operations).toMatchObject([{ points: [[expect.closeTo(0.3), expect.closeTo(0.4)]] }])
  })

  it('leave an object where it was once Escape was pressed, however far the pointer goes on', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0.1, 0.1])
    await state.release()
    const before = desk.operations
    state.grab([0.1, 0.1])
    state.drag([0.3, 0.4])
    const dragged = [{ points: [[expect.closeTo(0.3), expect.closeTo(0.4)]] }]
    await vi.waitFor(() => expect(desk.operations).toMatchObject(dragged))
    await state.giveUp()
    state.drag([0.6, 0.6])
    await state.release()
    expect([desk.operations, desk.steps]).toEqual([before, 1])
  })

  it('keep how a pen pressed where its stroke is straight', async () => {
    const { desk, state } = tools()
    state.choose('stroke')
    state.press([0, 0.5], 0.1)
    for (let n = 1; n <= 20; n++) state.drag([n / 20, 0.5], n <= 10 ? 0.1 + 0.08 * n : 0.9 - 0.08 * (n - 10))
    await state.release()
    expect(desk.operations).toMatchObject([
      {
        points: [
          [0, 0.5, 0.1],
          [0.5, 0.5, expect.closeTo(0.9)],
          [1, 0.5, expect.closeTo(0.1)],
        ],
      },
    ])
  })
})
