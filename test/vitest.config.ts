/** Unit and integration tests: beside the sources, and in test/. Two at a time, each in a process of its own. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '..')

export default defineConfig({
  root,
  // Runes in *.svelte.ts react in Svelte's browser build only.
  plugins: [svelte({ configFile: false })],
  resolve: { conditions: ['browser', 'node'] },
  test: {
    include: ['{electron,renderer,build,test}/**/*.test.ts'],
    // A native library (TensorFlow) must not be loaded twice in one process.
    pool: 'forks',
    maxWorkers: 2,
    // A hang ends; a slow or busy machine is no failure.
    testTimeout: 400_000,
    hookTimeout: 400_000,
    passWithNoTests: false,
  },
})
