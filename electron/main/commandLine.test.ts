import { describe, expect, it } from 'vitest'
import { ownArguments, parseCommandLine } from './commandLine.ts'

describe('the command line of the editor', () => {
  it('opens the film that is named, relative to the working folder', () => {
    expect(parseCommandLine(['film.mp4'], '/home/films').footage).toBe('/home/films/film.mp4')
  })

  it('begins behind the folder of the application, wherever debuggers put their switches', () => {
    expect(
      ownArguments(['/electron', '--inspect=0', '--no-sandbox', '/checkout', '--version', 'a.mp4'], false),
    ).toEqual(['--version', 'a.mp4'])
    expect(ownArguments(['/opt/studio', 'a.mp4'], true)).toEqual(['a.mp4'])
  })

  it('passes over switches meant for Electron', () => {
    expect(parseCommandLine(['--no-sandbox', 'reel 1 (früh) "b".mov'], '/f').footage).toBe('/f/reel 1 (früh) "b".mov')
  })

  it('takes a name with a leading dash behind --', () => {
    expect(parseCommandLine(['--no-sandbox', '--', '-film.mp4'], '/f').footage).toBe('/f/-film.mp4')
  })

  it('opens nothing when nothing is named', () => {
    expect(parseCommandLine([], '/f')).toEqual({ footage: null, version: false, verbose: false })
  })

  it('knows --version and --verbose', () => {
    expect(parseCommandLine(['--version', '--verbose'], '/f')).toMatchObject({ version: true, verbose: true })
  })
})
