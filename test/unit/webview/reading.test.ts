import { describe, expect, it } from 'vitest';
import { tellReading } from '../../../src/engine/datasets/kinds/csv/reading/tell';
import type { ColumnSummary, DatasetIssue } from '../../../src/protocol/dataset';
import { Experiment } from '../../../src/protocol/experiment';
import type { ReadingPart } from '../../../src/protocol/reading';
import { FromWebview, type FromWebviewInput } from '../../../src/protocol/webview';
import { readForm } from '../../../webview/learn/form';
import { oncePerKind } from '../../../webview/learn/issues';
import { openQuestions } from '../../../webview/learn/questions';
import { choicesOf } from '../../../webview/learn/reading-choices';
import { penguins, tableDraft } from '../../../webview/preview/drafts';

describe('the form of a file whose reading was asked for', () => {
  it('trains with the whole reading and with what was asked of columns', () => {
    const format = { ...penguins.format, separator: ';', firstLine: 2 } as const;
    const asked = { separator: ';', columns: { sex: { kind: 'text' } } } as const;
    const dataset = { ...penguins, format, reading: tellReading(format, asked) };
    const draft = { ...tableDraft, dataset, asked };
    const { experiment } = readForm(draft, {});
    expect(Experiment.parse(experiment).dataset).toMatchObject({
      separator: ';',
      firstLine: 2,
      header: true,
      columns: { sex: { kind: 'text' } },
    });
  });
});

describe('the form of a file of several sheets', () => {
  const sheets = ['Prices', 'Shops'];
  const part: ReadingPart = {
    field: 'part',
    title: 'Sheet',
    value: 'Prices',
    text: 'sheet "Prices"',
    told: true,
    asked: false,
    choices: sheets.map((value) => ({ value, label: `${value} (9 rows)` })),
  };

  it('offers each of them, the one that was found out first', () => {
    expect(choicesOf(part).map(({ value, title }) => [value, title])).toEqual([
      ['', 'sheet "Prices"'],
      ['Prices', 'Prices (9 rows)'],
      ['Shops', 'Shops (9 rows)'],
    ]);
    const chosen: FromWebviewInput = { type: 'reading', field: 'part', value: 'Shops' };
    expect(FromWebview.parse(chosen)).toEqual(chosen);
  });

  it('trains on the one that is shown', () => {
    const dataset = { ...penguins, format: { ...penguins.format, part: 'Prices' }, reading: [part] };
    const { experiment } = readForm({ ...tableDraft, dataset }, {});
    expect(Experiment.parse(experiment).dataset).toMatchObject({ part: 'Prices' });
  });
});

describe('what the page asks of a reading', () => {
  const refused: unknown[] = [
    { type: 'reading', field: 'columns', value: 'x' },
    { type: 'reading', field: 'header', value: true },
    { type: 'column', column: 'sex', wish: { kind: 'letters' } },
    { type: 'column', column: 'sex', wish: { colour: 'red' } },
  ];
  it.each(refused)('is refused where it is nothing that can be asked: %j', (message) => {
    expect(FromWebview.safeParse(message).success).toBe(false);
  });

  const taken: FromWebviewInput[] = [
    { type: 'reading', field: 'header', value: 'false' },
    { type: 'reading', field: 'encoding', value: '' },
    { type: 'column', column: 'sex', wish: {} },
    { type: 'column', column: 'sex', wish: { kind: 'text', missing: ['-'] } },
    { type: 'findOutReading' },
  ];
  it.each(taken)('is taken: %j', (message) => {
    expect(FromWebview.parse(message)).toEqual(message);
  });
});

describe('issues of a file', () => {
  const issue = (code: string, line: number): DatasetIssue => ({
    severity: 'warning',
    code,
    message: `In line ${line}.`,
    advice: '',
    line,
  });

  it('are told once per kind, at the first of them, with the number of the others', () => {
    const found = oncePerKind([issue('short', 3), issue('long', 5), issue('short', 9), issue('short', 12)]);
    expect(found).toEqual([
      { issue: issue('short', 3), others: 2 },
      { issue: issue('long', 5), others: 0 },
    ]);
  });
});

describe('questions above the button', () => {
  it('are those of columns that are learnt from, and of the target', () => {
    const ask = (column: ColumnSummary): ColumnSummary => ({
      ...column,
      question: { text: 'Is it?', answers: [] },
    });
    const table = {
      ...penguins,
      columns: penguins.columns.map((column) =>
        ['species', 'island', 'sex'].includes(column.name) ? ask(column) : column,
      ),
    };
    expect(openQuestions(table, ['island']).map(({ name }) => name)).toEqual(['species', 'sex']);
  });
});

describe('the choices of one part of a reading', () => {
  const part: ReadingPart = {
    field: 'header',
    title: 'Header',
    value: 'true',
    text: 'header in line 2',
    told: true,
    asked: false,
    choices: [{ value: 'false', label: 'No header' }],
  };

  it('begin with what was found out, told in the closed field without more words', () => {
    expect(choicesOf(part)).toEqual([
      { value: '', title: 'header in line 2', detail: 'found out' },
      { value: 'false', title: 'No header' },
    ]);
  });

  it('begin with the way back once another was asked for', () => {
    expect(choicesOf({ ...part, asked: true })[0]).toEqual({ value: '', title: 'Find it out' });
  });
});
