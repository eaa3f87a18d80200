/** What the parts of the extension know of an engine: that it answers endpoints. */
import type { CallOptions, Endpoint } from '../../protocol';

export interface EngineCaller {
  /** Rejects with `LabError`, or with `CancelledError` when the caller's own signal ended the request. */
  call<Params, Input, Result, Progress>(
    endpoint: Endpoint<Params, Input, Result, Progress>,
    params: Input,
    options?: CallOptions<Progress>,
  ): Promise<Result>;
}
