/** What may come of a question to the engine. */
import type { GridFailure } from '../../src/protocol/grid-page';

/** A question that the engine could not answer. */
export class GridError extends Error {
  readonly code: string;
  readonly advice: string | undefined;

  constructor({ code, message, advice }: GridFailure) {
    super(message);
    this.name = 'GridError';
    this.code = code;
    this.advice = advice;
  }
}

/** A question that nobody waits for any more. */
export class Outdated extends Error {}

export interface AskOptions<Answer> {
  readonly signal?: AbortSignal | undefined;
  readonly onPart?: ((part: Answer) => void) | undefined;
}
