/** "Show Engine Details": a read-only page of what runs, since when, and how fast. */
import * as vscode from 'vscode';
import { Details, type EngineDetails, writeMilliseconds } from '../../protocol';
import type { Disposable } from '../disposal';
import type { Timings } from '../timings';
import type { Engines } from './engines';

export const detailsScheme = 'model-lab-details';
const page = vscode.Uri.from({ scheme: detailsScheme, path: 'Engine Details.md' });

export class DetailsPage implements vscode.TextDocumentContentProvider, Disposable {
  readonly #engines: Engines;
  readonly #timings: () => Timings;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  #text = '';

  constructor(engines: Engines, timings: () => Timings) {
    this.#engines = engines;
    this.#timings = timings;
  }

  /** Asks the engine, which starts it where none runs, and shows the answer. */
  async show(): Promise<void> {
    const details = await this.#engines.serving.call(Details, {});
    this.#text = describe(details, this.#timings());
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

function describe(details: EngineDetails, timings: Timings): string {
  const ms = (value: number | undefined) =>
    value === undefined ? 'not measured yet' : writeMilliseconds(value);
  const opened = details.engine === '' ? 'opened when a model is first used' : details.engine;
  return [
    '# Model Lab: engine',
    '',
    `- Engine: ${opened}`,
    ...(details.runtime === '' ? [] : [`- Runtime: ${details.runtime}, ${details.provider}`]),
    `- Threads: ${details.threads}`,
    `- Process: ${details.pid} (${details.role})`,
    ...details.notices.map((notice) => `- Note: ${notice}`),
    '',
    '## Times',
    '',
    `- Loading the extension: ${ms(timings.loadMs)}`,
    `- Activating the extension: ${ms(timings.activateMs)}`,
    `- Engine, from first need to ready: ${ms(timings.readyMs)} (${ms(details.readyMs)} inside the process)`,
    `- Keystroke to decoration: ${ms(timings.keystrokeMedianMs)} (median of ${timings.keystrokeMs.length})`,
    '',
    '## Versions',
    '',
    ...Object.entries(details.versions).map(([name, version]) => `- ${name}: ${version}`),
    '',
  ].join('\n');
}
