/** Shows work on standard error: a bar on a terminal, plain lines (at most one a second) everywhere else. */
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { showControls } from '../protocol';
import type { Terminal } from './terminal';

export interface Progress {
  /** `done` of `total`, and what else there is to say about it. */
  update(done: number, total: number, text: string): void;
  /** A line that stays, above the bar. */
  tell(line: string): void;
  /** Takes the bar away. Further updates are ignored. */
  end(): void;
}

export function showProgress(terminal: Terminal): Progress {
  return terminal.live ? drawBar(terminal) : writeLines(terminal);
}

/** ms between two plain lines. */
const interval = 1000;

function writeLines(terminal: Terminal): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let ended = false;
  return {
    update: (done, total, text) => {
      const now = performance.now();
      if (ended || text === '' || now - last < interval) return;
      last = now;
      terminal.tell(total > 0 ? `${percent(done, total)} ${text}` : text);
    },
    tell: (line) => terminal.tell(line),
    end: () => (ended = true),
  };
}

function percent(done: number, total: number): string {
  return `${Math.floor((100 * done) / total)} %`.padStart(5);
}

function drawBar(terminal: Terminal): Progress {
  const bars = new MultiBar(
    {
      stream: terminal.errorStream,
      format: '{bar} {percentage} % {text}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
      fps: 10,
    },
    Presets.rect,
  );
  let bar: SingleBar | undefined;
  let ended = false;
  return {
    update: (done, total, text) => {
      if (ended) return;
      const plain = showControls(text);
      bar ??= bars.create(Math.max(total, 1), 0, { text: plain });
      bar.setTotal(Math.max(total, 1));
      bar.update(Math.min(done, total), { text: plain });
    },
    tell: (line) => {
      if (bar === undefined || ended) terminal.tell(line);
      else bars.log(`${showControls(line)}\n`);
    },
    end: () => {
      ended = true;
      bars.stop();
    },
  };
}
