/** What the Lab's page asks for, one action per kind of message. */
import * as vscode from 'vscode';
import type { FromWebview } from '../../protocol';
import { LabError, ReadRun, withChoice, withColumnWish, withSteps, writesText } from '../../protocol';
import { commands } from '../contributions';
import { savePrepared } from '../datasets/prepared-file';
import { mend } from '../datasets/quality-fixes';
import { openAsGrid } from '../grid/grids';
import { requireTrust } from '../learning/train-flow';
import { deleteRun, generateWithRun, useRun } from '../run-uses';
import { openSample } from '../samples';
import type { Lab } from './lab';

type Action<Type extends FromWebview['type']> = (
  message: Extract<FromWebview, { type: Type }>,
  lab: Lab,
) => unknown;

const actions: { readonly [Type in FromWebview['type']]: Action<Type> } = {
  ready: () => undefined,
  stage: ({ stage }, { model }) => model.update({ stage }),
  overview: (_, { overviews }) => overviews.show(),
  target: ({ target }, { active }) => active.wish({ target }),
  exclude: ({ columns }, { active }) => active.wish({ exclude: columns }),
  kind: ({ kind }, { active }) => active.wish({ kind }),
  reading: ({ field, value }, { active }) => active.read((asked) => withChoice(asked, field, value)),
  column: ({ column, wish }, { active }) => active.read((asked) => withColumnWish(asked, column, wish)),
  steps: ({ steps }, { active }) => active.read((asked) => withSteps(asked, steps)),
  savePrepared: (_, { active: { file, asked }, engines }) =>
    file && savePrepared(engines.serving, file, asked),
  findOutReading: (_, { active }) => active.read(({ steps = [] }) => withSteps({}, steps)),
  train: ({ experiment }, { flow }) =>
    requireTrust() ? flow.start(experiment, vscode.Uri.file(experiment.dataset.path)) : undefined,
  trainAgain: ({ folder }, { flow }) => flow.again(folder),
  useFront: (_, { active }) => active.useFront(),
  unqueue: ({ id }, { queue }) => queue.cancel(id),
  left: ({ decision }, { flow }) => flow.decideLeft(decision),
  control: ({ action }, { training }) => training.control(action),
  run: (message, lab) => runAction(message, lab),
  trainWithout: (message, lab) => (requireTrust() ? trainWithout(message, lab) : undefined),
  goTo: (place) => showPlace(place),
  mend: ({ path, ...choice }, { engines, quality }) =>
    mend(engines.serving, quality, { file: vscode.Uri.file(path), ...choice }),
  filter: ({ filter }, { marks }) => marks.setFilter(filter),
  nextWrong: () => vscode.commands.executeCommand(commands.nextWrongRow),
  measure: (_, { marks }) => marks.measure(),
  generate: ({ runFolder, prompt, sampling }, { generation }) =>
    requireTrust() ? generation.start(runFolder, prompt, sampling) : undefined,
  stopGeneration: (_, { generation }) => generation.stop(),
  insertText: ({ text }, { generation }) => generation.insert(text),
  copyText: ({ text }) => vscode.env.clipboard.writeText(text),
  openInEditor: (_, { views }) => views.openPanel(),
  openSample: ({ sample }, { context }) => openSample(sample, context.extensionUri, context.globalStorageUri),
  openFile: () => vscode.commands.executeCommand('workbench.action.files.openFile'),
  manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
  openAsGrid: ({ path }) => openAsGrid(vscode.Uri.file(path)),
  dismissNotice: (_, { model }) => model.update({ notice: undefined }),
  failure: ({ message }, { log }) => log.error(`The Lab's page: ${message}`),
};

/** Does what a message asks; failures are shown. */
export async function onLabMessage(message: FromWebview, lab: Lab): Promise<void> {
  try {
    // The table gives each type its own handler; TypeScript cannot see that the two belong together.
    const action = actions[message.type] as (message: FromWebview, lab: Lab) => unknown;
    await action(message, lab);
  } catch (thrown) {
    lab.failures.show(`The Lab's "${message.type}"`, thrown);
  }
}

/** In the editor that shows the file, else beside the Lab's own tab. */
async function showPlace(place: Extract<FromWebview, { type: 'goTo' }>): Promise<void> {
  const { path, line, endLine, character = 1, endCharacter } = place;
  const end = endCharacter === undefined ? Number.MAX_SAFE_INTEGER : endCharacter - 1;
  const selection = new vscode.Range(line - 1, character - 1, endLine - 1, end);
  const file = vscode.Uri.file(path);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file.fsPath);
  await vscode.window.showTextDocument(file, {
    selection,
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
  });
}

async function trainWithout(
  { folder, columns }: Extract<FromWebview, { type: 'trainWithout' }>,
  { engines, flow }: Lab,
): Promise<void> {
  const { experiment } = await engines.serving.call(ReadRun, { runFolder: folder });
  const exclude = [...new Set([...experiment.exclude, ...columns])];
  await flow.start({ ...experiment, exclude }, vscode.Uri.file(experiment.dataset.path));
}

async function runAction({ action, folder }: Extract<FromWebview, { type: 'run' }>, lab: Lab): Promise<void> {
  const run = (await lab.runs.load()).find((candidate) => candidate.folder === folder);
  if (!run)
    throw new LabError('file', 'This run is not there any more.', { advice: 'Refresh the list of runs.' });
  switch (action) {
    case 'open':
      return lab.actions.open(run);
    case 'use':
      return writesText(run.task) ? generateWithRun(lab, run) : useRun(lab, run);
    case 'resume':
      return lab.flow.resume(run.folder, run.datasetPath);
    case 'rename':
      return lab.actions.rename(run);
    case 'delete':
      return deleteRun(lab, run);
    case 'reveal':
      return lab.actions.reveal(run);
  }
}
