import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/conformance/**/*.test.ts', 'test/fault/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['src/catalogue/index.ts', 'test/open-features.ts'],
    // An ES module in a package that does not say so: Node 20 would take it for CommonJS.
    server: { deps: { inline: ['jsonc-parser'] } },
    pool: 'forks',
    maxWorkers: 2,
  },
});
