/** Written at build time by scripts/build-host-tests.mjs: every `*.test.ts` of this folder. */
declare module 'host-tests' {
  /** Loads each test file; each defines its suites through mocha's globals. */
  export function defineSuites(): void;
}
