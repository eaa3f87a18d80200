/** Failures that reach a person: one class, a code for programs, and words that say what, where and what to do. */

/** A place in a file. Lines and columns count from 1. */
export interface Place {
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export type ErrorCode =
  /** The dataset cannot be used as it is. */
  | 'dataset'
  /** An experiment, a hyperparameter or a request's parameters are wrong. */
  | 'invalid'
  /** A file or folder cannot be read or written. */
  | 'file'
  /** The disk is full. */
  | 'disk-full'
  /** A file of a run is damaged or of another version. */
  | 'damaged'
  /** The asked-for engine cannot be loaded. */
  | 'engine-unavailable'
  /** The engine process ended before it answered. */
  | 'engine-gone'
  /** The model and the data do not fit together. */
  | 'mismatch'
  /** The numbers left the finite range. */
  | 'diverged'
  /** A defect of ours. */
  | 'internal';

/** The serialised form, which travels as the `data` of a JSON-RPC error. */
export interface LabErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly advice?: string | undefined;
  readonly place?: Place | undefined;
}

/** An error with a message for people. `message` says what is wrong, `advice` what to do about it. */
export class LabError extends Error {
  readonly code: ErrorCode;
  readonly advice: string | undefined;
  readonly place: Place | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { advice?: string; place?: Place; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'LabError';
    this.code = code;
    this.advice = more.advice;
    this.place = more.place;
  }

  toData(): LabErrorData {
    return { code: this.code, message: this.message, advice: this.advice, place: this.place };
  }

  static fromData(data: LabErrorData): LabError {
    return new LabError(data.code, data.message, {
      ...(data.advice === undefined ? {} : { advice: data.advice }),
      ...(data.place === undefined ? {} : { place: data.place }),
    });
  }

  /**
   * Any thrown value as a LabError; what is not one becomes `internal`, or `disk-full`/`file` for system errors.
   * `path`: the file that was worked on, for errors that do not name it (reading a folder is one).
   */
  static from(thrown: unknown, path?: string): LabError {
    if (thrown instanceof LabError) return thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const system = error as NodeJSError;
    const where = system.path ?? path;
    const place = where === undefined ? {} : { place: { path: where } };
    if (system.code === 'ENOSPC' || system.code === 'EDQUOT') {
      return new LabError('disk-full', 'The disk is full.', {
        ...place,
        advice: 'Free some space and try again. What was already saved is still there.',
        cause: thrown,
      });
    }
    if (system.code === 'ENOENT') {
      return new LabError('file', `There is no such file: ${where ?? error.message}`, {
        ...place,
        advice: 'Check that the file has not been moved or deleted.',
        cause: thrown,
      });
    }
    if (system.code === 'EACCES' || system.code === 'EPERM' || system.code === 'EROFS') {
      return new LabError('file', `No permission for ${where ?? error.message}`, {
        ...place,
        advice: 'Check who may read and write it, or choose another place.',
        cause: thrown,
      });
    }
    if (system.code === 'EISDIR') {
      return new LabError('file', `A file is needed, but this is a folder: ${where ?? error.message}`, {
        ...place,
        advice: 'Name a file in it.',
        cause: thrown,
      });
    }
    return new LabError('internal', error.message, { cause: thrown });
  }
}

/** The fields that Node puts on errors of the file system. */
interface NodeJSError extends Error {
  readonly code?: string;
  readonly path?: string;
}

/** `path:3:5: message. advice`, for a terminal or a log. */
export function describeError(error: LabErrorData | LabError): string {
  const { place } = error;
  const where = place?.path
    ? [place.path, place.line, place.line === undefined ? undefined : place.column]
        .filter((part) => part !== undefined)
        .join(':') + ': '
    : place?.line === undefined
      ? ''
      : `line ${place.line}: `;
  return where + error.message + (error.advice ? ` ${error.advice}` : '');
}
