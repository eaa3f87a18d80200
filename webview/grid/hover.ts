/** What stands beside a cell while the pointer rests on it, or when Enter asks for it: all of the cell, or the prediction. */
import { html, nothing, render, type TemplateResult } from 'lit';
import { shorten, shortenApart } from '../../src/protocol/class-names';
import type { GridMark } from '../../src/protocol/grid';
import type { OutsideCell, RowPrediction } from '../../src/protocol/marks';
import { showControls } from '../../src/protocol/plain-text';
import { tasks } from '../../src/protocol/tasks';
import {
  writeConfidence,
  writeCounted,
  writeResidual,
  writeSeen,
  writeValue,
} from '../../src/protocol/words';

/** How long the pointer rests before a hover shows, ms. */
const rest = 350;
/** Classes and outside cells that are listed. */
const listed = 6;
/** Characters of a cell that are shown; the clipboard takes all. */
const longest = 20_000;

export interface HoverOptions {
  /** Where the hover looks for what it says. Undefined: it says nothing there. */
  readonly contentOf: (cell: HTMLElement, signal: AbortSignal) => Promise<TemplateResult | undefined>;
}

export class Hover {
  readonly element = document.createElement('div');
  readonly #options: HoverOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #question: AbortController | undefined;
  #anchor: HTMLElement | undefined;
  /** Where the pointer rests on the rows: they move under it, and are drawn anew. */
  #pointer: { readonly x: number; readonly y: number } | undefined;

  constructor(root: HTMLElement, options: HoverOptions) {
    this.#options = options;
    this.element.className = 'hover';
    this.element.setAttribute('role', 'tooltip');
    this.element.id = 'grid-hover';
    this.element.hidden = true;
    root.addEventListener('pointerover', (event) => this.#onPointer(event));
    root.addEventListener(
      'pointermove',
      ({ clientX, clientY }) => {
        this.#pointer = { x: clientX, y: clientY };
      },
      { passive: true },
    );
    root.addEventListener('pointerleave', () => {
      this.#pointer = undefined;
      this.#hideLater();
    });
    root.addEventListener(
      'scroll',
      () => {
        this.hide();
        this.#lookAgain();
      },
      { passive: true },
    );
    this.element.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    this.element.addEventListener('pointerleave', () => this.#hideLater());
    window.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.hide();
    });
  }

  /** Shows at once what there is to say of a cell; hides it where it shows already. */
  async toggle(cell: HTMLElement): Promise<void> {
    if (!this.element.hidden && this.#anchor === cell) this.hide();
    else await this.#show(cell);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#question?.abort();
    this.#anchor?.removeAttribute('aria-describedby');
    this.#anchor = undefined;
    this.element.hidden = true;
  }

  #onPointer({ target }: PointerEvent): void {
    const cell = target instanceof Element ? cellAround(target) : null;
    if (cell === this.#anchor) {
      clearTimeout(this.#timer);
      return;
    }
    clearTimeout(this.#timer);
    if (cell === null) {
      this.#hideLater();
      return;
    }
    this.#timer = setTimeout(() => void this.#show(cell), rest);
  }

  /** The cell that lies under the resting pointer now. */
  #lookAgain(): void {
    if (this.#pointer === undefined) return;
    const { x, y } = this.#pointer;
    const cell = cellAround(document.elementFromPoint(x, y));
    if (cell) this.#timer = setTimeout(() => void this.#show(cell), rest);
  }

  #hideLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), rest);
  }

  async #show(cell: HTMLElement): Promise<void> {
    this.hide();
    const question = new AbortController();
    this.#question = question;
    const content = await this.#options.contentOf(cell, question.signal).catch(() => undefined);
    if (question.signal.aborted) return;
    if (!cell.isConnected) {
      this.#lookAgain();
      return;
    }
    if (content === undefined) return;
    render(content, this.element);
    this.#anchor = cell;
    cell.setAttribute('aria-describedby', this.element.id);
    this.element.hidden = false;
    this.#place(cell.getBoundingClientRect());
  }

