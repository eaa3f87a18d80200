/** The end of a process's output, and the whole of it line by line. */

/** Characters that are kept. */
const limit = 8_000;

export class OutputTail {
  private kept = '';
  private unfinished = '';

  get text(): string {
    return this.kept;
  }

  /** Takes a chunk as it comes and passes on the lines that it completes. */
  add(chunk: string, onLine: (line: string) => void): void {
    this.kept = (this.kept + chunk).slice(-limit);
    const lines = (this.unfinished + chunk).split(/\r?\n/);
    this.unfinished = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  }

  /** Passes on a last line without a line break. */
  end(onLine: (line: string) => void): void {
    if (this.unfinished) onLine(this.unfinished);
    this.unfinished = '';
  }
}
