/** What an answer that takes its time is to mean when it comes: the artist has gone on meanwhile. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JobEntry } from '../../electron/contract/jobs.ts'
import { neutralGrade, type PicturePoint } from '../../electron/contract/operations.ts'
import { defaultPreferences } from '../../electron/contract/preferences.ts'
import { noWords, sentence } from '../../electron/contract/sentence.ts'
import { UserError, toUserErrorData } from '../../electron/contract/userError.ts'
import { FRAMES, someFootage, smallProject } from '../../test/material/arbitraryEdits.ts'
import { queuedExport } from '../../test/material/queuedExport.ts'
import { infoOf, Main, opened, type Answer, type Opened } from '../../test/material/openEditor.ts'
import { text } from '../text/catalog.ts'
import { createActions } from './actions.ts'
import { Editor } from './editor.svelte.ts'

const away = (): never => {
  throw new UserError('footage-missing', sentence`The film is not where it was.`, noWords)
}

const pins = (main: Main, clip = 0): number[] => Object.keys(main.project.clips[clip]!.frames).map(Number)
const told = (editor: Editor): string[] => editor.notices.list.map(({ message }) => message)

afterEach(() => void vi.unstubAllGlobals())

describe('what goes by what was done before it, and is not yet in the document', () => {
  it('is unpinning: it means the frame that is being pinned', async () => {
    const { main, editor } = await opened()
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    const done = editor.pinning.unpin()
    await main.quiet()
    pinned()
    await done
    await main.quiet()
    expect(pins(main)).toEqual([])
    expect(told(editor)).toEqual([text.pins.done(0), text.pins.removed(0)])
  })

  it('is a second press of the key that locks, and that keeps the own colors: it takes the first one back', async () => {
    const { main, editor } = await opened()
    const locked = main.hold('lockFrames')
    const done = [editor.cutting.toggleLock(), editor.cutting.toggleLock()]
    await main.quiet()
    locked()
    await Promise.all([...done, editor.cutting.toggleOwnColors(), editor.cutting.toggleOwnColors()])
    const [clip] = main.project.clips
    expect([clip!.locks, clip!.shots.map(({ keepsOwn }) => keepsOwn ?? false)]).toEqual([[], [false]])
  })

  it('is what goes by the pins: shots that look alike, the next pin, pins to color like, and what is exported', async () => {
    for (const [name, begin] of [
      ['pinAlike', (editor: Editor) => editor.pinning.pinAlike()],
      ['suggestPin', (editor: Editor) => editor.pinning.goToSuggested()],
      ['pinLikeness', (editor: Editor) => editor.pinning.likeness({ film: editor.film!, frame: 30 })],
      ['movePin', (editor: Editor) => editor.pinning.move(0, 30, false)],
      ['exportSheet', (editor: Editor) => editor.exporting.exportSheet()],
      ['exportFrame', (editor: Editor) => editor.exporting.exportFrame()],
      ['orderExport', (editor: Editor) => editor.exporting.order(null)],
    ] as const) {
      const { main, editor } = await opened()
      main.answers['suggestPin'] = () => null
      editor.exporting.target = '/out/reel one.mkv'
      const pinned = main.hold('pinFrame')
      void editor.pinning.pin()
      await main.quiet()
      main.asked.length = 0
      const done = begin(editor)
      await main.quiet()
      expect(main.asked, name).not.toContain(name)
      pinned()
      await done
      expect(main.asked, name).toContain(name)
      expect(pins(main)).toEqual([0])
    }
  })

  it('is joining a shot that is only being split', async () => {
    const { main, editor } = await opened()
    editor.playback.seek(10)
    await Promise.all([editor.cutting.split(), editor.cutting.join()])
    expect(main.project.clips[0]!.shots.map(({ from }) => from)).toEqual([0])
  })

  it('is coloring: it waits for the pin that it goes by, and means the shot of then', async () => {
    const { main, editor } = await opened()
    main.apply({ type: 'split-shot', clip: 'c0', at: 20 })
    const pinned = main.hold('pinFrame')
    main.answers['startColorize'] = vi.fn<Answer>(() => 'job')
    void editor.pinning.pin()
    const colored = editor.coloring.propagateShot('forward')
    editor.playback.seek(30)
    await main.quiet()
    expect(main.asked).not.toContain('startColorize')
    pinned()
    await colored
    expect(vi.mocked(main.answers['startColorize']).mock.calls).toEqual([
      [{ clip: 'c0', mode: 'forward', first: 0, shotAt: 0 }],
    ])
  })

  it('is moving a film by a key that comes again before it is moved', async () => {
    const { main, editor } = await opened()
    addClips(main, 'c2', 'c3')
    await Promise.all([1, 2, 3].map(() => editor.clips.moveBy(1)))
    expect(main.project.clips.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3', 'c0'])
  })

  it('is going on to the next film, from the one that is being opened', async () => {
    const { main, editor } = await opened()
    addClips(main, 'c2', 'c3')
    await Promise.all([1, 2, 3].map(() => editor.clips.goTo(1)))
    expect(editor.film?.id).toBe('c3')
    await editor.clips.goTo(-1)
    expect(editor.film?.id).toBe('c2')
  })

  it('is closing the project: what is being pinned is pinned before', async () => {
    const { main, editor } = await opened()
    const kept: number[][] = []
    main.answers['closeProject'] = () => {
      kept.push(pins(main))
      main.open(null)
    }
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    const closed = editor.files.close()
    expect(editor.film).toBeNull()
    await main.quiet()
    pinned()
    await closed
    expect(kept).toEqual([[0]])
  })

  it('is saving: what was drawn last is saved as well', async () => {
    const { main, editor } = await opened()
    const edited = main.hold('editProject')
    void editor.marking.set()
    const saved = editor.files.save()
    await main.quiet()
    expect(main.asked).not.toContain('saveProject')
    edited()
    await saved
    expect(main.asked).toContain('saveProject')
  })
})

function addClips(main: Main, ...ids: string[]): void {
  for (const clip of ids)
    main.apply({
      ...{ type: 'add-clip', clip, name: clip, footage: { ...someFootage, hash: clip.at(-1)!.repeat(64) } },
      ...{ frameCount: FRAMES, rate: { num: 24, den: 1 } },
    })
}

describe('undo that has to wait', () => {
  const stroke = async ({ main, editor }: Opened, ...more: PicturePoint[]): Promise<void> => {
    editor.tools.press([0.1, 0.1])
    for (const point of more) editor.tools.drag(point)
    await main.quiet()
  }
  const points = (main: Main): number[] =>
    (main.project.clips[0]!.frames['0']?.operations ?? []).map((each) =>
      each.type === 'hint' ? each.points.length : 0,
    )

  it('takes back what it was pressed for, and not the stroke that the pen is drawing by then', async () => {
    const { main, editor } = await opened()
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    const undone = editor.steps.undo()
    editor.tools.choose('stroke')
    await stroke({ main, editor }, [0.3, 0.1])
    await vi.waitFor(() => expect(points(main)).toEqual([2]))
    pinned()
    await undone
    editor.tools.drag([0.3, 0.5])
    await editor.tools.release()
    expect([main.steps, points(main), told(editor)]).toEqual([['add-operation'], [3], [text.pins.done(0)]])
    expect(main.project.clips[0]!.frames['0']?.pinned).toBeFalsy()
  })

  it('takes back what it was pressed for, and not a stroke that was drawn to its end before', async () => {
    const { main, editor } = await opened()
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    const undone = editor.steps.undo()
    editor.tools.choose('stroke')
    await stroke({ main, editor }, [0.3, 0.1])
    await editor.tools.release()
    pinned()
    await undone
    expect([main.steps, points(main)]).toEqual([['add-operation'], [2]])
  })

  it('keeps a color that is still being picked from the selected object, and leaves the next stroke alone', async () => {
    const { main, editor } = await opened()
    const { tools } = editor
    main.answers['pickColor'] = () => ({ u: 0.2, v: 0.2 })
    tools.choose('stroke')
    await stroke({ main, editor })
    await tools.release()
    const first = main.project.clips[0]!.frames['0']!.operations[0]!
    const picked = main.hold('pickColor')
    tools.selected = first.id
    tools.choose('pick')
    tools.press([0.5, 0.5])
    const undone = editor.steps.undo()
    tools.choose('stroke')
    await stroke({ main, editor }, [0.3, 0.1])
    await tools.release()
    tools.selected = first.id
    picked()
    await undone
    await editor.steps.allSent()
    expect(main.steps).toEqual(['add-operation', 'add-operation'])
    expect(main.project.clips[0]!.frames['0']!.operations[0]).toEqual(first)
    expect(tools.color).toEqual({ u: 0.2, v: 0.2 })

    // Without an object that it is for, it is no step, and what was done before is meant.
    tools.selected = null
    const again = main.hold('pickColor')
    tools.choose('pick')
    tools.press([0.5, 0.5])
    await editor.steps.undo()
    expect(main.steps).toEqual(['add-operation'])
    again()
  })
})

describe('a project that is being closed, while a frame of it is still being pinned', () => {
  const begun = async (): Promise<{ main: Main; editor: Editor; pinned: () => void }> => {
    const { main, editor } = await opened()
    main.answers['closeProject'] = () => main.open(null)
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    return { main, editor, pinned }
  }
  const asks = ({ asked }: Main): string[] =>
    asked.filter((name) => ['closeProject', 'openPath', 'newProject', 'openSampleProject'].includes(name))

  it('is closed once, however often that is wished for, and nothing can be begun from the screen meanwhile', async () => {
    const { main, editor, pinned } = await begun()
    const closed = [editor.files.close(), editor.files.close()]
    await main.quiet()
    expect([editor.files.busy, editor.files.closing]).toEqual([true, true])
    pinned()
    await Promise.all(closed)
    expect(asks(main)).toEqual(['closeProject'])
    expect([editor.files.busy, editor.files.closing]).toEqual([false, false])
    main.open(smallProject())
    await editor.files.close()
    expect(asks(main)).toEqual(['closeProject', 'closeProject'])
  })

  it.each(['openPath', 'newProject', 'openSampleProject'])(
    'is closed before what is opened after it (%s), which stays',
    async (name) => {
      const { main, editor, pinned } = await begun()
      const { files } = editor
      main.answers[name] = () => {
        main.open({ ...smallProject(), id: 'project-2' })
        return 'c1'
      }
      const closed = files.close()
      const wish = { openPath: () => files.open('/b.mkv'), newProject: () => files.begin() }[name]
      const done = wish ? wish() : files.sample()
      await main.quiet()
      expect(asks(main)).toEqual([])
      pinned()
      await Promise.all([closed, done])
      expect(asks(main)).toEqual(['closeProject', name])
      expect(editor.project.document?.id).toBe('project-2')
      expect(files.busy).toBe(false)
    },
  )

  it('comes back into view where main keeps it open', async () => {
    const { main, editor, pinned } = await begun()
    main.answers['closeProject'] = () => {
      throw new UserError('cancelled', noWords, noWords)
    }
    const closed = editor.files.close()
    pinned()
    await closed
    expect([editor.film?.id, editor.files.busy]).toEqual(['c0', false])
  })
})

describe('a project that takes the place of the one in which a frame is still being pinned', () => {
  const ways = {
    'another one': ['openPath', (files: Editor['files']) => files.open('/b.colornn')],
    'a film in a new one': ['openPath', (files: Editor['files']) => files.open('/b.mkv', true)],
    'a new one': ['newProject', (files: Editor['files']) => files.begin()],
    'the sample': ['openSampleProject', (files: Editor['files']) => files.sample()],
  } as const

  it.each(Object.entries(ways))('waits until it is pinned: %s', async (_, [name, wish]) => {
    const { main, editor } = await opened()
    const kept: number[][] = []
    main.answers[name] = () => {
      kept.push(pins(main))
      main.open({ ...smallProject(), id: 'project-2' })
      return null
    }
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    const done = wish(editor.files)
    await main.quiet()
    pinned()
    await done
    expect(kept).toEqual([[0]])
    expect(editor.project.document?.id).toBe('project-2')
  })

  it.each(Object.entries(ways))('does so no more once something else is wished for: %s', async (_, [name, wish]) => {
    const { main, editor } = await opened()
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    const done = wish(editor.files)
    await main.quiet()
    await editor.files.show('c1')
    pinned()
    await done
    expect(main.asked).not.toContain(name)
    expect([editor.film?.id, editor.files.busy]).toEqual(['c1', false])
  })
})

describe('a pin that is made', () => {
  it('is taken in by the coloring that is under way, which is said instead of what to do', async () => {
    const { main, editor } = await opened()
    main.answers['startColorize'] = () => 'job'
    await editor.coloring.startOrPause()
    main.tell('jobsChanged', [{ id: 'job', clip: 'c0', kind: 'colorize', state: 'running' } as never])
    await editor.pinning.pin()
    expect(told(editor)).toEqual([text.pins.doneUnderWay(0)])
    // Main begins others by itself, of what is out of date.
    main.tell('jobsChanged', [{ id: 'another', clip: 'c0', kind: 'colorize', state: 'running' } as never])
    editor.playback.seek(5)
    await editor.pinning.pin()
    expect(told(editor).at(-1)).toBe(text.pins.done(5))
  })

  it('but is in a part that this does not color, is to be propagated', async () => {
    const { main, editor } = await opened()
    main.answers['startColorize'] = () => 'job'
    editor.playback.range = { from: 0, to: 10 }
    await editor.coloring.startOrPause()
    main.tell('jobsChanged', [{ id: 'job', clip: 'c0', kind: 'colorize', state: 'running' } as never])
    editor.playback.seek(30)
    await editor.pinning.pin()
    expect(told(editor)).toEqual([text.pins.done(30)])
  })

  it('so late that its project was left is said not to be made, and so is one that was to be moved', async () => {
    for (const begin of [
      (editor: Editor) => editor.pinning.pin(),
      (editor: Editor) => editor.pinning.move(0, 5, false),
    ]) {
      const { main, editor } = await opened()
      const gates = ['pinFrame', 'movePin'].map((name) => main.hold(name))
      const gone = (): never => {
        throw new UserError('not-found', sentence`This film is not open at the moment.`, noWords)
      }
      Object.assign(main.answers, { pinFrame: gone, movePin: gone })
      const done = begin(editor)
      await main.quiet()
      main.open({ ...smallProject(), id: 'project-2', clips: [] })
      gates.forEach((open) => open())
      await done
      expect(editor.notices.list.map(({ kind, message }) => [kind, message])).toEqual([
        ['warning', text.about('Reel 1', text.pins.notMade)],
      ])
    }
  })

  it('and so is the next one, whose turn comes when its project is left already', async () => {
    const { main, editor } = await opened()
    const opens = main.hold('pinFrame')
    main.answers['pinFrame'] = (): never => {
      throw new UserError('not-found', sentence`This film is not open at the moment.`, noWords)
    }
    const warned = vi.spyOn(editor.notices, 'warn')
    const first = editor.pinning.pin()
    editor.playback.seek(5)
    const second = editor.pinning.pin()
    await main.quiet()
    main.open({ ...smallProject(), id: 'project-2', clips: [] })
    opens()
    await Promise.all([first, second])
    expect(warned).toHaveBeenCalledTimes(2)
  })
})

describe('a coloring that has nothing to do', () => {
  it('says of what: the film, the marked part, or the shot, and whether that has a pin', async () => {
    const { main, editor } = await opened()
    main.apply({ type: 'split-shot', clip: 'c0', at: 20 })
    main.answers['startColorize'] = () => null
    await editor.coloring.startOrPause()
    expect(told(editor)).toEqual([text.job.allColored])
    editor.playback.range = { from: 5, to: 12 }
    await editor.coloring.startOrPause()
    expect(told(editor).at(-1)).toBe(text.job.partColored)
    await editor.coloring.propagateShot('forward')
    expect(told(editor).at(-1)).toBe(text.job.shotWithoutPin)
    await editor.pinning.pin()
    await editor.coloring.propagateShot('forward')
    expect(told(editor).at(-1)).toBe(text.job.shotColored)
  })
})

describe('an answer that comes when another film is in view', () => {
  it('goes nowhere in it, be it the next pin or what was looked at last', async () => {
    const { main, editor } = await opened()
    const suggested = main.hold('suggestPin')
    main.answers['suggestPin'] = () => ({ frame: 33, gain: 1 })
    const going = editor.pinning.goToSuggested()
    await editor.files.show('c1')
    editor.playback.seek(7)
    suggested()
    await going
    expect([editor.film?.id, editor.playback.frame]).toEqual(['c1', 7])
  })

  it('pins the frame of the film that it was asked for, and says of which', async () => {
    const { main, editor } = await opened()
    main.answers['choosePicture'] = () => '/still.png'
    const chosen = main.hold('choosePicture')
    editor.playback.seek(5)
    const pinning = editor.pinning.choosePicture()
    await editor.files.show('c1')
    editor.playback.seek(9)
    chosen()
    await pinning
    expect([pins(main), pins(main, 1)]).toEqual([[5], []])
    expect(told(editor)).toEqual([text.about('Reel 1', text.pins.done(5))])
  })

  it('asks for the film that is away, and not for the one in view', async () => {
    const { main, editor } = await opened()
    main.answers['startColorize'] = away
    const asked = main.hold('startColorize')
    const coloring = editor.coloring.propagate('between', null)
    await editor.files.show('c1')
    asked()
    await coloring
    expect([editor.dialog, editor.files.lostClip]).toEqual(['relink', 'c0'])
  })

  it('leaves no picture of another film in view where the right one is still away when its link is undone', async () => {
    const { main, editor } = await opened()
    const footage = { ...someFootage, hash: 'ef'.repeat(32) }
    main.apply({ type: 'relink-clip', clip: 'c0', footage, frameCount: FRAMES, rate: { num: 24, den: 1 } })
    await expect.poll(() => editor.files.busy).toBe(false)
    expect(editor.film?.id).toBe('c0')
    main.answers['openClip'] = away
    main.apply({ type: 'relink-clip', clip: 'c0', footage: someFootage, frameCount: FRAMES, rate: { num: 24, den: 1 } })
    expect(editor.film).toBeNull()
    await expect.poll(() => editor.files.busy).toBe(false)
    expect([editor.film, editor.dialog, editor.files.lostClip]).toEqual([null, 'relink', 'c0'])
  })

  it('is of the film whose shot was to be colored, also once its pin is made: its range, and what is said', async () => {
    const { main, editor } = await opened()
    main.apply({ type: 'split-shot', clip: 'c0', at: 20 })
    main.answers['startColorize'] = () => 'job'
    for (const isColored of [false, true]) {
      await editor.files.show('c0')
      const pinned = main.hold('pinFrame')
      void editor.pinning.pin()
      const colored = editor.coloring.propagateShot('forward')
      await editor.files.show('c1')
      if (isColored) main.tell('jobsChanged', [{ id: 'job', clip: 'c0', kind: 'colorize', state: 'running' } as never])
      pinned()
      await colored
      expect(editor.coloring.range).toBeNull()
    }
    expect(told(editor)).toContain(text.about('Reel 1', text.job.underWay))
    await editor.files.show('c0')
    expect(editor.coloring.range).toEqual({ from: 0, to: 20 })
  })

  it('is no error where the film was taken out of the project', async () => {
    const { main, editor } = await opened()
    main.answers['pinFrame'] = () => {
      throw new UserError('not-found', sentence`This film is not open at the moment.`, noWords)
    }
    const asked = main.hold('pinFrame')
    const pinning = editor.pinning.pin()
    await editor.files.remove()
    asked()
    await pinning
    expect(told(editor)).toEqual([])
  })

  it('gives no file, no order and no crop to its export', async () => {
    const { main, editor } = await opened()
    const { exporting } = editor
    main.answers['chooseExportTarget'] = () => '/out/reel one.mkv'
    main.answers['orderExport'] = () => ['export']
    main.answers['blackBars'] = () => null
    const gates = ['chooseExportTarget', 'orderExport', 'blackBars'].map((name) => main.hold(name))
    const chosen = exporting.order(null)
    const looked = exporting.findBars()
    await editor.files.show('c1')
    expect(exporting.lookingForBars).toBe(false)
    gates.forEach((open) => open())
    await Promise.all([chosen, looked])
    expect([exporting.target, exporting.hasNoBars]).toEqual([null, false])
    expect(main.asked).not.toContain('orderExport')

    exporting.target = '/out/reel two.mkv'
    const taken = main.hold('orderExport')
    const ordered = exporting.order(null)
    await editor.files.show('c0')
    exporting.target = '/out/again.mkv'
    editor.exports.receive([{ id: 'export', state: 'running' } as never])
    taken()
    await ordered
    expect([exporting.target, exporting.ordered]).toEqual(['/out/again.mkv', []])
  })

  it('is not exported with the start timecode, the first number and the comparison of the one before', async () => {
    const { main, editor } = await opened()
    const { exporting } = editor
    main.answers['orderExport'] = () => ['export']
    exporting.compare('side')
    Object.assign(exporting, { timecode: '01:00:00:00', firstNumber: '86400', target: '/out/reel one.mkv' })
    await editor.files.show('c1')
    expect([exporting.timecode, exporting.firstNumber, exporting.target]).toEqual(['', '', null])
    expect(exporting.comparing.comparison).toBeNull()
  })

  it('is not looked for any further: how sure the pass is of a film that is gone', async () => {
    const { main, editor } = await opened()
    addClips(main, 'c2')
    main.project = { ...main.project, clips: main.project.clips.map((clip) => ({ ...clip, frameCount: 9000 })) }
    await editor.files.show('c2')
    const ranges: unknown[] = []
    main.answers['measures'] = ({ clip, range }: { clip: string; range: { from: number; to: number } }) => {
      ranges.push([clip, range.from])
      const none = new Float32Array(range.to - range.from)
      return { from: range.from, confidence: none, u: none, v: none }
    }
    const measured = main.hold('measures')
    const going = editor.goToFlicker(1)
    await main.quiet()
    main.open(null)
    measured()
    await going
    expect([ranges, told(editor)]).toEqual([[['c2', 0]], []])
  })
})

describe('the pin or marker of the frame in view', () => {
  const prepared = async (): Promise<Opened> => {
    const { main, editor } = await opened()
    main.answers['movePin'] = ({ clip, from, to }: { clip: string; from: number; to: number }) =>
      main.apply({ type: 'move-pin', clip, from, to })
    main.apply({ type: 'add-marker', clip: 'c0', marker: { id: 'm', frame: 0, name: '', color: 'red' } })
    main.apply({ type: 'add-marker', clip: 'c0', marker: { id: 'n', frame: 3, name: '', color: 'red' } })
    return { main, editor }
  }
  const markers = (main: Main): number[] => main.project.clips[0]!.markers!.map(({ frame }) => frame)

  it('goes on with every press of a key, though none is done before the next, and the playhead with it', async () => {
    const { main, editor } = await prepared()
    await Promise.all([editor.pinning.pin(), editor.moving.by(1), editor.moving.by(1), editor.moving.by(1)])
    expect([pins(main), markers(main), editor.playback.frame]).toEqual([[3], [0, 3], 3])
    await editor.pinning.unpin()
    await Promise.all([editor.moving.by(1), editor.moving.by(-1), editor.moving.by(-1)])
    expect([markers(main), editor.playback.frame]).toEqual([[0, 2], 2])
  })

  it('is taken back press by press by undo, which waits for its turn as they do', async () => {
    const { main, editor } = await prepared()
    await editor.pinning.pin()
    const moved = main.hold('movePin')
    const done = [editor.moving.by(1), editor.moving.by(1), editor.steps.undo()]
    moved()
    await Promise.all(done)
    expect(pins(main)).toEqual([1])

    // What is pressed for a frame that is not in view any more when its turn comes is not meant for the one that is.
    editor.playback.seek(1)
    const held = main.hold('movePin')
    const presses = [editor.moving.by(1), editor.moving.by(1)]
    await main.quiet()
    editor.playback.seek(3)
    held()
    await Promise.all(presses)
    expect([pins(main), markers(main), editor.playback.frame]).toEqual([[2], [0, 3], 3])
  })

  it('stays where another one is, at the ends of the film, and where there is none', async () => {
    const { main, editor } = await prepared()
    await editor.moving.by(-1)
    expect([markers(main), editor.playback.frame, told(editor)]).toEqual([[0, 3], 0, []])
    main.apply({ type: 'add-marker', clip: 'c0', marker: { id: 'o', frame: 1, name: '', color: 'red' } })
    await editor.moving.by(1)
    expect([markers(main), editor.playback.frame]).toEqual([[0, 1, 3], 0])
    expect(told(editor)).toHaveLength(1)
    editor.playback.seek(8)
    await editor.moving.by(1)
    expect([editor.playback.frame, told(editor)[1]]).toEqual([8, text.timeline.nothingToMove])
  })
})

it('another project that was opened while a place was being chosen is not saved there', async () => {
  const { main, editor } = await opened()
  main.answers['chooseProjectTarget'] = () => '/films/harbour.colornn'
  const chosen = main.hold('chooseProjectTarget')
  const saving = editor.files.saveAs()
  main.open({ ...smallProject(), id: 'project-2' })
  chosen()
  await saving
  expect(main.asked).not.toContain('saveProjectAs')
})

it('what main tells while it is asked for where things stand is newer than its answer', async () => {
  const main = new Main()
  const answered = ['engineStatus', 'jobs', 'exports'].map((name) => main.hold(name))
  const editor = new Editor(defaultPreferences)
  editor.start()
  const error = toUserErrorData(new Error('it stopped'))
  main.tell('engineStatus', { state: 'failed', error })
  main.tell('jobsChanged', [{ id: 'job', state: 'running' } as never])
  main.tell('exportsChanged', [{ id: 'export', state: 'running' } as never])
  answered.forEach((open) => open())
  await expect.poll(() => editor.film?.id).toBe('c0')
  await main.quiet()
  expect(editor.engine).toEqual({ state: 'failed', error })
  expect([editor.jobs.entries.length, editor.exports.entries.length]).toEqual([1, 1])
})

it('frames that are finished while it is asked which are colored are so, whatever the answer says', async () => {
  const { main, editor } = await opened()
  main.tell('jobsChanged', [{ id: 'job', clip: 'c0', kind: 'colorize', state: 'running' } as never])
  main.answers['coloredRanges'] = () => [{ from: 0, to: 2 }]
  const answered = main.hold('coloredRanges')
  main.tell('framesChanged', { clip: 'c0', from: 0, to: 2 })
  await expect.poll(() => main.asked).toContain('coloredRanges')
  const progress = { kind: 'colorize', footageId: 'c0', state: 'running', finished: [{ from: 2, to: 3 }] }
  main.tell('jobProgress', progress as never)
  answered()
  await expect.poll(() => editor.film?.present).toEqual([{ from: 0, to: 3 }])
})

it('a film whose sound can not be decoded is silent, and said to be once; the one in its place is heard', async () => {
  const { main, editor } = await opened()
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: true } })
  const open = (path: string): void =>
    void (main.answers['openClip'] = (id: string) => ({
      ...infoOf(main.project.clips.find((clip) => clip.id === id)!),
      ...{ path, audio: [{ codec: 'unknown', channels: 1 }] },
    }))
  const said = sentence`The sound can not be decoded.`
  editor.frames.sound = () => Promise.reject(new UserError('sound-unreadable', said, noWords))
  open('/film.mkv')
  for (const clip of ['c1', 'c0', 'c1', 'c0']) {
    await editor.files.show(clip)
    editor.sound.visit()
    await main.quiet()
    expect(editor.sound.isThere).toBe(false)
  }
  expect(told(editor)).toHaveLength(1)
  open('/mended.mkv')
  const footage = { ...someFootage, hash: 'ef'.repeat(32) }
  main.apply({ type: 'relink-clip', clip: 'c0', footage, frameCount: FRAMES, rate: { num: 24, den: 1 } })
  await expect.poll(() => editor.film?.info.path).toBe('/mended.mkv')
  await main.quiet()
  expect(editor.sound.isThere).toBe(true)
})

describe('a color in the hand that bears a name', () => {
  const coat = { id: 'coat', name: 'Coat', u: 0.1, v: -0.1 }
  const drawn = (main: Main): unknown[] =>
    Object.values(main.project.clips[0]!.frames).flatMap(({ operations }) =>
      operations.map((each) => each.type === 'hint' && [each.kind, each.color, each.points.length]),
    )
  const plain = { u: coat.u, v: coat.v }
  const draw = async ({ main, editor }: Opened): Promise<void> => {
    editor.tools.press([0.1, 0.1])
    editor.tools.drag([0.3, 0.1])
    await editor.tools.release()
    await main.quiet()
  }
  const withCoat = async (): Promise<Opened> => {
    const { main, editor } = await opened()
    editor.tools.choose('stroke')
    main.apply({ type: 'add-named-color', color: coat })
    editor.tools.useNamed(coat)
    return { main, editor }
  }

  it('is the color alone once another project is open, in every tool and where it was used last', async () => {
    const { main, editor } = await withCoat()
    await draw({ main, editor })
    main.open(null)
    main.open(smallProject())
    await editor.files.show('c0')
    for (const tool of ['stroke', 'neutral', 'erase'] as const) {
      editor.tools.choose(tool)
      await draw({ main, editor })
    }
    editor.tools.choose('stroke')
    editor.tools.useColor({ u: 0, v: 0 })
    editor.tools.useColor(editor.tools.recent.at(-1)!)
    await draw({ main, editor })
    expect([drawn(main), told(editor)]).toEqual([
      ['color', 'neutral', 'erase', 'color'].map((kind) => [kind, plain, 2]),
      [],
    ])
  })

  it('is the color alone once it is taken out of the project, and bears its name again when that is undone', async () => {
    const { main, editor } = await withCoat()
    main.apply({ type: 'remove-named-color', color: 'coat' })
    await draw({ main, editor })
    await editor.steps.undo()
    await editor.steps.undo()
    await main.quiet()
    await draw({ main, editor })
    expect([drawn(main), told(editor)]).toEqual([[['color', { ...plain, named: 'coat' }, 2]], []])
  })

  it('is the color alone once naming it is undone', async () => {
    const { main, editor } = await withCoat()
    await editor.steps.undo()
    await main.quiet()
    await draw({ main, editor })
    expect([drawn(main), told(editor)]).toEqual([[['color', plain, 2]], []])
  })

  it('is what the project has under that name by now', async () => {
    const { main, editor } = await withCoat()
    main.apply({ type: 'change-named-color', color: { ...coat, u: 0.2 } })
    expect(editor.tools.color).toEqual({ u: 0.2, v: coat.v, named: 'coat' })
    await editor.steps.undo()
    await main.quiet()
    expect(editor.tools.color).toEqual({ ...plain, named: 'coat' })
  })
})

describe('a marker', () => {
  it('is set once where its key is pressed twice at once, and is then shown to be changed', async () => {
    const { main, editor } = await opened()
    const edited = main.hold('editProject')
    void editor.marking.set()
    void editor.marking.set()
    await main.quiet()
    expect(editor.dialog).toBeNull()
    edited()
    await main.quiet()
    expect([editor.film?.markers.length, editor.dialog, told(editor)]).toEqual([1, 'markers', []])
  })

  it('is set again where it is just being taken back, and shows nothing to whoever has gone on', async () => {
    const { main, editor } = await opened()
    await editor.marking.set()
    void editor.steps.undo()
    void editor.marking.set()
    await main.quiet()
    expect([editor.film?.markers.length, editor.dialog, told(editor)]).toEqual([1, null, []])
    void editor.marking.set()
    editor.playback.seek(7)
    await main.quiet()
    expect([editor.film?.markers.length, editor.dialog]).toEqual([1, null])
  })
})

describe('a dialog about what goes out of view', () => {
  it('goes with the film, and what is typed in it is that film’s', async () => {
    for (const dialog of ['export', 'markers', 'likePin'] as const) {
      const { main, editor } = await opened()
      editor.dialog = dialog
      editor.endTyping = () => void editor.marking.set()
      await editor.files.show('c1')
      await main.quiet()
      expect([dialog, editor.film?.id, editor.dialog]).toEqual([dialog, 'c1', null])
      expect(main.project.clips.map(({ markers }) => markers?.length ?? 0)).toEqual([1, 0])
    }
  })

  it('stays where the film in view is only opened anew, and where it is about the project or the program', async () => {
    const { editor } = await opened()
    editor.dialog = 'export'
    await editor.files.show('c0', true)
    expect(editor.dialog).toBe('export')
    for (const dialog of ['history', 'rename', 'settings'] as const) {
      editor.dialog = dialog
      await editor.files.show(editor.film?.id === 'c0' ? 'c1' : 'c0')
      expect(editor.dialog).toBe(dialog)
    }
  })

  it('goes with the project, which has what was typed before another takes its place', async () => {
    for (const dialog of ['export', 'history', 'rename', 'relink', 'rate'] as const) {
      const { main, editor } = await opened()
      const kept: unknown[] = []
      main.answers['openPath'] = () => {
        kept.push(main.project.clips[0]!.markers?.length)
        main.open({ ...smallProject(), id: 'project-2' })
        return 'c1'
      }
      editor.dialog = dialog
      editor.endTyping = () => {
        if (editor.project.document?.id !== 'project-2' && !editor.film?.markers.length) void editor.marking.set()
      }
      await editor.files.open('/b.colornn')
      expect([dialog, editor.dialog, kept]).toEqual([dialog, null, [1]])
    }
    const { main, editor } = await opened()
    editor.dialog = 'settings'
    main.open({ ...smallProject(), id: 'project-2' })
    expect(editor.dialog).toBe('settings')
  })
})

describe('a question about the project’s file', () => {
  const changed = (): never => {
    throw new UserError('project-changed', sentence`The project was changed by another program.`, noWords)
  }

  it('covers the window as a dialog does, and goes with its project', async () => {
    const { main, editor } = await opened()
    main.answers['saveProject'] = changed
    expect(editor.isCovered).toBe(false)
    await editor.files.save()
    expect([editor.files.changedOutside, editor.isCovered]).toEqual([true, true])
    main.open({ ...smallProject(), id: 'project-2' })
    expect([editor.files.changedOutside, editor.isCovered]).toEqual([false, false])

    editor.files.inUse = '/b.colornn'
    editor.files.takingOver = true
    expect(editor.isCovered).toBe(true)
    main.open(null)
    expect([editor.files.inUse, editor.files.takingOver, editor.isCovered]).toEqual([null, false, false])
  })

  it('is not asked of a project that has come into its place meanwhile', async () => {
    const { main, editor } = await opened()
    main.answers['saveProject'] = changed
    const saving = main.hold('saveProject')
    const saved = editor.files.save()
    await main.quiet()
    main.open({ ...smallProject(), id: 'project-2' })
    saving()
    await saved
    expect([editor.files.changedOutside, told(editor)]).toEqual([false, []])
  })
})

describe('a command', () => {
  const run = (editor: Editor, id: string): void =>
    createActions(editor, { zoomTimeline: () => undefined, focusPosition: () => undefined })
      .find((action) => action.id === id)!
      .run()

  it('that cancels the coloring does so with a tool in the hand; Escape puts the tool away first', async () => {
    const { main, editor } = await opened()
    vi.stubGlobal('document', { fullscreenElement: null })
    const progress = { done: 2, total: 6 }
    const job = { id: 'job', kind: 'colorize', state: 'running', clip: 'c0', progress }
    main.answers['cancelJob'] = vi.fn<Answer>(() => null)
    main.tell('jobsChanged', [job as never])
    editor.tools.choose('stroke')
    run(editor, 'escape')
    await main.quiet()
    expect([editor.tools.tool, main.asked.includes('cancelJob')]).toEqual(['view', false])
    editor.tools.choose('stroke')
    run(editor, 'cancel')
    await main.quiet()
    expect([editor.tools.tool, main.asked.includes('cancelJob')]).toEqual(['stroke', true])
  })

  it('that deletes the selected object leaves the pin, however often its key is pressed', async () => {
    const { main, editor } = await opened()
    await editor.pinning.pin()
    editor.tools.press([0.1, 0.1])
    editor.tools.choose('stroke')
    editor.tools.press([0.1, 0.1])
    await editor.tools.release()
    await main.quiet()
    const objects = (): number => main.project.clips[0]!.frames['0']!.operations.length
    expect(objects()).toBe(1)
    editor.tools.selected = main.project.clips[0]!.frames['0']!.operations[0]!.id
    for (let n = 0; n < 3; n++) {
      run(editor, 'removeObject')
      await main.quiet()
    }
    expect([objects(), pins(main)]).toEqual([0, [0]])
    expect(told(editor)).toEqual([text.pins.done(0), text.tools.onlyPinHere])
  })
})

/** As after five crashes within a minute: the next thing that is asked starts it again. */
const givenUp = {
  state: 'failed',
  error: new UserError('engine-stopped', sentence`It has stopped 5 times.`, noWords).toData(),
}
const ready = { state: 'ready', info: {} }
const engineIs = (main: Main, status: object): void => main.tell('engineStatus', status as never)

