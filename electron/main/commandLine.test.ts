import { describe, expect, it } from 'vitest'
import { orderedCommand, ownArguments, parseCommandLine } from './commandLine.ts'

describe('the command line of the editor', () => {
  it('opens the film that is named, relative to the working folder', () => {
    expect(parseCommandLine(['film.mp4'], '/home/films').footage).toEqual(['/home/films/film.mp4'])
  })

  it('opens every film that is named', () => {
    expect(parseCommandLine(['b.mp4', '--no-sandbox', '/a.mov', '', '--', '-c.mkv'], '/f').footage).toEqual([
      '/f/b.mp4',
      '/a.mov',
      '/f/-c.mkv',
    ])
  })

  it('begins behind the folder of the application, wherever debuggers put their switches', () => {
    expect(
      ownArguments(['/electron', '--inspect=0', '--no-sandbox', '/checkout', '--version', 'a.mp4'], false),
    ).toEqual(['--version', 'a.mp4'])
    expect(ownArguments(['/opt/studio', 'a.mp4'], true)).toEqual(['a.mp4'])
  })

  it('passes over switches meant for Electron', () => {
    expect(parseCommandLine(['--no-sandbox', 'reel 1 (früh) "b".mov'], '/f').footage).toEqual([
      '/f/reel 1 (früh) "b".mov',
    ])
  })

  it('takes a name with a leading dash behind --', () => {
    expect(parseCommandLine(['--no-sandbox', '--', '-film.mp4'], '/f').footage).toEqual(['/f/-film.mp4'])
  })

  it('opens nothing when nothing is named', () => {
    expect(parseCommandLine([], '/f')).toEqual({ footage: [], version: false, verbose: false })
  })

  it('knows --version and --verbose', () => {
    expect(parseCommandLine(['--version', '--verbose'], '/f')).toMatchObject({ version: true, verbose: true })
  })

  it('gives way to the command line proper where a launcher asks for that, with all that was typed, whatever it is', () => {
    const launched = ['/opt/studio/colornn-studio', '--no-sandbox', '--command-line', '--']
    expect(orderedCommand([...launched, '-o', 'a.mkv', '--', '-b.mp4'])).toEqual(['-o', 'a.mkv', '--', '-b.mp4'])
    expect(orderedCommand(launched)).toEqual([])
  })

  it('is not the command line because a film is called so', () => {
    expect(orderedCommand(['/opt/studio/colornn-studio', '--', '--command-line'])).toBeNull()
    expect(orderedCommand(['/opt/studio/colornn-studio', '--command-line', 'film.mp4'])).toBeNull()
  })
})
