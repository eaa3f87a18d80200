/** How components ask the app to remember something over a reload. */
import type { Memory } from './memory';

export class RememberEvent extends Event {
  static readonly type = 'lab-remember' as const;
  constructor(readonly change: (memory: Memory) => Memory) {
    super(RememberEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-remember': RememberEvent;
  }
}

export function remember(from: EventTarget, change: (memory: Memory) => Memory): void {
  from.dispatchEvent(new RememberEvent(change));
}
