/** Holds the file that is learnt from against what was read of it, for as long as the training runs. */
import type { Alert, LabError } from '../../protocol';
import { BeingWritten, type FileState, hasMoved, readWhole, sha256 } from '../datasets';
import { datasetChanged, datasetGone } from './alerts';

/** ms between two looks; each asks for size and time only, and reads where they moved. */
const LOOK_MS = 1_000;

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
  readonly #began = Date.now();
  readonly #timer: NodeJS.Timeout;

  /** `onChange`: called once, when the file holds other bytes than were read. */
  constructor(
    private readonly mark: DatasetMark,
    private readonly onChange: () => void,
  ) {
    this.#state = mark.state;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref();
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
    this.#looking ??= this.#compare().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #compare(): Promise<void> {
    if (this.#change !== undefined) return;
    const { path } = this.mark;
    try {
      const isOther = await hasMoved(path, this.#state);
      this.#gone = false;
      if (!isOther) return;
      const { bytes, state } = await readWhole(path);
      // Written again with the same content, as by an editor that saves.
      if (sha256(bytes) === this.mark.sha256) this.#state = state;
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
