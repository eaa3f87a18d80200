/**
 * A request is a value: name, schema of its parameters, types of its result and progress. Both sides import it;
 * callers never name a response type. Every request gets exactly one result or one error.
 */
import {
  CancellationTokenSource,
  ConnectionError,
  ErrorCodes,
  type MessageConnection,
  ProgressType,
  RequestType,
  ResponseError,
  type CancellationToken,
} from 'vscode-jsonrpc';
import type { z } from 'zod';
import { LabError, type LabErrorData } from './errors';

/** Type-only slot for the result and the progress of an endpoint; never holds a value. */
declare const types: unique symbol;

export interface Endpoint<Params, Input, Result, Progress> {
  readonly name: string;
  readonly params: z.ZodType<Params, Input>;
  readonly [types]?: { readonly result: Result; readonly progress: Progress };
}

/** Declares a request. `Progress` is `never` for those that answer at once. */
export function endpoint<Result, Progress = never>() {
  return <Params, Input>(
    name: string,
    params: z.ZodType<Params, Input>,
  ): Endpoint<Params, Input, Result, Progress> => ({ name, params });
}

/** What travels as the parameters of every request. */
interface Envelope {
  readonly params: unknown;
  readonly progressToken?: number | undefined;
}

const requestType = (name: string) => new RequestType<Envelope, unknown, LabErrorData>(name);
const progressType = new ProgressType<unknown>();
let nextProgressToken = 1;

export interface CallOptions<Progress> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Thrown to the caller whose own signal ended the request. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'CancelledError';
  }
}

/**
 * Calls an endpoint. Rejects with `LabError` as the other side threw it, or with `CancelledError`.
 * Progress arrives in order and never after the promise has settled.
 */
export async function call<Params, Input, Result, Progress>(
  connection: MessageConnection,
  target: Endpoint<Params, Input, Result, Progress>,
  params: Input,
  options: CallOptions<Progress> = {},
): Promise<Result> {
  const { signal, onProgress } = options;
  if (signal?.aborted) throw new CancelledError();
  const progressToken = onProgress ? nextProgressToken++ : undefined;
  const listener =
    onProgress && progressToken !== undefined
      ? connection.onProgress(progressType, progressToken, (value) => onProgress(value as Progress))
      : undefined;
  const cancellation = new CancellationTokenSource();
  const abort = () => cancellation.cancel();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const envelope: Envelope = { params, progressToken };
    return (await connection.sendRequest(requestType(target.name), envelope, cancellation.token)) as Result;
  } catch (thrown) {
    throw toCallerError(thrown, target.name);
  } finally {
    signal?.removeEventListener('abort', abort);
    listener?.dispose();
    cancellation.dispose();
  }
}

/** How a handler reports and learns that its caller no longer wants the answer. */
export interface HandlerContext<Progress> {
  readonly progress: (value: Progress) => void;
  readonly signal: AbortSignal;
}

/** Answers an endpoint. Parameters are checked first; whatever the handler throws reaches the caller as a LabError. */
export function handle<Params, Input, Result, Progress>(
  connection: MessageConnection,
  target: Endpoint<Params, Input, Result, Progress>,
  handler: (params: Params, context: HandlerContext<Progress>) => Promise<Result> | Result,
): { dispose(): void } {
  return connection.onRequest(requestType(target.name), async (envelope, token) => {
    try {
      const params = checkParams(target, envelope);
      const { progressToken } = envelope;
      const progress = (value: Progress) => {
        if (progressToken === undefined || token.isCancellationRequested) return;
        tellProgress(connection, progressToken, value);
      };
      return await handler(params, { progress, signal: signalOf(token) });
    } catch (thrown) {
      if (thrown instanceof CancelledError || isAbort(thrown)) {
        return new ResponseError<LabErrorData>(cancelledCode, 'Cancelled.');
      }
      const error = LabError.from(thrown);
      return new ResponseError<LabErrorData>(ErrorCodes.InternalError, error.message, error.toData());
    }
  });
}

/** Long work must not fail because nobody listens any more: the end of the connection is handled by its owner. */
function tellProgress(connection: MessageConnection, token: number, value: unknown): void {
  try {
    connection.sendProgress(progressType, token, value).catch(() => undefined);
  } catch (thrown) {
    if (!(thrown instanceof ConnectionError)) throw thrown;
  }
}

/** The language server protocol's code for a cancelled request. */
const cancelledCode = -32800;

function checkParams<Params, Input, Result, Progress>(
  target: Endpoint<Params, Input, Result, Progress>,
  envelope: unknown,
): Params {
  const given =
    typeof envelope === 'object' && envelope !== null && 'params' in envelope ? envelope.params : undefined;
  const checked = target.params.safeParse(given);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const at = issue?.path.length ? ` at ${issue.path.join('.')}` : '';
  throw new LabError('invalid', `${target.name}: ${issue?.message ?? 'wrong parameters'}${at}.`);
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function toCallerError(thrown: unknown, name: string): Error {
  if (thrown instanceof ResponseError) {
    const response = thrown as ResponseError<LabErrorData | undefined>;
    if (response.code === cancelledCode) return new CancelledError();
    if (response.data !== undefined) return LabError.fromData(response.data);
    return new LabError('internal', `${name}: ${response.message}`);
  }
  return LabError.from(thrown);
}
