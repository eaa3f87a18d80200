/** The page's only door: questions go out, answers come in, checked; a small memory survives reloads. */
import {
  type FromGridPage,
  type GridAnswers,
  type GridMethod,
  type GridParams,
  readGridAnswer,
  readToGridPage,
  type ToGridPage,
} from '../../src/protocol/grid-page';
import { type AskOptions, GridError, Outdated } from './asking';

/** What VS Code gives every webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

interface Waiting {
  readonly take: (value: unknown) => void;
  readonly takePart: (value: unknown) => void;
  readonly refuse: (error: Error) => void;
}

/** Messages that are no answers. */
export type GridNews = Exclude<ToGridPage, { type: 'progress' | 'answer' | 'refused' }>;

export class GridHost {
  readonly #api: VsCodeApi;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  /** May be made once: VS Code hands out its API only once. */
  constructor(onNews: (news: GridNews) => void) {
    this.#api = acquireVsCodeApi();
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.#receive(readToGridPage(data), onNews);
    });
  }

  send(message: FromGridPage): void {
    this.#api.postMessage(message);
  }

  /** Rejects with `GridError`, or with `Outdated` when the signal ended the question. */
  ask<Method extends GridMethod>(
    method: Method,
    params: GridParams<Method>,
    { signal, onPart }: AskOptions<GridAnswers[Method]> = {},
  ): Promise<GridAnswers[Method]> {
    if (signal?.aborted === true) return Promise.reject(new Outdated());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#waiting.delete(id);
        signal?.removeEventListener('abort', cancel);
      };
      const cancel = () => {
        end();
        this.send({ type: 'cancel', id });
        reject(new Outdated());
      };
      signal?.addEventListener('abort', cancel);
      this.#waiting.set(id, {
        take: (value) => {
          end();
          try {
            resolve(readGridAnswer(method, value));
          } catch (thrown) {
            reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
          }
        },
        takePart: (value) => onPart?.(readGridAnswer(method, value)),
        refuse: (error) => {
          end();
          reject(error);
        },
      });
      this.send({ type: 'request', id, method, params });
    });
  }

  /** What was asked of a grid that has been opened anew since is answered by nobody. */
  forgetQuestions(): void {
    for (const { refuse } of [...this.#waiting.values()]) refuse(new Outdated());
  }

  readMemory(): unknown {
    return this.#api.getState();
  }

  writeMemory(memory: unknown): void {
    this.#api.setState(memory);
  }

  #receive(message: ToGridPage, onNews: (news: GridNews) => void): void {
    switch (message.type) {
      case 'answer':
        this.#waiting.get(message.id)?.take(message.result);
        return;
      case 'progress':
        this.#waiting.get(message.id)?.takePart(message.value);
        return;
      case 'refused':
        this.#waiting.get(message.id)?.refuse(new GridError(message.error));
        return;
      default:
        onNews(message);
    }
  }
}

/** Sends every failure of the page to the extension's log. */
export function reportFailures(host: GridHost): void {
  const tell = (thrown: unknown) => {
    if (thrown instanceof Outdated) return;
    const words = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    host.send({ type: 'failure', message: words.slice(0, 10_000) });
  };
  window.addEventListener('error', (event) => tell(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => tell(event.reason));
}
