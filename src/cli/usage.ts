/** A command line that asks for something impossible: told before any work is begun, exit status 2. */
import { LabError, type Place } from '../protocol';

export class UsageError extends LabError {
  constructor(message: string, advice?: string, place?: Place) {
    super('invalid', message, {
      ...(advice === undefined ? {} : { advice }),
      ...(place === undefined ? {} : { place }),
    });
    this.name = 'UsageError';
  }
}

/** Exit statuses: 0 only when the work was done. */
export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  /** 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const;
