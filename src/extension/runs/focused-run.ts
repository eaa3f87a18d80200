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
