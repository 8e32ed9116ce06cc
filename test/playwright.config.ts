/** End-to-end tests, in a real Electron: one window at a time on a screen, nothing tried twice. */
import { defineConfig } from '@playwright/test'
import { join } from 'node:path'

const report = process.env['COLORNN_E2E_REPORT']

export default defineConfig({
  testDir: join(import.meta.dirname, 'e2e'),
  testMatch: '**/*.e2e.ts',
  outputDir: join(import.meta.dirname, '..', 'test-results'),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : 'list',
})
