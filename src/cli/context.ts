/** What every command gets. */
import type { Engines } from './engine';
import type { Terminal } from './terminal';

export interface Context {
  readonly engines: Engines;
  readonly terminal: Terminal;
  /** Result as one JSON object on the last line of standard output. */
  readonly json: boolean;
  /** Seconds since the command was started, the start of the program included. */
  readonly seconds: () => number;
}

/** A command's work; the answer is the exit status. */
export type Work = (context: Context) => Promise<number>;
