import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// `browser` builds the page with the fake host for a browser tab; every other mode builds the page of the window, without it.
export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte()],
  define: { __FAKE_HOST__: JSON.stringify(mode === 'browser' || mode === 'development' || mode === 'test') },
  server: { port: 5273, strictPort: true, fs: { allow: [root, `${root}/../charts/fonts`] } },
  build: {
    outDir: mode === 'browser' ? 'dist-browser' : 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'state', include: ['src/**/*.test.ts'], environment: 'node' },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/serve.ts'],
          // A browser on a busy machine may miss a frame; what fails twice has failed.
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
    ],
  },
}));
