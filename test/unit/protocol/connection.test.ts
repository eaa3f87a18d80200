import { NotificationType, type MessageConnection } from 'vscode-jsonrpc/node';
import * as z from 'zod';
import { afterEach, expect, test } from 'vitest';
import { call, CancelledError, endpoint, handle, LabError } from '../../../src/protocol';
import { connect, memoryPair, type Transport } from '../../../src/protocol/transport';

interface Sums {
  readonly sums: Float32Array;
  readonly counts: Int32Array;
}
const Add = endpoint<Sums, number>()('test/add', z.object({ values: z.instanceof(Float32Array) }));
const Wait = endpoint<string>()('test/wait', z.object({}));
const Fail = endpoint<null>()('test/fail', z.object({ how: z.string() }));
const Unknown = endpoint<null>()('test/unknown', z.object({}));

const open: MessageConnection[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.dispose();
});

/** Both real ends, with the raw transport of the caller's side and both logs. */
function ends() {
  const [left, right] = memoryPair();
  const log: string[] = [];
  const caller = connect(left, (line) => log.push(line));
  const engine = connect(right, (line) => log.push(line));
  open.push(caller, engine);
  handle(engine, Add, ({ values }, { progress }) => {
    values.forEach((_, index) => progress(index));
    return { sums: values.map((value) => value + 1), counts: Int32Array.of(values.length) };
  });
  handle(
    engine,
    Wait,
    (_, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve('what was done by then'));
      }),
  );
  handle(engine, Fail, ({ how }) => {
    if (how === 'lab')
      throw new LabError('dataset', 'Too few rows.', {
        advice: 'Add some.',
        place: { path: 'a.csv', line: 3 },
      });
    if (how === 'abort') throw new DOMException('over', 'AbortError');
    if (how === 'disk') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/full' });
    throw new TypeError('of ours');
  });
  const listen = () => {
    caller.listen();
    engine.listen();
  };
  return { caller, engine, left, right, log, listen };
}

test('typed arrays arrive as typed arrays, in both directions', async () => {
  const { caller, listen } = ends();
  listen();
  const result = await call(caller, Add, { values: Float32Array.of(1, 2.5) });
  expect(result.sums).toEqual(Float32Array.of(2, 3.5));
  expect(result.counts).toEqual(Int32Array.of(2));
});

test('progress arrives in order, all of it before the result and none after', async () => {
  const { caller, listen } = ends();
  listen();
  const seen: number[] = [];
  let settled = false;
  await call(
    caller,
    Add,
    { values: new Float32Array(50) },
    {
      onProgress: (index) => {
        expect(settled).toBe(false);
        seen.push(index);
      },
    },
  );
  settled = true;
  expect(seen).toEqual([...Array(50).keys()]);
});

test('a cancelled request is told to the handler, whose partial result still counts', async () => {
  const { caller, listen } = ends();
  listen();
  const controller = new AbortController();
  const waiting = call(caller, Wait, {}, { signal: controller.signal });
  setTimeout(() => controller.abort(), 10);
  expect(await waiting).toBe('what was done by then');
});

test('a handler that gives up on cancellation rejects the call as cancelled', async () => {
  const { caller, listen } = ends();
  listen();
  await expect(call(caller, Fail, { how: 'abort' })).rejects.toBeInstanceOf(CancelledError);
  const signal = AbortSignal.abort();
  await expect(call(caller, Wait, {}, { signal })).rejects.toBeInstanceOf(CancelledError);
});

test('an error for people arrives whole: code, message, advice and place', async () => {
  const { caller, listen } = ends();
  listen();
  const error = await call(caller, Fail, { how: 'lab' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LabError);
  expect((error as LabError).toData()).toEqual({
    code: 'dataset',
    message: 'Too few rows.',
    advice: 'Add some.',
    place: { path: 'a.csv', line: 3 },
  });
});

test('errors of the system and of ours get their codes', async () => {
  const { caller, listen } = ends();
  listen();
  await expect(call(caller, Fail, { how: 'disk' })).rejects.toMatchObject({ code: 'disk-full' });
  await expect(call(caller, Fail, { how: '' })).rejects.toMatchObject({
    code: 'internal',
    message: 'of ours',
  });
});

test('wrong parameters are refused with the place of the mistake', async () => {
  const { caller, listen } = ends();
  listen();
  const wrong = { values: [1] } as unknown as { values: Float32Array };
  await expect(call(caller, Add, wrong)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/^test\/add: .* at values\.$/) as string,
  });
});

test('an endpoint that the other end does not have rejects', async () => {
  const { caller, listen } = ends();
  listen();
  await expect(call(caller, Unknown, {})).rejects.toMatchObject({ code: 'internal' });
});

const garbage: readonly (readonly [string, unknown])[] = [
  ['a number', 7],
  ['text', 'hello'],
  ['null', null],
  ['an array', [1, 2]],
  ['bytes', new Uint8Array(9)],
  ['another version', { jsonrpc: '1.0', id: 1, method: 'test/wait' }],
  ['no version', { id: 1, method: 'test/wait', params: {} }],
  ['a null id', { jsonrpc: '2.0', id: null, method: 'test/wait', params: {} }],
  ['a cancellation of nothing', { jsonrpc: '2.0', method: '$/cancelRequest' }],
  ['a cancellation of an unknown request', { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 99 } }],
  ['progress without a token', { jsonrpc: '2.0', method: '$/progress' }],
  ['a response to nothing', { jsonrpc: '2.0', id: 99, result: 1 }],
  ['a response without an outcome', { jsonrpc: '2.0', id: 99 }],
  ['an error that is none', { jsonrpc: '2.0', id: 99, error: 'no' }],
  ['an unknown notification', { jsonrpc: '2.0', method: 'nobody/listens', params: {} }],
  ['a request without parameters', { jsonrpc: '2.0', id: 77, method: 'test/wait' }],
];

test.each(garbage)('%s on the channel brings down neither end', async (_, message) => {
  const { caller, left, right, listen } = ends();
  listen();
  for (const transport of [left, right]) await sendRaw(transport, message);
  const result = await call(caller, Add, { values: Float32Array.of(1) });
  expect(result.sums).toEqual(Float32Array.of(2));
});

/** What a broken other end might send; the types would not let us. */
function sendRaw(transport: Transport, message: unknown): Promise<void> {
  return transport.send(message as object);
}

test('a caller that is gone does not disturb the work that still reports progress', async () => {
  const { caller, engine, left, listen } = ends();
  const Long = endpoint<string, number>()('test/long', z.object({}));
  const reports = new Promise<string>((resolve, reject) => {
    handle(engine, Long, async (_, { progress }) => {
      left.dispose();
      await new Promise((later) => setImmediate(later));
      try {
        progress(1);
        engine.dispose();
        progress(2);
        resolve('still working');
      } catch (thrown) {
        reject(LabError.from(thrown));
      }
      return 'done';
    });
  });
  listen();
  call(caller, Long, {}, { onProgress: () => undefined }).catch(() => undefined);
  expect(await reports).toBe('still working');
});

test('notifications of a name that nobody handles are dropped', async () => {
  const { caller, listen } = ends();
  listen();
  await caller.sendNotification(new NotificationType<object>('nobody/listens'), {});
  expect((await call(caller, Add, { values: Float32Array.of(0) })).counts).toEqual(Int32Array.of(1));
});
