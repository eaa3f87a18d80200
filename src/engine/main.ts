/**
 * The engine process: reads its role, takes up the channel to its parent, serves, and ends when the parent is gone.
 * Imports only what readiness needs; everything heavy is loaded by the first request that wants it.
 */
import { writeSync } from 'node:fs';
import '../catalogue';
import { EngineRole } from '../protocol/engine';
import { channelTransport, connect, engineReady, protocolVersion } from '../protocol/transport';
import { serve } from './server';
import { watchParent } from './watchdog';

/** How long a training may take to write its checkpoint after the parent is gone, ms. */
const lastWordsMs = 12_000;
/** How long an engine that trains nothing may take to end after the parent is gone, ms. */
const serviceEndMs = 2000;

function main(): void {
  const role = EngineRole.safeParse(process.argv.find((word) => word.startsWith('--role='))?.slice(7));
  if (!process.send || !role.success) {
    console.error('This is the engine of Local Model Lab; the extension and the command line start it.');
    process.exit(2);
  }
  process.on('unhandledRejection', crash);

  const log = (line: string) => console.error(line);
  const connection = connect(channelTransport(process), log);
  process.on('uncaughtException', (thrown) => {
    if (!isNestedTooDeeply(thrown)) crash(thrown);
    log('Dropped a message that is nested too deeply to be read.');
    // Node goes on with what came behind it when the next message comes: any answer is one.
    connection.sendRequest('engine/next').catch(() => undefined);
  });
  const readyMs = performance.now();
  const server = serve(connection, { role: role.data, readyMs });
  process.on('disconnect', () => void end(server));
  // A terminal sends Ctrl-C to every process in it; what it means here is for the parent to say.
  process.on('SIGINT', () => undefined);
  connection.listen();
  connection
    .sendNotification(engineReady, { protocolVersion, role: role.data, pid: process.pid, readyMs })
    .catch((error: unknown) => log(`The parent did not take the greeting: ${String(error)}`));
  watchParent(role.data === 'learning' ? lastWordsMs + serviceEndMs : serviceEndMs);
}

/** The parent closed the channel or died: a training saves its state, and the process ends in any case. */
async function end(server: { end(): Promise<void> }): Promise<void> {
  setTimeout(() => process.exit(1), lastWordsMs);
  await server.end();
  process.exit(0);
}

/** Node reads messages by recursion, and lost nothing but this one: it was taken out of the channel before. */
function isNestedTooDeeply(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.stack?.includes('parseChannelMessages') === true;
}

/** After an unexpected error nothing in this process can be relied on. */
function crash(thrown: unknown): never {
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  try {
    // Synchronous, because the process ends with the next line.
    writeSync(2, `${text}\n`);
  } finally {
    process.exit(1);
  }
}

main();
