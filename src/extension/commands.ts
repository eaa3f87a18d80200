/** Every command, in one table. What a handler throws is shown by `runCommand`. */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type DatasetShape, Experiment, LabError, type MarkFilter, type RunSummary } from '../protocol';
import { type CommandName, commands, views } from './contributions';
import { activeGrid } from './datasets/files';
import type { Lab } from './lab/lab';
import { writeProfile } from './engine/write-profile';
import { openAsGrid } from './grid/grids';
import { chooseInterrupted } from './learning/interrupted';
import { requireTrust } from './learning/train-flow';
import { checkOf, columnsOf, leaveOut, mend, mendOf } from './datasets/quality-fixes';
import { choose, tell } from './messages';
import {
  deleteRun,
  fileOf,
  generateWithRun,
  hidePredictions,
  isMarkedInGrid,
  markWith,
  predictionsOf,
  showPredictions,
  useRun,
} from './run-uses';
import { openSample } from './samples';
import { turnCheckOff } from './settings';

type Handler = (lab: Lab, argument: unknown) => unknown;

const table: Readonly<Record<CommandName, Handler>> = {
  train: async (lab, file) => lab.flow.train(await fileOrSample(lab, file, 'table')),
  trainLanguageModel: async (lab, file) => lab.flow.train(await fileOrSample(lab, file, 'text'), 'text'),
  trainWithSettings: (lab, file) => lab.flow.changeSettings(fileOf(file)),
  trainFolder: async (lab, argument) => {
    const folder = argument instanceof vscode.Uri ? argument : await chooseFolder();
    if (folder !== undefined) await lab.flow.changeSettings(folder);
  },
  runExperimentFile: (lab, file) => runExperimentFile(lab, fileOf(file)),
  pause: ({ training }) => training.control('pause'),
  continue: ({ training }) => training.control('continue'),
  stop: ({ training }) => training.control('stop'),
  resumeInterrupted: (lab) => resumeInterrupted(lab),
  showPredictions: (lab, file) => showPredictions(lab, fileOf(file)),
  hidePredictions: (lab, file) => hidePredictions(lab, fileOf(file)),
  togglePredictions: (lab, file) => togglePredictions(lab, fileOf(file)),
  filterPredictions: (lab) => chooseFilter(lab),
  nextWrongRow: (lab) => goToNextWrong(lab),
  markWith: async (lab, argument) => {
    const file = fileOf(argument);
    if (!(await isMarkedInGrid(file))) await vscode.window.showTextDocument(file);
    await markWith(lab, file);
  },
  openAsGrid: (_, file) => openAsGrid(fileOf(file)),
  generate: (lab) => (requireTrust() ? generateWithRun(lab) : undefined),
  showLab: (lab) => lab.showLab(),
  openDashboard: ({ views: labViews }) => labViews.openPanel(),
  openSampleTable: ({ context }) => openSample('table', context.extensionUri, context.globalStorageUri),
  openSampleText: ({ context }) => openSample('text', context.extensionUri, context.globalStorageUri),
  showEngineDetails: ({ details }) => details.show(),
  writeEngineProfile: ({ record }, file) =>
    writeProfile(record, file instanceof vscode.Uri ? file : undefined),
  showEngineLog: ({ log }) => log.show(),
  openRun: async (lab, run) => {
    await lab.actions.open(runOf(run));
    await lab.showLab();
  },
  useRun: (lab, run) => useRun(lab, runOf(run)),
  generateWithRun: (lab, run) => (requireTrust() ? generateWithRun(lab, runOf(run)) : undefined),
  resumeRun: (lab, argument) => {
    const run = runOf(argument);
    return lab.flow.resume(run.folder, run.datasetPath);
  },
  renameRun: ({ actions }, run) => actions.rename(runOf(run)),
  deleteRun: (lab, run) => deleteRun(lab, runOf(run)),
  revealRun: ({ actions }, run) => actions.reveal(runOf(run)),
  refreshRuns: ({ runs }) => runs.refresh(),
  mendProblem: ({ engines, quality }, choice) => mend(engines.serving, quality, mendOf(choice)),
  leaveColumnsOut: (lab, columns) => leaveOut(lab, columnsOf(columns)),
  ignoreCheck: (_, check) => turnCheckOff(checkOf(check)),
};

/** Runs a command of the table; what it throws is shown. */
export async function runCommand(lab: Lab, name: CommandName, argument: unknown): Promise<void> {
  try {
    await table[name](lab, argument);
  } catch (thrown) {
    lab.failures.show(`Command ${commands[name]}`, thrown);
  }
}