describe('what can not be done', () => {
  it('is said: there is no color under the eyedropper', async () => {
    const { main, editor } = await opened()
    main.answers['pickColor'] = () => null
    editor.tools.choose('pick')
    editor.tools.press([0.5, 0.5])
    await editor.tools.settled()
    expect(told(editor)).toEqual([text.tools.noColorHere])
  })

  it('is said: the frame has no marker, no pin and no marks, and no pin comes before or after it', async () => {
    const { main, editor } = await opened()
    const nothing = { zoomTimeline: () => undefined, focusPosition: () => undefined }
    for (const [id, words] of [
      ['removeMarker', text.markers.noneHere],
      ['unpin', text.pins.noneHere],
      ['clearRange', text.transport.noMarks],
      ['nextPin', text.pins.noneAfter],
      ['previousPin', text.pins.noneBefore],
      ['modeOnion', text.view.onionWithoutPin],
    ] as const) {
      createActions(editor, nothing)
        .find((action) => action.id === id)!
        .run()
      await main.quiet()
      expect(told(editor).at(-1), id).toBe(words)
    }
    expect(main.steps).toEqual([])
  })

  it('is said: all shots keep their own colors, and nothing is left to be colored', async () => {
    const { main, editor } = await opened()
    main.answers['startColorize'] = () => null
    main.apply({ type: 'keep-own-colors', clip: 'c0', shot: main.project.clips[0]!.shots[0]!.id, keep: true })
    await editor.coloring.startOrPause()
    expect(told(editor)).toEqual([text.job.allOwn])
  })
})

