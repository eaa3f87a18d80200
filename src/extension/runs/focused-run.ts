/** The run that a key in the Runs view is pressed for: keys, unlike menus, tell a command nothing. */
import type { RunSummary } from '../../protocol/runs';

/** What this needs of a tree view. */
export interface Selecting {
  readonly selection: readonly RunSummary[];
}

/**
 * The run under the focus, which the arrow keys move without choosing anything. VS Code tells extensions the selection
 * only: what joins or leaves it when the focused run is toggled is that run. The second toggle puts it back.
 * @param toggle toggles whether the focused item is selected
 */
export async function focusedRun(
  view: Selecting,
  toggle: () => PromiseLike<unknown>,
): Promise<RunSummary | undefined> {
  const before = view.selection;
  await toggle();
  const after = view.selection;
  await toggle();
  return without(after, before) ?? without(before, after) ?? before[0];
}

function without(runs: readonly RunSummary[], others: readonly RunSummary[]): RunSummary | undefined {
  return runs.find(({ folder }) => !others.some((other) => other.folder === folder));
}

/**
 * The run that takes the focus when the focused one is gone: the one that stood below it, else above. None when it is
 * still there, or no run is.
 */
export function nextFocus(
  before: readonly RunSummary[],
  after: readonly RunSummary[],
  focused: RunSummary,
): RunSummary | undefined {
  const find = ({ folder }: RunSummary) => after.find((run) => run.folder === folder);
  if (find(focused)) return undefined;
  const place = before.findIndex(({ folder }) => folder === focused.folder);
  const neighbours = [...before.slice(place + 1), ...before.slice(0, Math.max(0, place)).reverse()];
  return neighbours.map(find).find((run) => run !== undefined);
}
