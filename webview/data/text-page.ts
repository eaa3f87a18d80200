/** A text in pictures: its most frequent characters and words, how long its lines are, how it begins. */
import { html, type TemplateResult } from 'lit';
import type { TextOverview } from '../../src/protocol/overview';
import { writeCount } from '../../src/protocol/words';
import { facts } from '../components/figures';
import { columnPlot } from '../plots/column-plot';
import { lengthPlot } from './column-card';

export function textPage(text: TextOverview): TemplateResult {
  const { characters, vocabulary, words, differentWords, wordsCapped, lines } = text;
  return html`${facts([
      { name: 'Characters', value: `${writeCount(characters)}, ${writeCount(vocabulary)} different` },
      {
        name: 'Words',
        value: `${writeCount(words)}, ${wordsCapped ? 'over ' : ''}${writeCount(differentWords)} different`,
      },
      { name: 'Lines', value: writeCount(lines) },
    ])}
    <div class="data-cards">
      ${card('Most frequent characters', columnPlot({ name: 'its characters', plot: text.frequentCharacters, unit: 'character' }))}
      ${card('Most frequent words', columnPlot({ name: 'its words', plot: text.frequentWords, unit: 'word' }))}
      ${card('Lengths of lines', lengthPlot('characters of its lines', 'Characters', text.lineLengths))}
      ${card('How it begins', html`<pre class="data-text">${text.sample}</pre>`)}
    </div>`;
}

function card(title: string, content: TemplateResult): TemplateResult {
  return html`<article class="data-card" aria-label=${title}>
    <header class="data-card-head"><h2>${title}</h2></header>
    ${content}
  </article>`;
}
