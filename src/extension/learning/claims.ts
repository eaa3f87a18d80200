/**
 * Which of several windows of one workspace begins a training that waits: each remembers it, and the first that claims
 * it has it. A claim is an empty file that can be made only once, in a folder that the windows share.
 */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** Claims older than this are swept away: no window remembers their trainings any more. */
const keptMs = 90 * 24 * 3600_000;

export class Claims {
  readonly #folder: string;
  #swept = false;

  /** `folder`: made when it is needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Claims a training for this window; false where another, or this one, had it before. Where no claim can be written
   * (a full disk), it is granted: better twice than never.
   * @param claim its name, of letters, digits and hyphens
   */
  async take(claim: string): Promise<boolean> {
    try {
      await fs.mkdir(this.#folder, { recursive: true });
      await fs.writeFile(this.#file(claim), '', { flag: 'wx' });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    }
    await this.#sweep();
    return true;
  }

  /** Whether any window has claimed a training. */
  async isTaken(claim: string): Promise<boolean> {
    return fs.access(this.#file(claim)).then(
      () => true,
      () => false,
    );
  }

  #file(claim: string): string {
    return path.join(this.#folder, claim);
  }

  async #sweep(): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    const names = await fs.readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const file = this.#file(name);
      const { mtimeMs = Infinity } = (await fs.stat(file).catch(() => undefined)) ?? {};
      // Another window may sweep at the same time.
      if (Date.now() - mtimeMs > keptMs) await fs.rm(file, { force: true }).catch(() => undefined);
    }
  }
}
