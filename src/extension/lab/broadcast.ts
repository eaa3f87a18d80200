/**
 * Sends the Lab's state to the views: whole snapshots, at most ten a second, to visible views only (hidden ones
 * receive no messages); a view that shows again gets the newest.
 */
import type { LabState, ToWebview } from '../../protocol';
import type { Disposable } from '../disposal';
import type { LabModel } from './lab-model';

/** Shortest time between two states, ms. */
const interval = 100;

export interface StateView {
  readonly where: LabState['where'];
  readonly visible: boolean;
  post(message: ToWebview): void;
}

export class Broadcast implements Disposable {
  readonly #model: LabModel;
  readonly #views = new Set<StateView>();
  readonly #subscription: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #lastSent = 0;

  constructor(model: LabModel) {
    this.#model = model;
    this.#subscription = model.onDidChange(() => this.#schedule());
  }

  /** Adds a view; the returned scope removes it. */
  add(view: StateView): Disposable {
    this.#views.add(view);
    return { dispose: () => this.#views.delete(view) };
  }

  /** Whether anybody sees the state now. */
  get watched(): boolean {
    return [...this.#views].some((view) => view.visible);
  }

  /** Sends the present state to one view at once: it has just loaded or shows again. */
  sendTo(view: StateView): void {
    view.post({ type: 'state', state: { ...this.#model.state, where: view.where } });
  }

  #schedule(): void {
    if (this.#timer !== undefined || !this.watched) return;
    const wait = Math.max(0, this.#lastSent + interval - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#lastSent = performance.now();
      for (const view of this.#views) if (view.visible) this.sendTo(view);
    }, wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#views.clear();
  }
}
