import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as engine from '../../../src/protocol/engine';
import * as grid from '../../../src/protocol/grid';
import * as images from '../../../src/protocol/images';
import * as overview from '../../../src/protocol/overview';
import * as quality from '../../../src/protocol/quality-requests';
import { memoryPair, connect, protocolVersion, ReadyMessage } from '../../../src/protocol/transport';
import { serve } from '../../../src/engine/server';

const document = readFileSync(join(import.meta.dirname, '../../../docs/PROTOCOL.md'), 'utf8');

/** Every endpoint that the engine answers, with the constant's name. */
const endpoints = Object.entries<unknown>({ ...engine, ...grid, ...images, ...overview, ...quality }).flatMap(
  ([constant, value]) =>
    typeof value === 'object' && value !== null && 'name' in value && 'params' in value
      ? [{ constant, name: String(value.name) }]
      : [],
);

const rows = document
  .split('\n')
  .map((line) => /^\| `([a-z/]+)`\s+\| `(\w+)`\s+\| (both|serving|learning)\s+\|/.exec(line))
  .flatMap((match) => (match ? [{ name: match[1]!, constant: match[2]!, role: match[3]! }] : []));

test('the document lists the endpoints of the source, all of them and no others', () => {
  expect(endpoints.length).toBeGreaterThan(15);
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  const listed = rows.map(({ name, constant }) => ({ constant, name }));
  expect(listed.sort(byName)).toEqual([...endpoints].sort(byName));
});

test.each(['serving', 'learning'] as const)(
  'the role %s answers what the document says, and nothing else',
  async (role) => {
    const [left, right] = memoryPair();
    const caller = connect(left, () => undefined);
    const answering = connect(right, () => undefined);
    serve(answering, { role, readyMs: 0 });
    caller.listen();
    answering.listen();
    for (const { name, role: documented } of rows) {
      // Parameters that no endpoint accepts: whoever has the endpoint refuses them, who has not does not know it.
      const reply = caller.sendRequest(name, { params: 'nonsense' });
      const message = await reply.then(
        () => 'answered',
        (error: unknown) => (error as Error).message,
      );
      const known = documented === 'both' || documented === role;
      expect(message.startsWith('Unhandled method'), `${name} in ${role}: ${message}`).toBe(!known);
    }
    caller.dispose();
    answering.dispose();
  },
);

test('the greeting is what the document says', () => {
  expect(Object.keys(ReadyMessage.shape).sort()).toEqual(['pid', 'protocolVersion', 'readyMs', 'role']);
  for (const member of Object.keys(ReadyMessage.shape)) expect(document).toContain(`\`${member}\``);
  expect(protocolVersion).toBe(1);
});