describe('the list of markers', () => {
  it('opens over no stroke that was begun meanwhile', async () => {
    const { main, editor } = await opened()
    await editor.marking.set()
    await main.quiet()
    const pinned = main.hold('pinFrame')
    void editor.pinning.pin()
    void editor.marking.set()
    await main.quiet()
    editor.tools.choose('stroke')
    editor.tools.press([0.5, 0.5], 1, false)
    editor.tools.drag([0.6, 0.5], 1)
    pinned()
    await main.quiet()
    expect([editor.dialog, editor.tools.inHand]).toEqual([null, true])
  })
})

describe('a coloring that is cancelled', () => {
  const running = (clip: string): JobEntry => ({
    ...{ id: 'job', order: 1, clip, reel: 'Reel', kind: 'colorize', state: 'running', notes: [], error: null },
    ...{
      exported: null,
      inspection: null,
      told: false,
      progress: { done: 12, total: 40, framesPerSecond: 1, secondsLeft: 28 },
    },
  })

  it('says so, and how far it has come', async () => {
    const { main, editor } = await opened()
    main.tell('jobsChanged', [running('c0')])
    await editor.coloring.cancel()
    expect(main.asked).toContain('cancelJob')
    expect(told(editor)).toEqual([text.job.cancelledAt(12, 40)])
  })

  it('says so where its film was taken out of the project', async () => {
    const { main, editor } = await opened()
    main.tell('jobsChanged', [running('c0')])
    await editor.files.remove()
    await main.quiet()
    expect(told(editor)).toEqual([text.about('Reel 1', text.job.cancelledAt(12, 40))])
  })
})

