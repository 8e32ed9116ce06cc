/**
 * Unit and integration tests: beside the sources, and in test/. Three or four at a time. Those of test/ have a process
 * of their own each; beside the sources are many small files, and starting a process takes longer than most of them.
 */
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
    // In the order of their names: the long files first, so that no processor is idle in the end.
    projects: [
      { extends: true, test: { name: 'integration', include: ['test/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'unit', include: ['{electron,renderer,build}/**/*.test.ts'], isolate: false },
      },
    ],
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
