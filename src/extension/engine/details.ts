/** "Show Engine Details": a read-only page of what runs, since when, and how fast. */
import * as vscode from 'vscode';
import { Details, type EngineDetails, writeMilliseconds } from '../../protocol';
import type { Disposable } from '../disposal';
import type { Timings } from '../timings';
import type { EngineRecord } from './engine-record';
import type { Engines } from './engines';

export const detailsScheme = 'model-lab-details';
const page = vscode.Uri.from({ scheme: detailsScheme, path: 'Engine Details.md' });

export class DetailsPage implements vscode.TextDocumentContentProvider, Disposable {
  readonly #engines: Engines;
  readonly #record: EngineRecord;
  readonly #timings: () => Timings;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  #text = '';

  constructor(engines: Engines, record: EngineRecord, timings: () => Timings) {
    this.#engines = engines;
    this.#record = record;
    this.#timings = timings;
  }

  /** Asks the engine, which starts it where none runs, and shows the answer. */
  async show(): Promise<void> {
    const [serving, training] = await Promise.all([
      this.#engines.serving.call(Details, {}),
      this.#record.training(),
    ]);
    this.#text = describe(serving, training, this.#timings());
    this.#changed.fire(page);
    const document = await vscode.workspace.openTextDocument(page);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function describe(serving: EngineDetails, training: EngineDetails | undefined, timings: Timings): string {
  const ms = (value: number | undefined) =>
    value === undefined ? 'not measured yet' : writeMilliseconds(value);
  return [
    '# Model Lab: engine',
    '',
    'The command "Model Lab: Write Engine Profile" writes all this, span by span, for a trace viewer.',
    '',
    ...(training ? ['## Training', '', ...describeProcess(training), ''] : []),
    '## Predictions and texts',
    '',
    ...describeProcess(serving),
    '',
    '## The extension',
    '',
    `- Loading: ${ms(timings.loadMs)}`,
    `- Activating: ${ms(timings.activateMs)}`,
    `- Engine, from first need to ready: ${ms(timings.readyMs)} (${ms(serving.readyMs)} inside the process)`,
    `- Keystroke to decoration: ${ms(timings.keystrokeMedianMs)} (median of ${timings.keystrokeMs.length})`,
    '',
    '## Versions',
    '',
    ...Object.entries({ ...training?.versions, ...serving.versions }).map(
      ([name, version]) => `- ${name}: ${version}`,
    ),
    '',
  ].join('\n');
}

function describeProcess(details: EngineDetails): string[] {
  const opened = details.engine === '' ? 'opened when a model is first used' : details.engine;
  return [
    `- Engine: ${opened}`,
    ...(details.runtime === '' ? [] : [`- Runtime: ${details.runtime}, provider ${details.provider}`]),
    ...(details.threads === 0 ? [] : [`- Threads: ${details.threads}`]),
    `- Process: ${details.pid} (${details.role})`,
    ...details.notices.map((notice) => `- Note: ${notice}`),
    ...table(
      ['Graph', 'Nodes', 'Traced in', 'Opened in'],
      details.programs.map(({ name, nodes, traceMs, sessionMs, kept }) => [
        name,
        nodes === 0 ? 'op by op' : String(nodes),
        kept ? 'kept from before' : writeMilliseconds(traceMs),
        writeMilliseconds(sessionMs),
      ]),
    ),
    ...table(
      ['Phase', 'Times', 'Together', 'On average', 'Longest'],
      details.phases
        .filter(({ kind }) => kind === 'phase' || kind === 'run')
        .map(({ kind, name, count, totalMs, maxMs }) => [
          kind === 'run' ? `running "${name}"` : name,
          String(count),
          writeMilliseconds(totalMs),
          writeMilliseconds(totalMs / count),
          writeMilliseconds(maxMs),
        ]),
    ),
  ];
}

/** A Markdown table, its columns in line because people read it as text; nothing where there are no rows. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return ['', line(heads), line(rule), ...rows.map(line)];
}
