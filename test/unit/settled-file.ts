/** Files for tests that read them at once: a fresh file is given a rest before the lab reads it, one of a minute ago is not. */
import { utimesSync, writeFileSync } from 'node:fs';

export function writeSettled(path: string, content: string | Uint8Array): void {
  writeFileSync(path, content);
  const written = new Date(Date.now() - 60_000);
  utimesSync(path, written, written);
}
