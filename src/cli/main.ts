/**
 * The lab without an editor. May enter: a command line. Leaves: results on standard output, words about the work on
 * standard error, an exit status. Drives the same engine process through src/protocol as the editor does; knows
 * nothing of models or file formats itself.
 */
import { join } from 'node:path';
import '../catalogue';
import { runProgram } from './program';
import { processTerminal } from './terminal';

void runProgram(process.argv.slice(2), {
  enginePath: join(__dirname, 'engine.cjs'),
  terminal: processTerminal(),
  // performance.now() counts from the start of the process, the loading of this program included.
  seconds: () => performance.now() / 1000,
}).then((status) => (process.exitCode = status));
