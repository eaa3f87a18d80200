// @ts-check
/** Writes the files of `samples/` (all but its README) anew: `node scripts/make-samples.mjs`. They never change. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lighthouse } from './samples/lighthouse.mjs';
import { messages } from './samples/messages.mjs';
import { moths } from './samples/moths.mjs';
import { rents } from './samples/rents.mjs';

const folder = resolve(import.meta.dirname, '../samples');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries({
  'moths.csv': moths(),
  'rents.csv': rents(),
  'support-messages.csv': messages(),
  'lighthouse.txt': lighthouse(),
})) {
  const path = join(folder, name);
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
  console.log(`${name}: ${Buffer.byteLength(text)} bytes, ${text.split('\n').length - 1} lines`);
}
