/** What follows from what: changes of one part that another must hear of. */
import * as vscode from 'vscode';
import { marksRows, shapeOf, writesText } from '../../protocol';
import type { ContextKeys } from '../context-keys';
import { activeFile, learnableKind, openDocument } from '../datasets/files';
import type { Scope } from '../disposal';
import { labStatus } from '../engine/engines';
import { interruptedRuns, offerResume } from '../learning/interrupted';
import { predictionsOf } from '../run-uses';
import { marksAutomatically } from '../settings';
import { showRunOf } from './follow-front';
import type { Lab } from './lab';
import { isOutdated } from './outdated-notice';

/** Connects the parts. Answers with what to do when a view of the Lab is shown. */
export function connectParts(lab: Lab, keys: ContextKeys, scope: Scope): () => void {
  const { model, engines, training, marks, grids, runs, active, flow, actions, failures } = lab;

  const updateStatus = () => {
    const status = labStatus(engines.serving.status, training.state);
    if (status !== model.state.status) model.update({ status });
  };
  const updateKeys = () => keys.update(keyValues(lab));
  scope.add(engines.serving.onStatus(updateStatus));
  scope.add(training.onDidChange(updateStatus));
  scope.add(training.onDidChange(updateKeys));
  scope.add(marks.onDidChange(updateKeys));
  scope.add(grids.onDidChange(updateKeys));
  scope.add(vscode.window.onDidChangeActiveTextEditor(updateKeys));
  // A file over 50 MB has a tab and no editor.
  scope.add(vscode.window.tabGroups.onDidChangeTabs(updateKeys));
  scope.add(vscode.window.tabGroups.onDidChangeTabGroups(updateKeys));
  updateKeys();
  let before = model.state;
  scope.add(
    model.onDidChange((now) => {
      const last = before;
      before = now;
      if (isOutdated(last, now)) model.update({ notice: undefined });
    }),
  );
  scope.add(
    active.onDidFront((file) => {
      showRunOf(file, lab).catch((thrown: unknown) => failures.log('Showing the run of a file', thrown));
    }),
  );
  let seen = runs.runs;
  scope.add(
    model.onDidChange((state) => {
      if (state.runs === seen) return;
      const isFirst = seen.length === 0;
      seen = state.runs;
      updateKeys();
      // It comes late where the engine had to be started more than once: files wait for their marks.
      if (isFirst) marks.restore();
    }),
  );

  scope.add(
    training.onDidFinish(({ summary }) => {
      runs.end(summary);
      if (!summary.hasModel) return;
      if (writesText(summary.task)) {
        model.update({
          generation: { runFolder: summary.folder, state: 'idle', prompt: '', notes: [] },
        });
        return;
      }
      if (!marksAutomatically()) return;
      const file = vscode.Uri.file(summary.datasetPath);
      const document = openDocument(file);
      const onFailure = (thrown: unknown) => failures.show('Marking the file', thrown);
      if (document) marks.mark(document, summary).catch(onFailure);
      if (grids.has(file)) grids.mark(file, summary).catch(onFailure);
    }),
  );

  const resume = (run: { folder: string; datasetPath: string }) => flow.resume(run.folder, run.datasetPath);
  scope.add(
    runs.onDidLoad((loaded) => {
      if (!vscode.workspace.isTrusted) return;
      flow.offerLeft().catch((thrown: unknown) => failures.show('Training', thrown));
      if (training.state !== undefined) return;
      offerResume(loaded, {
        resume,
        show: async (run) => {
          await actions.open(run);
          await lab.showLab();
        },
      }).catch((thrown: unknown) => failures.show('Resuming a run', thrown));
    }),
  );
  scope.add(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      model.update({ trusted: true });
      marks.restore();
    }),
  );

  return () => {
    active.look();
    runs.load().catch((thrown: unknown) => failures.log('Listing runs', thrown));
  };
}

function keyValues(lab: Lab) {
  const { training, runs } = lab;
  const file = activeFile();
  const kind = file && learnableKind(file, openDocument(file)?.languageId);
  const usable = runs.runs.filter((run) => run.hasModel);
  return {
    training: training.state ?? '',
    predictions: (file && kind ? predictionsOf(lab, file) : undefined) ?? '',
    openFile: kind ? shapeOf(kind) : '',
    hasTableModel: usable.some(({ task }) => marksRows(task)),
    hasTextModel: usable.some(({ task }) => writesText(task)),
    hasInterruptedRun: interruptedRuns(runs.runs).length > 0,
  };
}
