import { describe, expect, it } from 'vitest'
import { parseCommandLine, type FilmOrder } from './arguments.ts'
import { WrongUse } from './wrongUse.ts'

function order(...args: string[]): FilmOrder {
  const command = parseCommandLine(args, '/films')
  if (command.kind !== 'film') throw new Error(`got ${command.kind}`)
  return command.order
}

describe('the command line', () => {
  it('takes a film and a target from the folder it is called in', () => {
    expect(order('old.mp4', '-o', 'out/new.mkv')).toMatchObject({
      source: '/films/old.mp4',
      target: '/films/out/new.mkv',
      format: 'ffv1-mkv',
      range: null,
      overwrite: false,
    })
  })

  it('takes how a film of several sizes is to be written', () => {
    expect(order('a.ts', '-o', 'a.mkv')).toMatchObject({ sizes: 'largest' })
    expect(order('a.ts', '-o', 'a.mkv', '--sizes', 'parts')).toMatchObject({ sizes: 'parts' })
    expect(() => order('a.ts', '-o', 'a.mkv', '--sizes', 'smallest')).toThrow(/--sizes wants largest or parts/)
  })

  it('takes the rate of a sequence as a number or a fraction', () => {
    for (const [text, rate] of [
      ['16', { num: 16, den: 1 }],
      ['24000/1001', { num: 24000, den: 1001 }],
      ['16.67', { num: 1667, den: 100 }],
    ] as const) {
      expect(order('a_%04d.dpx', '-o', 'a.mkv', '--rate', text)).toMatchObject({ rate })
    }
    for (const text of ['0', '1000', 'fast', '24/0', '-5']) {
      expect(() => order('a_%04d.dpx', '-o', 'a.mkv', `--rate=${text}`)).toThrow(/--rate wants/)
    }
  })

  it('chooses the format by the ending, or takes the one named', () => {
    expect(order('a.mkv', '-o', 'b.mov').format).toBe('prores-mov')
    expect(order('a.mkv', '-o', 'b.MP4').format).toBe('h264-mp4')
    expect(order('a.mkv', '-o', 'frames').format).toBe('png-sequence')
    expect(order('a.mkv', '-o', 'b.mov', '--format', 'dnxhr-mov').format).toBe('dnxhr-mov')
    expect(order('a.mkv', '-o', 'my.frames', '--format', 'png-sequence').format).toBe('png-sequence')
  })

  it('takes a comparison side by side, and a wipe with a line that moves or rests', () => {
    const comparison = (...how: readonly string[]): unknown => order('a.mkv', '-o', 'b.mp4', ...how).comparison
    expect(comparison()).toBeNull()
    expect(comparison('--compare', 'side')).toEqual({ kind: 'side' })
    expect(comparison('--compare', 'wipe')).toEqual({ kind: 'wipe', at: null })
    expect(comparison('--compare', 'wipe=40')).toEqual({ kind: 'wipe', at: 0.4 })
    expect(comparison('--compare', 'wipe=12.5%')).toEqual({ kind: 'wipe', at: 0.125 })
    for (const wrong of ['', 'wipe=', 'wipe=101', 'wipe=-1', 'half', 'Side'])
      expect(() => comparison('--compare', wrong)).toThrow(/--compare wants side, wipe, or wipe=40/)
  })

  it('takes a still and a sheet of pins as PNG or TIFF, and nothing beside that is for films alone', () => {
    expect(order('a.mkv', '-o', 'b.png', '--still', '00:00:01:02')).toMatchObject({
      picture: { kind: 'still', at: '00:00:01:02' },
      format: 'png-sequence',
    })
    expect(order('a.colornn', '--reel', 'One', '-o', 'b.TIFF', '--sheet')).toMatchObject({
      picture: { kind: 'sheet' },
      format: 'tiff-sequence',
      reel: 'One',
    })
    expect(order('a.mkv', '-o', 'b.mkv').picture).toBeNull()
    expect(() => order('a.mkv', '-o', 'b.mkv', '--still', '1')).toThrow('Pictures are written as .png or .tif')
    for (const more of [['--range', '1:2'], ['--compare', 'side'], ['--sheet'], ['--report'], ['--quality', '20']])
      expect(() => order('a.mkv', '-o', 'b.png', '--still', '1', ...more)).toThrow(`leave ${more[0]!} out`)
  })

  it('takes the timecode of the first frame as it is written; whether it exists the film’s rate tells', () => {
    expect(order('a.mkv', '-o', 'b.mov', '--timecode', '01:00:00;02').timecode).toBe('01:00:00;02')
    expect(order('a.mkv', '-o', 'b.mov').timecode).toBeNull()
  })

  it('takes every shot as a file of its own, of a part of the film as well', () => {
    expect(order('a.mkv', '-o', 'b.mov', '--each-shot', '--range', '10:90')).toMatchObject({
      eachShot: true,
      range: { from: 10, to: 90 },
    })
    expect(order('a.mkv', '-o', 'b.mov').eachShot).toBe(false)
  })

  it('takes the number of the first picture of a sequence, and of nothing else', () => {
    expect(order('a.mkv', '-o', 'frames', '--first-number', '86400').firstNumber).toBe(86400)
    expect(order('a.mkv', '-o', 'frames').firstNumber).toBeNull()
    for (const wrong of ['', '-1', '1.5', 'ten', '99999999999'])
      expect(() => order('a.mkv', '-o', 'frames', `--first-number=${wrong}`), wrong).toThrow(/--first-number wants/)
    expect(() => order('a.mkv', '-o', 'b.mov', '--first-number', '1')).toThrow(/Only pictures that are files/)
  })

  it('takes how an export is delivered, and says what each may be', () => {
    expect(order('a.mkv', '-o', 'b.mp4').delivery).toEqual({})
    expect(
      order('a.mkv', '-o', 'b.mp4', ...['--quality', '20', '--size', '1280x720', '--enlarge', '--sound', 'aac'])
        .delivery,
    ).toEqual({ quality: 20, size: { width: 1280, height: 720 }, enlarge: true, sound: 'aac' })
    expect(order('a.mkv', '-o', 'b.mov', '--shape', '16:9').delivery).toEqual({ shape: { num: 16, den: 9 } })
    const crop = { left: 0, top: 60, right: 4, bottom: 58 }
    expect(order('a.mkv', '-o', 'b.mov', '--crop', '0:60:4:58')).toMatchObject({ cropsBars: false, delivery: { crop } })
    expect(order('a.mkv', '-o', 'b.mov', '--crop', 'bars')).toMatchObject({ cropsBars: true, delivery: {} })
    expect(order('a.mkv', '-o', 'b.mov', '--shape', '2.39').delivery).toEqual({ shape: { num: 2390, den: 1000 } })
    expect(order('a.mkv', '-o', 'b.mov', '--size', '720', '--bit-rate', '2.5').delivery).toEqual({
      size: { width: null, height: 720 },
      bitRate: 2.5,
    })
    for (const [option, value, wanted] of [
      ['crop', '60', /--crop wants bars, or pixels off the left, top, right and bottom .*, not “60”/],
      ['quality', '60', /--quality wants a whole number from 1 to 51, not “60”/],
      ['bit-rate', '8M', /--bit-rate wants Mbit\/s from 0.1/],
      ['depth', '9', /--depth wants 8, 10/],
      ['sound', 'mp3', /--sound wants carried, pcm/],
      ['size', '720p', /--size wants a height/],
      ['shape', 'wide', /--shape wants a width by a height/],
      ['size', '4', /--size wants pixels from 16/],
    ] as const) {
      expect(() => order('a.mkv', '-o', 'b.mp4', `--${option}`, value)).toThrow(wanted)
    }
  })

  it('takes several keyframes, whose names may hold an equals sign', () => {
    expect(order('a.mp4', '-o', 'b.mkv', '--keyframe', '0=a=b.png', '--keyframe', '17=/c.png').keyframes).toEqual([
      { frame: 0, picturePath: '/films/a=b.png' },
      { frame: 17, picturePath: '/c.png' },
    ])
  })

  it('takes ranges that are open on one side', () => {
    expect(order('a.mp4', '-o', 'b.mkv', '--range', '10:20').range).toEqual({ from: 10, to: 20 })
    expect(order('a.mp4', '-o', 'b.mkv', '--range', '10:').range).toEqual({ from: 10, to: null })
    expect(order('a.mp4', '-o', 'b.mkv', '--range', ':5').range).toEqual({ from: 0, to: 5 })
  })

  it('takes a film whose name starts with a dash behind two dashes', () => {
    expect(order('-o', 'b.mkv', '--', '-old.mp4').source).toBe('/films/-old.mp4')
  })

  it('takes a folder of films where the target’s name ends in a slash, and a list that says everything itself', () => {
    expect(parseCommandLine(['reels', '-o', 'out/', '--json'], '/films')).toMatchObject({
      kind: 'folder',
      order: { source: '/films/reels', target: '/films/out', format: 'ffv1-mkv' },
      telling: { json: true, quiet: false },
    })
    expect(parseCommandLine(['reels', '-o', 'out/', '--format', 'h264-mp4'], '/films')).toMatchObject({
      order: { format: 'h264-mp4' },
    })
    expect(parseCommandLine(['--jobs', 'list.json', '--quiet'], '/films')).toEqual({
      kind: 'jobs',
      path: '/films/list.json',
      telling: { quiet: true, verbose: false, json: false },
    })
  })

  it('takes a reel of a project by its name', () => {
    expect(order('a.colornn', '-o', 'a.mkv', '--reel', 'Two = 2')).toMatchObject({ reel: 'Two = 2' })
    expect(order('a.colornn', '-o', 'a.mkv')).toMatchObject({ reel: null })
  })

  it('answers help and version whatever else is there', () => {
    expect(parseCommandLine(['--help'], '/')).toEqual({ kind: 'help' })
    expect(parseCommandLine(['--version', '--verbose'], '/')).toEqual({ kind: 'version', verbose: true })
  })

  for (const args of [
    [],
    ['a.mp4'],
    ['a.mp4', 'b.mp4', '-o', 'c.mkv'],
    ['a.mp4', '-o', 'c.xyz'],
    ['a.mp4', '-o', 'c.mkv', '--format', 'gif'],
    ['a.mp4', '-o', 'c.mkv', '--format', 'h264-mp4'],
    ['a.mp4', '-o', 'c.mkv', '--keyframe', 'x.png'],
    ['a.mp4', '-o', 'c.mkv', '--keyframe', '-1=x.png'],
    ['a.mp4', '-o', 'c.mkv', '--keyframe', '1=x.png', '--keyframe', '1=y.png'],
    ['a.mp4', '-o', 'c.mkv', '--range', '5'],
    ['a.mp4', '-o', 'c.mkv', '--range', '7:7'],
    ['a.mp4', '-o', 'c.mkv', '--range', 'a:b'],
    ['a.mp4', '-o', 'c.mkv', '--shots', '1,3', '--each-shot'],
    ['a.mp4', '-o', 'c.mkv', '--shots', '3-1'],
    ['a.mp4', '-o', 'c.png', '--still', '7', '--each-shot'],
    ['a.mp4', '-o', 'c.mkv', '--handles', '5'],
    ['a.mp4', '-o', 'c.mkv', '--shots', '1,3', '--handles', '5'],
    ['a.mp4', '-o', 'c.mkv', '--shots', '1,3', '--sizes', 'parts'],
    ['a.mp4', '-o', 'c.mkv', '--enlarge'],
    ['a.mp4', '-o', 'c.mkv', '--shape', '2.39', '--enlarge'],
    ['a.mp4', '-o', 'pictures', '--timecode', '01:00:00:00'],
    ['a.mp4', '-o', 'c.png', '--sheet', '--keyframe', '1=x.png', '--keep-color'],
    ['a.mp4', '-o', 'c.png', '--sheet', '--keyframe', '1=x.png', '--pin-alike'],
    ['a.mp4', '-o', 'c.mkv', '--json', '--quiet'],
    ['a.mp4', '-o', 'c.mkv', '--colour'],
    ['a.mp4', '-o'],
    ['a.mp4', '-o', 'c.mkv', '--reel', 'One'],
    ['a.colornn', '-o', 'c.mkv', '--keyframe', '1=x.png'],
    ['a.colornn', '-o', 'c.mkv', '--keep-color'],
    ['a.mp4', '-o', 'c.mkv', '--pin-alike'],
    ['--jobs', 'a.json', 'b.mp4'],
    ['--jobs', 'a.json', '--overwrite'],
    ['films', '-o', 'out/', '--format', 'gif'],
  ]) {
    it(`says in one line what is wrong with: ${args.join(' ') || 'nothing'}`, () => {
      let message = ''
      try {
        parseCommandLine(args, '/films')
      } catch (error) {
        expect(error).toBeInstanceOf(WrongUse)
        message = (error as Error).message
      }
      expect(message).toMatch(/^[^\n]{8,}$/)
    })
  }
})
