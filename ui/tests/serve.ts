/** Serves the built page of the browser tab for all tests. */
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
  }
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const server = await preview({ root, mode: 'browser', build: { outDir: 'dist-browser' }, preview: { port: 0, host: '127.0.0.1' } });
  const { port } = server.httpServer.address() as { port: number };
  project.provide('address', `http://127.0.0.1:${port}/`);
  return () => server.close();
}
