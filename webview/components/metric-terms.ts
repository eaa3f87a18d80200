/** The names of metrics and of tasks as terms that explain themselves, where the glossary does. */
import { html, type TemplateResult } from 'lit';
import { glossary, type Term } from '../../src/protocol/glossary';
import { metricTitle } from '../../src/protocol/words';
import { term } from './lab-term';

export function metricTerm(metric: string): TemplateResult {
  return titledTerm(metricTitle(metric));
}

/** A title that may be a term of the glossary, e.g. `Classification`; `id`: of its explanation. */
export function titledTerm(title: string, id?: string): TemplateResult {
  const word = title.toLowerCase();
  return isTerm(word) ? term(title, word, id) : html`${title}`;
}

function isTerm(word: string): word is Term {
  return Object.hasOwn(glossary, word);
}
