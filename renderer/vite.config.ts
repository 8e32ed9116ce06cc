/** Builds the window's page: files that load from disk, for the oldest Chromium the editor runs in. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [svelte()],
  build: {
    target: 'chrome108',
    outDir: '../out/renderer',
    emptyOutDir: true,
    sourcemap: true,
    // How long the Svelte compiler took is no warning.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