  /** Below the cell, or above where there is no room. */
  #place(cell: DOMRect): void {
    const { width, height } = this.element.getBoundingClientRect();
    const left = Math.max(4, Math.min(cell.left, innerWidth - width - 4));
    const below = cell.bottom + 2;
    const top = below + height <= innerHeight ? below : Math.max(4, cell.top - height - 2);
    this.element.style.left = `${left}px`;
    this.element.style.top = `${top}px`;
  }
}

function cellAround(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>('.row:not(.head-row) > .cell') ?? null;
}

/** A cell as it is. */
export function cellContent(text: string): TemplateResult {
  const shown = showControls(text);
  return html`<pre class="whole-cell">${shown.slice(0, longest)}</pre>
    ${
      shown.length > longest
        ? html`<p class="dim">
            and ${writeCounted(shown.length - longest, 'more character')}; Ctrl+C copies all
          </p>`
        : nothing
    }`;
}

/** A prediction in full: the verdict first, as a sentence. */
export function markContent(
  mark: GridMark,
  prediction: RowPrediction,
  run: { name: string; task: string },
): TemplateResult {
  const { probabilities, interval, years = false, outside } = prediction;
  return html`<p>${verdict(mark, prediction, run.task)}</p>
    ${probabilities ? classes(probabilities) : nothing}
    ${
      interval
        ? html`<p>
            90 % interval of this row: ${writeValue(interval[0], years)} to ${writeValue(interval[1], years)}
          </p>`
        : nothing
    }
    ${outside ? outsideCells(outside, run.task) : nothing}
    <p class="dim">Predicted by ${showControls(shorten(run.name))}</p>`;
}

function verdict(
  mark: GridMark,
  { label, probabilities, value, years, residual }: RowPrediction,
  task: string,
): string {
  const [first] = probabilities ?? [];
  const predicted = first
    ? `${shorten(first.name)} (${writeConfidence(first.probability)})`
    : value === undefined
      ? undefined
      : writeValue(value, years === true);
  if (predicted === undefined) return 'This row could not be predicted.';
  const { right = 'Right', wrong = 'Wrong' } = tasks.find(task)?.marks ?? {};
  const word = { right, wrong, unlabelled: 'Nothing to compare with' }[mark.verdict];
  const said = label === undefined ? '' : `, the file says ${shorten(label)}`;
  const difference = residual === undefined ? '' : ` (${writeResidual(residual)})`;
  return showControls(
    `${word}${mark.unsure ? ', but unsure' : ''}: predicted ${predicted}${said}${difference}.`,
  );
}

function classes(probabilities: NonNullable<RowPrediction['probabilities']>): TemplateResult {
  const shown = probabilities.slice(0, listed);
  const names = shortenApart(
    shown.map(({ name }) => name),
    40,
  );
  const more = probabilities.length - shown.length;
  return html`<table class="classes">
      <caption class="visually-hidden">
        Probability of each class
      </caption>
      <tbody>
        ${shown.map(
          ({ probability }, at) =>
            html`<tr>
              <th scope="row">${showControls(names[at] ?? '')}</th>
              <td>
                <svg aria-hidden="true">
                  <rect class="whole" width="100%" height="100%"></rect>
                  <rect class="left" width="${(probability * 100).toFixed(1)}%" height="100%"></rect>
                </svg>
              </td>
              <td class="share">${writeConfidence(probability)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="dim">and ${writeCounted(more, 'less likely class', 'less likely classes')}</p>` : nothing}`;
}

function outsideCells(cells: readonly OutsideCell[], task: string): TemplateResult {
  const certainty = tasks.find(task)?.marks?.certainty ?? 'prediction';
  return html`<p>Far outside what training saw: the ${certainty} means little.</p>
    <ul>
      ${cells
        .slice(0, listed)
        .map(
          ({ column, value, seen }) =>
            html`<li>
              ${showControls(`${shorten(column)} ${shorten(value)}: ${seen ? `training saw ${writeSeen(seen)}` : 'training never saw it'}`)}
            </li>`,
        )}
    </ul>`;
}
