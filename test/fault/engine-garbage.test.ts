/** Whatever is sent to a real engine process: it answers what can be answered, and lives. */
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Details } from '../../src/protocol';
import { EngineProcess } from '../../src/protocol/client';
import { engineBundle } from './engine-bundle';

let enginePath = '';
let engine: EngineProcess;
let child: ChildProcess;

beforeAll(async () => {
  enginePath = await engineBundle();
  await open();
});
afterEach(async () => {
  // Alive, the same process, and still answering.
  expect(await engine.call(Details, {})).toMatchObject({ pid: engine.pid });
});
afterAll(async () => {
  await engine.dispose();
  rmSync(enginePath, { force: true });
});

async function open(): Promise<void> {
  engine = await EngineProcess.start({ role: 'serving', enginePath });
  ({ child } = engine as unknown as { child: ChildProcess });
}

interface Answer {
  readonly id: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

let nextId = 0;
/** Sends a request as it is, past our own client, and waits for its answer. */
function answerTo(request: object): Promise<Answer> {
  const id = `garbage-${nextId++}`;
  return new Promise((resolve) => {
    const listen = (message: Answer) => {
      if (message.id !== id) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
    child.send({ jsonrpc: '2.0', method: 'dataset/inspect', ...request, id });
  });
}

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

/** As deep as this process can send, on the platforms whose programs have a stack to read it with. */
const depth = process.platform === 'win32' ? 1000 : 3000;
const cyclic: Record<string, unknown> = {};
cyclic['path'] = cyclic;

describe('a request with wrong parameters gets an error, and harms nothing', () => {
  const all: readonly [string, object][] = [
    ['a text', { params: 'x' }],
    ['a number', { params: 5 }],
    ['true', { params: true }],
    ['null', { params: null }],
    ['none', {}],
    ['a list', { params: [1, 2] }],
    ['an empty list', { params: [] }],
    ['an object of another kind', { params: new Date() }],
    ['an error', { params: new Error('x') }],
    ['a typed array', { params: new Uint8Array(5) }],
    ['a text inside', { params: { params: 'x' } }],
    ['a list inside', { params: { params: ['x'] } }],
    ['a map inside', { params: { params: new Map([['path', 'x']]) } }],
    ['a number for a path', { params: { params: { path: 10n } } }],
    ['a cycle', { params: { params: cyclic } }],
    ['lists in lists', { params: { params: nested(depth, (inner) => [inner]) } }],
    ['lists in lists as parameters', { params: nested(depth, (inner) => [inner]) }],
    ['objects in objects', { params: { params: nested(depth, (inner) => ({ inner })) } }],
    [
      'objects in objects for a path',
      { params: { params: { path: nested(depth - 1, (path) => ({ path })) } } },
    ],
    ['a million elements', { params: { params: new Array(1_000_000).fill(0) } }],
    ['a name of a million letters', { method: 'm'.repeat(1_000_000), params: {} }],
    ['the name of a prototype', { method: '__proto__', params: {} }],
    ['a token that is an object', { params: { params: { path: '/nowhere' }, progressToken: { a: 1 } } }],
  ];
  it.each(all)('%s', async (_, request) => {
    const { error } = await answerTo(request);
    expect(error?.message.length).toBeGreaterThan(5);
  });
});

describe('what is no request is passed over', () => {
  const deep = nested(depth - 10, (inner) => ({ inner }));
  const all: readonly [string, unknown][] = [
    ['a text', 'x'],
    ['nothing', null],
    ['a batch', [{ jsonrpc: '2.0', id: 1, method: 'engine/details' }]],
    ['a cancellation with a list', { jsonrpc: '2.0', method: '$/cancelRequest', params: [] }],
    ['a cancellation of a deep id', { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: deep } }],
    ['progress with a list', { jsonrpc: '2.0', method: '$/progress', params: [1, 2] }],
    ['progress for nobody', { jsonrpc: '2.0', method: '$/progress', params: { token: {}, value: deep } }],
    ['a trace', { jsonrpc: '2.0', method: '$/setTrace', params: { value: { toString: 1 } } }],
    ['an answer to nothing', { jsonrpc: '2.0', id: 'nothing', result: deep }],
    ['an error to nothing', { jsonrpc: '2.0', id: 'nothing', error: { code: NaN, message: '', data: deep } }],
    ['a notification', { jsonrpc: '2.0', method: 'no/such', params: [deep] }],
    ['another version', { jsonrpc: '1.0', id: {}, method: 'engine/details' }],
  ];
  it.each(all)('%s', (_, message) => {
    expect(child.send(message as object)).toBeTypeOf('boolean');
  });

  it('two thousand messages of chance', async () => {
    const chance = generator(20_260);
    for (let count = 0; count < 2000; count++) child.send(randomMessage(chance) as object);
    expect(await engine.call(Details, {})).toMatchObject({ pid: engine.pid });
  }, 120_000);
});

it('a message too deep for the stack is dropped alone, where the engine was started without our flags', async () => {
  const { fork } = await import('node:child_process');
  const bare = fork(enginePath, ['--role=serving'], {
    serialization: 'advanced',
    silent: true,
    execArgv: [],
  });
  const log: string[] = [];
  bare.stderr?.on('data', (text: Buffer) => log.push(text.toString()));
  try {
    await new Promise((resolve) => bare.once('message', resolve));
    const told = new Promise<{ method?: string; id?: number }>((resolve) => bare.once('message', resolve));
    bare.send({ jsonrpc: '2.0', id: 1, method: 'x', params: nested(3000, (inner) => ({ inner })) as object });
    // It asks for any message, since Node reads on with the next one only.
    const asked = await told;
    const answer = new Promise<Answer>((resolve) =>
      bare.on('message', (message: Answer) => {
        if (message.id === 'after') resolve(message);
      }),
    );
    bare.send({ jsonrpc: '2.0', id: asked.id ?? 0, result: null });
    bare.send({ jsonrpc: '2.0', id: 'after', method: 'engine/details', params: { params: {} } });
    expect((await answer).error).toBeUndefined();
    expect(bare.exitCode).toBeNull();
  } finally {
    bare.kill('SIGKILL');
  }
});

/** Numbers in [0, 1) that are the same at every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function oneOf<T>(chance: () => number, values: readonly T[]): T {
  return values[Math.floor(chance() * values.length)] as T;
}

const words = ['params', 'id', 'path', 'text', 'token', 'value', '__proto__', 'toString', 'then', '\u0000'];
const methods = [
  'dataset/inspect',
  'runs/read',
  'marks/edit',
  'generate',
  '$/cancelRequest',
  '$/progress',
  '$/setTrace',
];

function randomValue(chance: () => number, left: number): unknown {
  const scalar = [
    null,
    undefined,
    true,
    0,
    -1,
    NaN,
    Infinity,
    '',
    'x',
    2n ** 70n,
    new Date(NaN),
    new Uint8Array(3),
  ];
  if (left === 0 || chance() < 0.4) return oneOf(chance, scalar);
  if (chance() < 0.3)
    return Array.from({ length: Math.floor(chance() * 4) }, () => randomValue(chance, left - 1));
  if (chance() < 0.2) return new Map([[oneOf(chance, words), randomValue(chance, left - 1)]]);
  const entries = Array.from(
    { length: 3 },
    () => [oneOf(chance, words), randomValue(chance, left - 1)] as const,
  );
  return Object.fromEntries(entries);
}

function randomMessage(chance: () => number): unknown {
  if (chance() < 0.1) return [randomValue(chance, 4)];
  return {
    jsonrpc: chance() < 0.95 ? '2.0' : randomValue(chance, 1),
    ...(chance() < 0.6 ? { id: chance() < 0.7 ? `chance-${chance()}` : randomValue(chance, 2) } : {}),
    ...(chance() < 0.8 ? { method: chance() < 0.9 ? oneOf(chance, methods) : randomValue(chance, 2) } : {}),
    ...(chance() < 0.8 ? { params: randomValue(chance, 5) } : {}),
    ...(chance() < 0.2 ? { error: randomValue(chance, 3) } : {}),
    ...(chance() < 0.2 ? { result: randomValue(chance, 3) } : {}),
  };
}
