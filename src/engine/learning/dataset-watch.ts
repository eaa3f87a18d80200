/** Holds the file or folder that is learnt from against what was read of it, for as long as the training runs. */
import type { Alert, LabError } from '../../protocol';
import { BeingWritten, type FileState, hashOf, hasMoved, readWhole } from '../datasets';
import { datasetChanged, datasetGone } from './alerts';

/** ms between two looks; each asks for size and time only, and reads where they moved. */
const LOOK_MS = 1_000;
/** Looks at a folder of many files take their time: so much longer nobody looks again. */
const REST_OF_LOOK = 20;

/** What was read of the file. */
export interface DatasetMark {
  readonly path: string;
  readonly state: FileState;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
}

export class DatasetWatch {
  #state: FileState;
  #change: LabError | undefined;
  #gone = false;
  #looking: Promise<void> | undefined;
  #restsUntil = 0;
  readonly #began = Date.now();
  readonly #timer: NodeJS.Timeout;

  /** `onChange`: called once, when the file holds other bytes than were read. */
  constructor(
    private readonly mark: DatasetMark,
    private readonly onChange: () => void,
  ) {
    this.#state = mark.state;
    this.#timer = setInterval(() => {
      if (performance.now() >= this.#restsUntil) void this.#look();
    }, LOOK_MS).unref();
  }

  /** LabError('mismatch') where a change was seen. */
  requireUnchanged(): void {
    if (this.#change !== undefined) throw this.#change;
  }

  /** Looks a last time. A file that is gone is only told of: it was whole when it was read. */
  async end(): Promise<{ readonly change?: LabError | undefined; readonly alert?: Alert | undefined }> {
    this.close();
    await this.#looking;
    await this.#look();
    const { path } = this.mark;
    return { change: this.#change, alert: this.#gone ? datasetGone(path) : undefined };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** One look at a time: where a file moved, the look lasts until it has come to rest. */
  #look(): Promise<void> {
    const began = performance.now();
    this.#looking ??= this.#compare().finally(() => {
      this.#looking = undefined;
      const now = performance.now();
      this.#restsUntil = now + REST_OF_LOOK * (now - began) - LOOK_MS;
    });
    return this.#looking;
  }

  async #compare(): Promise<void> {
    if (this.#change !== undefined) return;
    const { path } = this.mark;
    try {
      const isOther = await hasMoved(path, this.#state);
      this.#gone = false;
      if (!isOther) return;
      const { source, state } = await readWhole(path);
      // Written again with the same content, as by an editor that saves.
      if ((await hashOf(source)) === this.mark.sha256) this.#state = state;
      else this.#tell(Number(state.mtimeNs / 1_000_000n));
    } catch (error) {
      if (error instanceof BeingWritten) this.#tell(Date.now());
      // What cannot be read may be in the middle of being replaced, and is looked at again.
      else this.#gone = true;
    }
  }

  /** `written`: ms; files bring their time along where they are copied, which tells nothing of the change. */
  #tell(written: number): void {
    const now = Date.now();
    const time = written >= this.#began && written <= now ? written : now;
    this.#change = datasetChanged(this.mark.path, new Date(time));
    this.onChange();
  }
}
