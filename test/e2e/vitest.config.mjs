import { defineConfig } from 'vitest/config';

/** End-to-end tests: one VS Code at a time, since two would share two cores. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    // A busy machine takes seconds for what a person sees at once.
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    fileParallelism: false,
  },
});