/** Commands of the Runs view get the run of the item. */
function runOf(argument: unknown): RunSummary {
  if (typeof argument === 'object' && argument !== null && 'folder' in argument)
    // VS Code hands a command of a menu the item that the tree has made, and ours are made of runs.
    return argument as RunSummary;
  throw new LabError('invalid', 'This command is for a run.', { advice: 'Choose one in the Runs view.' });
}

/** The file that a command is about. The walkthrough's buttons ask for a sample: its own tab has no file. */
async function fileOrSample({ context }: Lab, argument: unknown, sample: DatasetShape): Promise<vscode.Uri> {
  if (argument !== 'sample') return fileOf(argument);
  return openSample(sample, context.extensionUri, context.globalStorageUri);
}

/** Asks for a folder that is a dataset; undefined where nobody wants one. */
async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Train on This Folder',
      title: 'A folder with a folder of images for each class',
    })) ?? [];
  return folder;
}

async function togglePredictions(lab: Lab, file: vscode.Uri): Promise<void> {
  if (predictionsOf(lab, file) === 'on') await hidePredictions(lab, file);
  else await showPredictions(lab, file);
}

async function resumeInterrupted(lab: Lab): Promise<void> {
  const run = await chooseInterrupted(await lab.runs.load());
  if (!run) {
    throw new LabError('invalid', 'No run is waiting to be resumed.', {
      advice: 'See the Runs view for all runs.',
    });
  }
  await lab.flow.resume(run.folder, run.datasetPath);
}

async function chooseFilter({ marks, grids }: Lab): Promise<void> {
  const grid = activeGrid();
  const choices: (vscode.QuickPickItem & { readonly filter: MarkFilter })[] = [
    { label: 'All', description: 'every row carries its prediction', filter: 'all' },
    { label: 'Errors', description: 'rows whose prediction differs from their label', filter: 'errors' },
    { label: 'Unsure', description: 'rows on which the model is unsure', filter: 'unsure' },
    { label: 'Off', description: 'no predictions', filter: 'off' },
  ];
  const items = choices.map((choice) => ({ ...choice, picked: choice.filter === marks.filter }));
  const choice = await choose(items, { title: 'Which rows carry their prediction?' });
  if (choice === undefined) return;
  const { filter } = choice;
  if (grid === undefined) marks.setFilter(filter);
  else if (filter === 'off') await grids.hide(grid);
  else grids.showMarks(grid, filter === 'all' ? undefined : filter);
}

/**
 * From the Lab or the walkthrough the focus is not in the editor: the first marked editor that shows is meant, or the
 * file that was marked last.
 */
async function goToNextWrong({ marks, grids }: Lab): Promise<void> {
  const grid = activeGrid();
  if (grid) {
    // A grid has its wrong rows one below the other.
    grids.showMarks(grid, 'errors');
    return;
  }
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const shown = editors.find((candidate) => candidate && marks.session(candidate.document.uri));
  const hidden = shown ? undefined : marks.lastMarked;
  const editor = shown ?? (hidden && (await vscode.window.showTextDocument(hidden)));
  if (!editor) {
    throw new LabError('invalid', 'No predictions are shown.', {
      advice: 'Show them first: "Model Lab: Toggle Predictions".',
    });
  }
  if (!marks.goToNextWrong(editor)) {
    void tell('No row of this file is predicted wrongly.');
    return;
  }
  await vscode.window.showTextDocument(editor.document, {
    viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active,
  });
  // The verdict is announced: no other part of VS Code that extensions can write to is read aloud without stealing
  // attention (the status bar is not). With a screen reader the hover takes the focus, else it leaves it where it is.
  await vscode.commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
}

/** Trains what an experiment file describes. Its dataset's path starts from the file's folder. */
async function runExperimentFile({ flow }: Lab, file: vscode.Uri): Promise<void> {
  if (!requireTrust()) return;
  let content: unknown;
  try {
    content = JSON.parse(await fs.readFile(file.fsPath, 'utf8'));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new LabError('invalid', `This is not JSON: ${thrown.message}.`, { place: { path: file.fsPath } });
  }
  const checked = Experiment.safeParse(content);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new LabError('invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`, {
      advice: 'The editor marks what is wrong and completes what is possible.',
      place: { path: file.fsPath },
    });
  }
  const { dataset } = checked.data;
  const dataPath = path.resolve(path.dirname(file.fsPath), dataset.path);
  const experiment = { ...checked.data, dataset: { ...dataset, path: dataPath } };
  await flow.start(experiment, vscode.Uri.file(dataPath));
}

/** The command that VS Code makes for every view. */
export async function focusLab(): Promise<void> {
  await vscode.commands.executeCommand(`${views.lab}.focus`);
}
