/** End-to-end tests, in a real Electron: nothing tried twice. */
import { defineConfig } from '@playwright/test'
import { join } from 'node:path'
import { hasDisplay } from '../build/setup/display.ts'

const report = process.env['COLORNN_E2E_REPORT']

export default defineConfig({
  testDir: join(import.meta.dirname, 'e2e'),
  testMatch: '**/*.e2e.ts',
  outputDir: join(import.meta.dirname, '..', 'test-results'),
  // A window waits for much else than the processors. On one screen two would take the keyboard from each other, so
  // there are several only where each has a virtual screen of its own (launch.ts).
  workers: hasDisplay() ? 1 : 3,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : 'list',
})
