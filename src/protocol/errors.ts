/** Failures that reach a person: one class, a code for programs, and words that say what, where and what to do. */

import { describeSystemError, fileOf, shortPath } from './system-errors';

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
   * Any thrown value as a LabError; what is not one becomes `disk-full` or `file` for errors of the system, else `internal`.
   * `path`: the file that was worked on, for errors that name none (reading a folder is one) or a temporary one.
   */
  static from(thrown: unknown, path?: string): LabError {
    if (thrown instanceof LabError) return thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const file = fileOf(error, path);
    const known = describeSystemError(error, file);
    if (known === undefined) return new LabError('internal', error.message, { cause: thrown });
    const { code, message, advice } = known;
    return new LabError(code, message, {
      advice,
      ...(file === undefined ? {} : { place: { path: file } }),
      cause: thrown,
    });
  }
}

/**
 * Sentences one after the other; one that has no end gets a point, so that the next can be told from it. Empty and
 * missing ones are left out.
 */
export function joinSentences(...sentences: readonly (string | undefined)[]): string {
  const said = sentences.flatMap((sentence) => sentence?.trim() || []);
  return said
    .map((text, at) => (at < said.length - 1 && !/[.!?…:][)"”’]?$/u.test(text) ? `${text}.` : text))
    .join(' ');
}

/** `path:3:5: message. advice`, for a terminal or a log. */
export function describeError(error: LabErrorData | LabError): string {
  const { place } = error;
  // A sentence that names the file needs no second name before it.
  const isNamed =
    place?.line === undefined && place?.path !== undefined && error.message.includes(shortPath(place.path));
  const where = isNamed
    ? ''
    : place?.path
      ? [place.path, place.line, place.line === undefined ? undefined : place.column]
          .filter((part) => part !== undefined)
          .join(':') + ': '
      : place?.line === undefined
        ? ''
        : `line ${place.line}: `;
  return where + joinSentences(error.message, error.advice);
}