describe('the list of all work', () => {
  it('has what an export is looked through for with that export, and by itself once that is taken out', async () => {
    const { main, editor } = await opened()
    const looking = { id: 'looking', kind: 'inspect', clip: '', exported: 'out', state: 'done', told: true }
    const job = { id: 'job', kind: 'colorize', clip: 'c0', exported: null, state: 'running', told: false }
    main.tell('jobsChanged', [looking, job] as never)
    main.tell('exportsChanged', [queuedExport('out', 'done', { told: true })])
    expect(editor.listedJobs.map(({ id }) => id)).toEqual(['job'])
    main.tell('exportsChanged', [])
    expect(editor.listedJobs.map(({ id }) => id)).toEqual(['looking', 'job'])
  })
})

describe('a film that can not be opened', () => {
  const unreadable = (id: string): never => {
    throw new UserError('not-a-film', sentence`“${id}” is not a film that can be read.`, noWords)
  }

  it('keeps nobody from the others of its project: the first that can be is in view, and each that can not is said', async () => {
    const { main, editor } = await opened()
    addClips(main, 'c2', 'c3', 'c4')
    main.answers['openClip'] = (id: string) => {
      if (id === 'c1') return away()
      return id < 'c3' ? unreadable(id) : infoOf(main.project.clips.find((each) => each.id === id)!)
    }
    main.open(null)
    main.open({ ...main.project, id: 'project-2' })
    await editor.files.show('c0')
    expect(editor.film?.id).toBe('c3')
    expect(told(editor)).toEqual(['“c0” is not a film that can be read.', '“c2” is not a film that can be read.'])
    // That is asked where it is what the artist wants to see.
    expect([editor.dialog, editor.files.busy]).toEqual([null, false])
    // What is in view stays so.
    await editor.files.show('c2')
    expect(editor.film?.id).toBe('c3')
  })

  it('leaves nothing in view that was taken out of the project, where it is the only one left', async () => {
    const { main, editor } = await opened()
    main.answers['openClip'] = unreadable
    await editor.files.remove()
    await main.quiet()
    expect(editor.film).toBeNull()
  })

  it('brings no other into view where the project is being closed', async () => {
    const { main, editor } = await opened()
    main.open(null)
    main.open({ ...main.project, id: 'project-2' })
    main.answers['openClip'] = (id: string) => {
      throw new UserError('not-a-film', sentence`“${id}” is not a film that can be read.`, noWords)
    }
    main.answers['closeProject'] = () => main.open(null)
    const [openClip, close] = [main.hold('openClip'), main.hold('closeProject')]
    void editor.files.show('c0')
    await main.quiet()
    void editor.files.close()
    openClip()
    await main.quiet()
    close()
    await main.quiet()
    expect([editor.film, told(editor)]).toEqual([null, []])
  })

  it('is the only one that is tried where it is the engine that does not run', async () => {
    const { main, editor } = await opened()
    main.answers['openClip'] = () => {
      throw new UserError('engine-stopped', sentence`It has stopped.`, noWords)
    }
    main.open({ ...main.project, id: 'project-2' })
    await editor.files.show('c0')
    expect(main.asked.filter((name) => name === 'openClip')).toHaveLength(1)
  })
})

