/**
 * How classes are told apart in plots: each has a colour of the theme and a pattern, so that the colour is never alone, and
 * stands in the same place of every stack.
 */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** As many as a `TargetPlot` tells apart; the last may stand for all others. */
const looks = 8;

/** The style class of a class by its place in the plot. */
export function classLook(at: number): string {
  return `class-${at % looks}`;
}

/** What the patterns are drawn from; stands once in the page. */
export function classPatterns(): TemplateResult {
  return html`<svg class="visually-hidden" aria-hidden="true">
    <defs>${strokes.map((path, at) => pattern(path, at))}</defs>
  </svg>`;
}

/** One stroke pattern for each look; the first is plain. */
const strokes = [
  '',
  'M0 6L6 0',
  'M0 3H6',
  'M0 0L6 6',
  'M3 0V6',
  'M0 6L6 0M0 0L6 6',
  'M2 3H4M3 2V4',
  'M0 3H6M3 0V6',
] as const;

function pattern(path: string, at: number): SVGTemplateResult {
  return svg`<pattern id="class-pattern-${at}" width="6" height="6" patternUnits="userSpaceOnUse">
    <rect class="pattern-ground class-${at}" width="6" height="6"></rect>
    <path class="pattern-stroke" d=${path}></path>
  </pattern>`;
}

/** The names of the classes beside how they look. */
export function classLegend(names: readonly string[]): TemplateResult {
  return html`<ul class="plot-legend" aria-label="Classes">
    ${names.map(
      (name, at) =>
        html`<li>
          <svg class="plot-swatch" aria-hidden="true">
            <rect class="class-fill ${classLook(at)}" width="100%" height="100%"></rect></svg
          >${name}
        </li>`,
    )}
  </ul>`;
}
