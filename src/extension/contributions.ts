/**
 * The names that `package.json` and the code share, each typed once. A test keeps the manifest equal to them
 * (test/host/manifest.test.ts).
 */

/** Ids of commands. Those of `palette` stand in the command palette, the rest only in menus and views. */
export const commands = {
  train: 'modelLab.train',
  trainLanguageModel: 'modelLab.trainLanguageModel',
  trainWithSettings: 'modelLab.trainWithSettings',
  trainFolder: 'modelLab.trainFolder',
  runExperimentFile: 'modelLab.runExperimentFile',
  pause: 'modelLab.pauseTraining',
  continue: 'modelLab.resumeTraining',
  stop: 'modelLab.stopTraining',
  resumeInterrupted: 'modelLab.resumeInterruptedRun',
  showPredictions: 'modelLab.showPredictions',
  hidePredictions: 'modelLab.hidePredictions',
  togglePredictions: 'modelLab.togglePredictions',
  filterPredictions: 'modelLab.filterPredictions',
  nextWrongRow: 'modelLab.nextWrongRow',
  markWith: 'modelLab.markWith',
  openAsGrid: 'modelLab.openAsGrid',
  generate: 'modelLab.generateText',
  showLab: 'modelLab.showLab',
  openDashboard: 'modelLab.openDashboard',
  openSampleTable: 'modelLab.openSampleTable',
  openSampleText: 'modelLab.openSampleText',
  showEngineDetails: 'modelLab.showEngineDetails',
  writeEngineProfile: 'modelLab.writeEngineProfile',
  showEngineLog: 'modelLab.showEngineLog',
  openRun: 'modelLab.runs.open',
  useRun: 'modelLab.runs.use',
  generateWithRun: 'modelLab.runs.generate',
  resumeRun: 'modelLab.runs.resume',
  renameRun: 'modelLab.runs.rename',
  deleteRun: 'modelLab.runs.delete',
  revealRun: 'modelLab.runs.reveal',
  refreshRuns: 'modelLab.runs.refresh',
  mendProblem: 'modelLab.quality.mend',
  leaveColumnsOut: 'modelLab.quality.leaveOut',
  ignoreCheck: 'modelLab.quality.ignore',
} as const;
export type CommandName = keyof typeof commands;

export const views = { container: 'modelLab', lab: 'modelLab.lab', runs: 'modelLab.runs' } as const;

/** Type of the editor tab of the Lab. */
export const dashboardType = 'modelLab.dashboard';

/**
 * Types of the grid's editor: of files that no text editor can show, for which it is the usual one, and of tables in text,
 * for which it is one of several.
 */
export const gridTypes = { files: 'modelLab.grid', tables: 'modelLab.tableGrid' } as const;

/** Settings, without the section `modelLab`. */
export const settingsSection = 'modelLab';
export const settings = {
  engine: 'engine',
  provider: 'provider',
  runsFolder: 'runsFolder',
  threads: 'threads',
  marksShow: 'marks.show',
  marksPosition: 'marks.position',
  marksAutomatic: 'marks.automatic',
} as const;

/** The setting of a quality check, without the section; the checks are those of `src/protocol/quality-checks.ts`. */
export function checkSetting(check: string): string {
  return `quality.${check}`;
}

/** Keys that `when` clauses of the manifest read. */
export const contextKeys = {
  /** `running`, `paused` or empty. */
  training: 'modelLab.training',
  /** Of the active editor: `on`, `off` (a model is known for it), or empty. */
  predictions: 'modelLab.predictions',
  /** What the active file can be learnt as, by its name: `table`, `text`, or empty. */
  openFile: 'modelLab.openFile',
  hasTableModel: 'modelLab.hasTableModel',
  hasTextModel: 'modelLab.hasTextModel',
  hasInterruptedRun: 'modelLab.hasInterruptedRun',
} as const;
export type ContextKey = keyof typeof contextKeys;

/** What the Runs tree puts into `viewItem`, joined by `.` between dots, e.g. `.run.model.table.`. */
export const runItemFlags = ['run', 'model', 'table', 'text', 'resumable', 'busy'] as const;
export type RunItemFlag = (typeof runItemFlags)[number];

export const colors = {
  right: 'modelLab.rightForeground',
  wrong: 'modelLab.wrongForeground',
  unsure: 'modelLab.unsureForeground',
  plain: 'modelLab.plainForeground',
  header: 'modelLab.headerForeground',
  rulerWrong: 'modelLab.overviewRuler.wrong',
  rulerUnsure: 'modelLab.overviewRuler.unsure',
} as const;

/** Ids of walkthrough steps that complete by themselves, as context keys. */
export const walkthrough = 'learn-with-samples';
