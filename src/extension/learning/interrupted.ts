/** Tells of runs that a closed window or a crash has interrupted, once per window, when the runs are first read. */
import { type RunSummary, writePlace } from '../../protocol';
import { choose, tell } from '../messages';

export interface InterruptedOptions {
  readonly resume: (run: RunSummary) => Promise<void>;
  readonly show: (run: RunSummary) => Promise<void>;
}

export function interruptedRuns(runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter((run) => run.state === 'interrupted' && run.canResume);
}

/** Offers to resume the newest interrupted run. */
export async function offerResume(
  runs: readonly RunSummary[],
  { resume, show }: InterruptedOptions,
): Promise<void> {
  const [newest, ...others] = interruptedRuns(runs);
  if (!newest) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see Runs)`;
  const choice = await tell(
    `The training "${newest.name}" was interrupted at ${writePlace(newest)}${more}.`,
    'Resume',
    'Show',
  );
  if (choice === 'Resume') await resume(newest);
  else if (choice === 'Show') await show(newest);
}

/** Asks which interrupted run to resume when there are several. */
export async function chooseInterrupted(runs: readonly RunSummary[]): Promise<RunSummary | undefined> {
  const candidates = interruptedRuns(runs);
  if (candidates.length < 2) return candidates[0];
  const choice = await choose(
    candidates.map((run) => ({
      label: run.name,
      description: writePlace(run),
      run,
    })),
    { title: 'Resume which run?' },
  );
  return choice?.run;
}
