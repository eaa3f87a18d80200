import { describe, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { EngineCaller } from '../../../src/extension/engine/caller';
import type { Engines } from '../../../src/extension/engine/engines';
import { Details, LabError } from '../../../src/protocol';
import { uri } from './vscode-fake';

vi.mock('vscode', async () => {
  const { fakeVscode } = await import('./vscode-fake');
  return { ...fakeVscode, workspace: { fs: { createDirectory: () => Promise.resolve() } } };
});
const { EngineRecord } = await import('../../../src/extension/engine/engine-record');

/** A learning engine that answers about itself with `details`, or fails. */
function learning(details: object | LabError): EngineCaller {
  const call = (endpoint: unknown) => {
    if (endpoint !== Details) return Promise.resolve({});
    return details instanceof LabError ? Promise.reject(details) : Promise.resolve(details);
  };
  return { call } as EngineCaller;
}

function recordOf(engines: EngineCaller[]) {
  const log = { warn: () => undefined } as unknown as vscode.LogOutputChannel;
  return new EngineRecord({ learning: engines } as unknown as Engines, uri('/storage'), log);
}

describe('what is known of the last training', () => {
  it('is told where its engine ends while it is asked', async () => {
    const record = recordOf([learning(new LabError('engine-gone', 'The engine was ended.'))]);
    await record.keep(learning({ pid: 7 }));
    await expect(record.training()).resolves.toEqual({ pid: 7 });
  });

  it('is not told in the place of another failure', async () => {
    const record = recordOf([learning(new LabError('internal', 'It is broken.'))]);
    await record.keep(learning({ pid: 7 }));
    await expect(record.training()).rejects.toThrow('It is broken.');
  });
});
