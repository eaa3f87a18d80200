/**
 * Ends the process when its parent is gone and the event loop does not notice, being deep in synchronous work. It
 * watches from a thread of its own, which such work cannot hold up.
 */
import { Worker } from 'node:worker_threads';

/** How often the parent is looked for, ms. */
const LOOK_MS = 1000;

interface Watch {
  readonly parent: number;
  readonly lookMs: number;
  /** How long the process may take to end by itself once the parent is gone, ms. */
  readonly graceMs: number;
}

/** Starts the thread. It keeps no process alive that has nothing else to do. */
export function watchParent(graceMs: number): void {
  const watch: Watch = { parent: process.ppid, lookMs: LOOK_MS, graceMs };
  // The thread gets this one function as text: loading the engine's bundle once more would cost it tens of megabytes.
  const thread = new Worker(`(${endWithParent.toString()})(require('node:worker_threads').workerData)`, {
    eval: true,
    workerData: watch,
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  // Without a watchdog the channel still tells of the parent's end.
  thread.on('error', (error) => console.error(`The engine is not watched: ${error.message}`));
  thread.unref();
}

/** Runs in the thread, and therefore refers to nothing outside itself. */
function endWithParent({ parent, lookMs, graceMs }: Watch): void {
  const timer = setInterval(() => {
    let gone = process.ppid !== parent;
    try {
      // Windows leaves the number of a parent that is gone as it was.
      process.kill(parent, 0);
    } catch (error) {
      gone ||= (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
    if (!gone) return;
    clearInterval(timer);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs);
  }, lookMs);
}