describe('notices of what is over', () => {
  it('stay where nothing was tried again: a place to save in was not chosen', async () => {
    const { main, editor } = await opened()
    main.answers['saveProject'] = () => false
    main.answers['chooseProjectTarget'] = () => '/full/reel.colornn'
    main.answers['saveProjectAs'] = () => {
      throw new UserError('disk-full', sentence`The disk is full; it could not be written.`, noWords)
    }
    await editor.files.save()
    main.answers['chooseProjectTarget'] = () => null
    await editor.files.save()
    expect(told(editor)).toEqual(['The disk is full; it could not be written.'])
  })

  it('stay for each picture that could not be pinned', async () => {
    const { main, editor } = await opened()
    for (const name of ['a.png', 'b.png']) {
      editor.failOfProject(new UserError('bad-picture', sentence`“${name}” is no picture.`, noWords))
    }
    await main.quiet()
    expect(told(editor)).toEqual(['“a.png” is no picture.', '“b.png” is no picture.'])
  })

  it('go: the engine runs again after it was given up', async () => {
    const { main, editor } = await opened()
    engineIs(main, givenUp)
    expect(told(editor)).toEqual(['It has stopped 5 times.'])
    engineIs(main, { state: 'restarting', reason: 'asked for' })
    engineIs(main, ready)
    await main.quiet()
    expect(told(editor)).toEqual([text.engine.restarted])
  })

  it('go: a frame of the film is shown, so that it is open; one that could not be read is still so', async () => {
    const { editor } = await opened()
    editor.files.cannotShow(new UserError('not-found', sentence`This film is not open at the moment.`, noWords))
    editor.files.cannotShow(new UserError('ffmpeg-failed', sentence`Frame 3 can not be read.`, noWords))
    editor.files.hasShown()
    expect(told(editor)).toEqual(['Frame 3 can not be read.'])
  })

  it('go with the project that they are about', async () => {
    const { main, editor } = await opened()
    main.answers['lockFrames'] = () => {
      throw new UserError('not-found', sentence`Frame 47 has no colors yet.`, noWords)
    }
    await editor.cutting.toggleLock()
    await editor.edit({ type: 'remove-marker', clip: 'c0', marker: 'gone' })
    expect(told(editor)).toHaveLength(2)
    main.tell('projectNotice', { message: sentence`2 pictures of this project are missing.`, advice: noWords })
    main.open({ ...smallProject(), id: 'project-2' })
    await main.quiet()
    expect(told(editor)).toEqual([])
  })

  it('go with the next thing that is refused, and with the film that it was refused of; what has failed stays', async () => {
    const { main, editor } = await opened()
    const refuse = (code: 'edit-refused' | 'disk-full', words: string): void => {
      main.answers['lockFrames'] = () => {
        throw new UserError(code, { pattern: words, values: [] }, noWords)
      }
    }
    refuse('disk-full', 'The disk is full, so this was not done.')
    await editor.cutting.toggleLock()
    for (const frame of [3, 4, 4]) {
      refuse('edit-refused', `Frame ${frame} has no colors yet.`)
      await editor.cutting.toggleLock()
    }
    expect(told(editor)).toEqual(['The disk is full, so this was not done.', 'Frame 4 has no colors yet.'])
    await editor.files.show('c1')
    expect(told(editor)).toEqual(['The disk is full, so this was not done.'])
  })

  it('go once the project has a place: that it is a copy which has none, and why it could not be saved before', async () => {
    const { main, editor } = await opened()
    const isCopy = sentence`The disk is full, so it was opened as a copy.`
    const notices = [sentence`2 pictures are missing.`, isCopy]
    main.tell('projectReplaced', { state: { ...main.state, notices, isCopy: true } })
    main.tell('projectNotice', { message: sentence`It goes on as a copy.`, advice: noWords, untilSaved: true })
    main.answers['saveProject'] = () => false
    main.answers['chooseProjectTarget'] = () => '/full/reel.colornn'
    main.answers['saveProjectAs'] = () => {
      throw new UserError('disk-full', sentence`The disk is full; it could not be written.`, noWords)
    }
    await editor.files.save()
    const before = ['2 pictures are missing.', isCopy.pattern, 'It goes on as a copy.']
    expect(told(editor)).toEqual([...before, 'The disk is full; it could not be written.'])
    main.answers['saveProjectAs'] = () => {
      const { project: _project, coverage, notices: _notices, isCopy: _isCopy, recovered: _, ...status } = main.state
      const path = '/there/reel.colornn'
      const saved = { ...status, path, revision: status.revision + 1 }
      main.tell('projectChanged', { status: saved, coverage, concerned: [], patches: [] })
    }
    await editor.files.saveAs()
    expect(told(editor)).toEqual(['2 pictures are missing.', text.project.saved])
  })
})

