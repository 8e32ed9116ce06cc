import { expect, it } from 'vitest'
import { hasDisplay } from './display.ts'
import { executableName } from './electron.ts'

it('looks for a screen on Linux only, with X11 or Wayland', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'win32')).toBe(true)
})

it("knows where each system's Electron holds its executable", () => {
  expect(executableName('linux')).toBe('electron')
  expect(executableName('win32')).toBe('electron.exe')
  expect(executableName('darwin')).toMatch(/Electron\.app.Contents.MacOS.Electron$/)
})
