/** What this process is: for "Show Engine Details" and for the log. */
import type { EngineDetails, EngineRole } from '../../protocol/engine';
import { openedBackends } from './engines';

export function describeEngine(options: { role: EngineRole; readyMs: number }): EngineDetails {
  const [backend] = openedBackends().slice(-1);
  return {
    role: options.role,
    pid: process.pid,
    engine: backend?.engine ?? '',
    runtime: backend?.runtime ?? '',
    provider: backend?.provider ?? '',
    threads: backend?.threads ?? 0,
    versions: { node: process.versions.node, ...backend?.versions },
    readyMs: options.readyMs,
    notices: openedBackends().flatMap(({ notice }) => notice ?? []),
  };
}
