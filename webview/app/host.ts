/** The webview's only door: intents go out to the extension, states come in, and a small memory survives reloads. */
import type { FromWebviewInput } from '../../src/protocol/webview';

/** What VS Code gives every webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  send(message: FromWebviewInput): void;
  readMemory(): unknown;
  writeMemory(memory: unknown): void;
}

/** May be called once: VS Code hands out its API only once. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    readMemory: () => api.getState(),
    writeMemory: (memory) => api.setState(memory),
  };
}

/** Sends every failure of the page to the extension's log. */
export function reportFailures(host: Host): void {
  window.addEventListener('error', (event) => host.send(failureMessage(event.error ?? event.message)));
  window.addEventListener('unhandledrejection', (event) => host.send(failureMessage(event.reason)));
}

export function failureMessage(thrown: unknown): FromWebviewInput {
  const words = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { type: 'failure', message: words.slice(0, 10_000) };
}

/** An intent on its way from a component to `<lab-app>`, which alone talks to the extension. */
export class IntentEvent extends Event {
  static readonly type = 'lab-intent' as const;
  constructor(readonly message: FromWebviewInput) {
    super(IntentEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-intent': IntentEvent;
  }
}

export function sendIntent(from: EventTarget, message: FromWebviewInput): void {
  from.dispatchEvent(new IntentEvent(message));
}
