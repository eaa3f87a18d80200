/** The states of a run as people see them: a word and a codicon, never a colour alone. */
import type { RunState } from '../../src/protocol/training';

export const runStates = {
  preparing: { word: 'Preparing', icon: 'loading~spin' },
  running: { word: 'Training', icon: 'sync~spin' },
  paused: { word: 'Paused', icon: 'debug-pause' },
  finished: { word: 'Finished', icon: 'pass' },
  stopped: { word: 'Stopped', icon: 'stop-circle' },
  interrupted: { word: 'Interrupted', icon: 'debug-disconnect' },
  failed: { word: 'Failed', icon: 'error' },
} as const satisfies Record<RunState, { word: string; icon: string }>;
