/**
 * The mocha suite inside the extension host. VS Code loads the bundle of this file and calls `run`; the bundle
 * holds every `*.test.ts` beside it (scripts/build-host-tests.mjs writes the list of them).
 *
 * What leaves: one console line per finished test, `MODEL-LAB-TEST {json}` (see `HostTestLine`), which
 * scripts/test-host.mjs reads wherever the extension host's console ends up.
 */
import Mocha from 'mocha';
import { defineSuites } from 'host-tests';

/** What is printed of a test. */
export interface HostTestLine {
  readonly event: 'passed' | 'failed' | 'skipped' | 'end';
  readonly title?: string;
  /** Milliseconds. */
  readonly duration?: number;
  readonly error?: string;
}

const report = (line: HostTestLine): void => {
  console.log(`MODEL-LAB-TEST ${JSON.stringify(line)}`);
};

/** Runs all suites; rejects when a test failed, so that VS Code ends with a non-zero status. */
export async function run(): Promise<void> {
  const grep = process.env['MODEL_LAB_GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, ...(grep ? { grep: new RegExp(grep, 'i') } : {}) });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  defineSuites();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.reporter(Silent).run(resolve);
    runner.on('pass', (test) => {
      report({ event: 'passed', title: test.fullTitle(), duration: test.duration ?? 0 });
    });
    runner.on('fail', (test, error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      report({ event: 'failed', title: test.fullTitle(), error: message });
    });
    runner.on('pending', (test) => {
      report({ event: 'skipped', title: test.fullTitle() });
    });
  });
  report({ event: 'end' });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

/** Mocha's own reporters write to a terminal that is not there. */
class Silent extends Mocha.reporters.Base {}
