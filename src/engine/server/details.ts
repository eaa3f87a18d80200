/** What this process is and where its time went: for "Show Engine Details", for profiles and for the log. */
import type { EngineDetails, EngineRole } from '../../protocol/engine';
import { spans, traceFile } from '../profiling';
import { compiled, openedBackends } from './engines';

interface Process {
  readonly role: EngineRole;
  readonly readyMs: number;
}

export function describeEngine({ role, readyMs }: Process): EngineDetails {
  const [backend] = openedBackends().slice(-1);
  return {
    role,
    pid: process.pid,
    engine: backend?.engine ?? '',
    runtime: backend?.runtime ?? '',
    provider: backend?.provider ?? '',
    threads: backend?.threads ?? 0,
    versions: { node: process.versions.node, ...backend?.versions },
    readyMs,
    programs: compiled,
    phases: spans.totals(),
    notices: openedBackends().flatMap(({ notice }) => notice ?? []),
  };
}

/** LabError('file' | …) when the file cannot be written. */
export async function writeProfile(path: string, of: Process): Promise<{ spans: number }> {
  const { role, pid, engine, runtime, provider, threads, versions, programs } = describeEngine(of);
  const latest = spans.latest();
  const about = { engine, runtime, provider, threads, versions, programs };
  const text = traceFile(latest, { pid, name: `Local Model Lab, ${role}` }, about);
  const { writeFileAtomically } = await import('../runs');
  await writeFileAtomically(path, text);
  return { spans: latest.length };
}
