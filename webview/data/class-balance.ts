/** How many rows each class of the target has. */
import { html, nothing, type TemplateResult } from 'lit';
import type { TargetOverview } from '../../src/protocol/overview';
import { writeCounted } from '../../src/protocol/words';
import { term } from '../components/lab-term';
import { columnPlot } from '../plots/column-plot';

/** Classes that have a bar of their own. */
const shown = 20;

export function classBalance({ column, classes }: TargetOverview): TemplateResult | typeof nothing {
  if (classes === undefined || classes.length === 0) return nothing;
  const sorted = [...classes].sort((a, b) => b.rows - a.rows);
  const rest = sorted.slice(shown);
  const [largest] = sorted;
  const smallest = sorted.at(-1);
  const ratio = (largest?.rows ?? 1) / Math.max(1, smallest?.rows ?? 1);
  return html`<section class="data-balance" aria-labelledby="data-balance">
    <h2 id="data-balance">${term('Class balance', 'class balance')} <span class="dim">of ${column}</span></h2>
    ${columnPlot({
      name: `classes of ${column}`,
      plot: {
        shape: 'bars',
        bars: sorted.slice(0, shown).map(({ name, rows }) => ({ value: name, count: rows })),
        others: { rows: rest.reduce((sum, { rows }) => sum + rows, 0), values: rest.length, capped: false },
      },
    })}
    ${
      classes.length > 1 && ratio >= 3
        ? html`<p class="hint">
            ${largest?.name} has ${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en-US')}
            times as many rows as ${smallest?.name} (${writeCounted(smallest?.rows ?? 0, 'row')}).
          </p>`
        : nothing
    }
  </section>`;
}