describe('an engine that was given up', () => {
  it('is started again by the next thing that is done, and shows the film once that is open again', async () => {
    for (const act of [(editor: Editor) => editor.wantPicture(), (editor: Editor) => editor.marking.set()] as const) {
      const { main, editor } = await opened()
      engineIs(main, givenUp)
      await main.quiet()
      expect(main.asked).toEqual([])
      const reopened = main.hold('reopenClip')
      void act(editor)
      await main.quiet()
      expect(main.asked).toContain('reopenClip')
      engineIs(main, { state: 'restarting', reason: 'asked for' })
      engineIs(main, ready)
      await main.quiet()
      // Before, the engine would say that the film is not open.
      expect(main.asked).not.toContain('connectFrames')
      reopened()
      await main.quiet()
      expect(main.asked.filter((name) => name === 'reopenClip')).toHaveLength(1)
      expect(main.asked).toContain('connectFrames')
    }
  })
})

describe('the playhead', () => {
  it('is kept for each film, in this window and the next', async () => {
    const { main, editor } = await opened()
    editor.playback.seek(12)
    await editor.files.show('c1')
    expect(editor.playback.frame).toBe(0)
    editor.playback.seek(30)
    await editor.files.show('c0')
    expect(editor.playback.frame).toBe(12)
    await editor.files.show('c1')
    expect(editor.playback.frame).toBe(30)
    editor.places.write()
    const next = new Editor(defaultPreferences)
    next.start()
    await main.quiet()
    expect([next.film?.id, next.playback.frame]).toEqual(['c0', 12])
  })

  it('stays where it is when the film is linked anew, or runs at another rate', async () => {
    const { main, editor } = await opened()
    editor.playback.seek(12)
    main.apply({ type: 'set-rate', clip: 'c0', rate: { num: 16, den: 1 } })
    await main.quiet()
    expect([main.asked.filter((name) => name === 'openClip').length, editor.playback.frame]).toEqual([1, 12])
    const footage = { ...someFootage, hash: 'ef'.repeat(32) }
    main.apply({ type: 'relink-clip', clip: 'c0', footage, frameCount: 8, rate: { num: 24, den: 1 } })
    await main.quiet()
    expect(editor.playback.frame).toBe(7)
  })

  it('is in the film that undo has brought back', async () => {
    const { main, editor } = await opened()
    editor.playback.seek(12)
    await editor.files.remove()
    await main.quiet()
    expect(editor.film?.id).toBe('c1')
    await editor.steps.undo()
    await main.quiet()
    expect([editor.film?.id, editor.playback.frame]).toEqual(['c0', 12])
  })
})

