import { showControls } from '../protocol';

/** Where a command writes: its result to standard output, everything else (progress, warnings) to standard error. */
export interface Terminal {
  /** Whether standard error is a terminal, on which a line may be drawn over. */
  readonly live: boolean;
  readonly errorStream: NodeJS.WriteStream;
  /** A part of the result, as it is. */
  write(text: string): void;
  /** A line of the result. */
  print(line?: string): void;
  /** The result for programs: one JSON object on one line. */
  printJson(result: object): void;
  /** A line about the work, not part of the result. */
  tell(line?: string): void;
}

export function processTerminal(): Terminal {
  // `local-model-lab runs | head -1` closes our output early: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  return {
    live: process.stderr.isTTY,
    errorStream: process.stderr,
    // Text out of files and models may hold what a terminal obeys: it is shown instead.
    write: (text) => process.stdout.write(showControls(text)),
    print: (line = '') => process.stdout.write(`${showControls(line)}\n`),
    printJson: (result) => process.stdout.write(`${escapeControls(JSON.stringify(result))}\n`),
    tell: (line = '') => process.stderr.write(`${showControls(line)}\n`),
  };
}

/** JSON leaves C1 controls, which terminals obey, as they are; written as escapes they mean the same. */
function escapeControls(json: string): string {
  return json.replaceAll(/[\u007f-\u009f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`);
}

/** Lines of text from rows of cells, columns aligned to the left and two spaces apart. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The first `limit` characters of a text on one line, with an ellipsis where it was longer. */
export function shorten(text: string, limit: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
