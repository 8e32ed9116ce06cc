/** Unit and integration tests: beside the sources, and in test/. Three or four at a time, each a process of its own. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { availableParallelism } from 'node:os'
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
    // One waits for ffmpeg or for a disk while another computes; each may hold half a gigabyte.
    maxWorkers: availableParallelism() > 3 ? 4 : 3,
    // A hang ends; a slow or busy machine is no failure.
    testTimeout: 400_000,
    hookTimeout: 400_000,
    passWithNoTests: false,
  },
})