describe('the view before edits', () => {
  it('is left with the first touch of what it hides', async () => {
    const { main, editor } = await opened()
    const { viewer, tools } = editor
    for (const touch of [
      () => tools.press([0.1, 0.1]),
      () => tools.live.change({ type: 'set-look', clip: 'c0', shot: main.project.clips[0]!.shots[0]!.id, look }),
    ]) {
      tools.choose('stroke')
      viewer.pressBeforeEdits(0)
      touch()
      await main.quiet()
      expect(viewer.beforeEdits).toBe(false)
      // Its key is let go only now.
      viewer.releaseBeforeEdits(1000)
      expect(viewer.beforeEdits).toBe(false)
      await tools.giveUp()
    }
    viewer.pressBeforeEdits(0)
    await editor.marking.set()
    expect(viewer.beforeEdits).toBe(true)
  })
})

const look = { ...neutralGrade, saturation: 1.5 }

describe('the window', () => {
  it('is at the next start as it was left: inspector, scopes, and how the picture is compared', async () => {
    const { main, editor } = await opened()
    let kept = defaultPreferences
    main.answers['changePreferences'] = (changes: object) => {
      kept = { ...kept, ...changes }
      return kept
    }
    editor.inspector = false
    editor.scopes = true
    editor.compare('wipe')
    await main.quiet()
    expect([editor.inspector, editor.scopes, editor.viewer.mode]).toEqual([false, true, 'wipe'])
    const next = new Editor(kept)
    expect([next.inspector, next.scopes, next.viewer.mode]).toEqual([false, true, 'wipe'])
  })
})

