import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/conformance/**/*.test.ts', 'test/fault/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['src/catalogue/index.ts', 'test/open-features.ts'],
    pool: 'forks',
    maxWorkers: 2,
  },
});
