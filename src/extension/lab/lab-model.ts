/** The one state of the Lab: what the views, the status bar and the context keys are drawn from. */
import * as vscode from 'vscode';
import type { LabState } from '../../protocol';
import type { Disposable } from '../disposal';

/** Everything but which view shows it. */
export type SharedState = Omit<LabState, 'where'>;

export class LabModel implements Disposable {
  readonly #changed = new vscode.EventEmitter<SharedState>();
  readonly onDidChange = this.#changed.event;
  #state: SharedState;

  constructor(trusted: boolean) {
    this.#state = { status: 'stopped', trusted, stage: 'learn', inspecting: false, openings: 0, runs: [] };
  }

  get state(): SharedState {
    return this.#state;
  }

  /** Replaces some fields; `undefined` clears an optional one. */
  update(change: Partial<SharedState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