describe('a look that was copied', () => {
  const saturations = (main: Main): number[] => main.project.clips[0]!.shots.map((shot) => shot.look.saturation)

  it('is given to another shot, or to all of the marked range in one step', async () => {
    const { main, editor } = await opened()
    await editor.looks.paste()
    expect(told(editor)).toEqual([text.tools.noLook])
    for (const at of [10, 20, 30]) main.apply({ type: 'split-shot', clip: 'c0', at })
    main.apply({ type: 'set-look', clip: 'c0', shot: main.project.clips[0]!.shots[0]!.id, look })
    editor.looks.copy()
    editor.playback.seek(35)
    await editor.looks.paste()
    await main.quiet()
    expect(saturations(main)).toEqual([1.5, 1, 1, 1.5])
    editor.playback.range = { from: 12, to: 25 }
    const { length } = main.steps
    await editor.looks.paste()
    await main.quiet()
    expect([saturations(main), main.steps.length]).toEqual([[1.5, 1.5, 1.5, 1.5], length + 1])
    await editor.steps.undo()
    expect(saturations(main)).toEqual([1.5, 1, 1, 1.5])
  })

  it('is for the shot around the frame, where shots are still being found', async () => {
    const { main, editor } = await opened()
    expect(main.project.clips[0]!.cuts).toBe('none')
    editor.looks.copied = look
    editor.playback.seek(15)
    await editor.looks.paste()
    await main.quiet()
    main.apply({ type: 'set-cuts', clip: 'c0', cuts: [10, 20, 30], source: 'automatic' })
    expect(saturations(main)).toEqual([1, 1.5, 1, 1])
  })
})
