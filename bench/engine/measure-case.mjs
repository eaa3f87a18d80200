// @ts-check
/** One case at one number of threads: everybody opens it, warms up, and is then measured in turns. */
import { setTimeout } from 'node:timers/promises';
import { inTurns } from '../harness.mjs';

/** Steps whose losses are compared. */
const LOSS_STEPS = 20;
/** A turn of one contestant takes about so long, in ms: slow ones take fewer measurements. */
const TURN_MS = 2000;
/** Whoever needs longer for one measurement than this, in ms, has one turn. */
const SLOW_MS = 2000;
/** Between two contestants, in ms: threads that wait for work by spinning have then gone to sleep. */
const PAUSE_MS = 250;

/**
 * @typedef {object} Task
 * @property {import('./cases.mjs').Case} case
 * @property {import('./cases.mjs').Network} [network]
 * @property {string} [problem] path of its file
 */

/**
 * @typedef {object} Measured
 * @property {import('../harness.mjs').Result} result
 * @property {import('./cases.mjs').Case} case
 * @property {number} threads
 * @property {string} engine its name among the contestants
 * @property {string} version
 * @property {readonly number[]} losses of the first steps
 * @property {number} openMs from nothing to the end of the first measurement
 */

/** @typedef {Map<import('./contestants.mjs').ContestantKind, import('../worker.mjs').Worker>} Workers */

/**
 * @param {Task} task
 * @param {Workers} workers
 * @param {{ threads: number, turns: number, quick: boolean, say: (line: string) => void }} how
 * @returns {Promise<Measured[]>}
 */
export async function measureCase(task, workers, { threads, turns, quick, say }) {
  const measured = task.case;
  /** @type {(Omit<Measured, 'result'> & { contestant: import('../harness.mjs').Contestant })[]} */
  const ready = [];
  for (const [kind, worker] of workers) {
    if (!kind.measures.includes(measured.measures)) continue;
    try {
      ready.push(await open(task, kind, worker, { threads, quick }));
    } catch (error) {
      say(failure(kind, measured, threads, error));
    }
  }
  /** @type {Map<string, unknown>} */
  const failed = new Map();
  const contestants = ready.map(({ contestant, engine }) => ({
    ...contestant,
    measure: async () => {
      if (failed.has(engine)) return [];
      await setTimeout(PAUSE_MS);
      return contestant.measure().catch((/** @type {unknown} */ error) => {
        failed.set(engine, error);
        return [];
      });
    },
  }));
  const name = `${measured.name}, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`;
  const results = await inTurns('engine', name, measured.unit, contestants, turns);
  for (const [kind] of workers) {
    if (failed.has(kind.name)) say(failure(kind, measured, threads, failed.get(kind.name)));
  }
  return ready.flatMap((opened, at) => {
    const result = results[at];
    if (!result || result.runs === 0) return [];
    const { version, losses, openMs } = opened;
    return [{ result, case: measured, threads, engine: opened.engine, version, losses, openMs }];
  });
}

/**
 * @param {Task} task
 * @param {import('./contestants.mjs').ContestantKind} kind
 * @param {import('../worker.mjs').Worker} worker
 * @param {{ threads: number, quick: boolean }} how
 */
async function open(task, kind, worker, { threads, quick }) {
  const measured = task.case;
  const ask = async (/** @type {object} */ request) => {
    const answer = await worker.ask(request);
    return /** @type {{ values: number[], losses?: number[], openMs: number }} */ (answer);
  };
  const start = performance.now();
  await ask({ do: 'open', ...task });
  const first = await ask({ do: 'measure', count: 1 });
  const openMs = performance.now() - start;
  // The second measurement tells how long one takes when everything is compiled.
  const again = performance.now();
  const second = await ask({ do: 'measure', count: 1 });
  const eachMs = performance.now() - again;
  const losses = [...(first.losses ?? []), ...(second.losses ?? [])];
  const wanted = quick ? LOSS_STEPS / 4 : LOSS_STEPS;
  if (measured.measures === 'train') {
    const affordable = Math.floor((10 * TURN_MS) / eachMs);
    const more = Math.min(wanted - losses.length, affordable);
    if (more > 0) losses.push(...((await ask({ do: 'measure', count: more })).losses ?? []));
  }
  const turnMs = quick ? TURN_MS / 4 : TURN_MS;
  const count = Math.max(1, Math.min(measured.count, Math.floor(turnMs / eachMs)));
  /** @type {import('../harness.mjs').Contestant} */
  const contestant = {
    engine: kind.name,
    measure: async () => (await ask({ do: 'measure', count })).values,
    ...(eachMs > SLOW_MS ? { turns: 1 } : {}),
  };
  const version = String(worker.greeting['engine']);
  return { contestant, case: measured, threads, engine: kind.name, version, losses, openMs };
}

/**
 * @param {import('./contestants.mjs').ContestantKind} kind
 * @param {import('./cases.mjs').Case} measured
 * @param {number} threads
 * @param {unknown} error
 */
function failure(kind, measured, threads, error) {
  const reason = error instanceof Error ? error.message : String(error);
  return `${kind.title} fails at ${measured.name} (${String(threads)} threads): ${reason}`;
}
