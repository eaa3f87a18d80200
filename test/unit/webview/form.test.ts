import { describe, expect, it } from 'vitest';
import { tellReading } from '../../../src/engine/datasets/kinds/csv/reading/tell';
import { LinearHyperparameters } from '../../../src/engine/models/linear/description';
import { MlpHyperparameters } from '../../../src/engine/models/mlp/description';
import { TransformerHyperparameters } from '../../../src/engine/models/transformer/description';
import { plainFormat } from '../../../src/protocol/dataset';
import { Experiment } from '../../../src/protocol/experiment';
import { type Draft, FromWebview } from '../../../src/protocol/webview';
import {
  editColumn,
  editsOf,
  editSplit,
  editValue,
  exclusionToAsk,
  formKey,
  readForm,
} from '../../../webview/learn/form';

const format = { ...plainFormat, separator: ';', decimal: ',' } as const;

const table: Draft = {
  dataset: {
    kind: 'table',
    path: '/data/penguins.csv',
    format,
    reading: tellReading(format, {}),
    rows: 344,
    columns: [],
    targets: [],
    issues: [],
    sha256: 'abc',
    bytes: 1,
  },
  fileName: 'penguins.csv',
  target: 'species',
  task: 'classification',
  models: [
    { family: 'mlp', hyperparameters: MlpHyperparameters.parse({ width: 32 }) },
    { family: 'linear', hyperparameters: LinearHyperparameters.parse({}) },
  ],
  seed: 1337,
  validation: 0.2,
};

const text: Draft = {
  dataset: {
    kind: 'text',
    path: '/data/a.txt',
    characters: 9,
    vocabulary: 3,
    lines: 1,
    issues: [],
    sha256: 'def',
    bytes: 9,
  },
  fileName: 'a.txt',
  task: 'language-model',
  models: [{ family: 'transformer', hyperparameters: TransformerHyperparameters.parse({}) }],
  seed: 1337,
  validation: 0.1,
};

function field(draft: Draft, edits: Parameters<typeof readForm>[1], name: string) {
  const found = readForm(draft, edits).fields.find(({ field }) => field.name === name);
  if (found === undefined) throw new Error(`There is no field ${name}.`);
  return found;
}

describe('the form of the Learn stage', () => {
  it('starts as the draft suggests, with the suggested family first', () => {
    const form = readForm(table, {});
    expect(form.family).toBe('mlp');
    expect(field(table, {}, 'width').text).toBe('32');
    expect(form.edited).toBe(false);
    expect(form.fields.filter(({ field }) => field.prominent)).toHaveLength(3);
  });

  it('makes an experiment that the extension accepts as a message', () => {
    const { experiment } = readForm(table, {});
    const message = FromWebview.parse({ type: 'train', experiment });
    expect(message).toMatchObject({
      experiment: {
        dataset: { path: '/data/penguins.csv', sha256: 'abc', header: true, separator: ';' },
        target: 'species',
        split: { validation: 0.2, folds: 0 },
        model: { family: 'mlp', hyperparameters: { width: 32 } },
        seed: 1337,
      },
    });
  });

  it('makes an experiment of a text, without a target', () => {
    const experiment = Experiment.parse(readForm(text, {}).experiment);
    expect(experiment.task).toBe('language-model');
    expect(experiment.target).toBeUndefined();
  });

  it('keeps edits when a new draft of the same file and target arrives, and takes its new suggestions', () => {
    const edits = editValue({}, 'mlp', field(table, {}, 'epochs'), '7');
    const again: Draft = {
      ...table,
      models: [
        { family: 'mlp', hyperparameters: MlpHyperparameters.parse({ width: 128 }) },
        table.models[1]!,
      ],
    };
    expect(formKey(again)).toBe(formKey(table));
    expect(field(again, edits, 'epochs').text).toBe('7');
    expect(field(again, edits, 'width').text).toBe('128');
  });

  it('is another form for another file, and for the same file read as a text', () => {
    expect(formKey(text)).not.toBe(formKey(table));
    const asText = { ...text, dataset: { ...text.dataset, path: table.dataset.path } };
    expect(formKey(asText)).not.toBe(formKey(table));
  });

  it('keeps for another target what was edited, as far as it applies', () => {
    const edits = editColumn(editValue({}, 'mlp', field(table, {}, 'epochs'), '7'), 'island', false);
    const other: Draft = { ...table, target: 'island', models: [table.models[0]!] };
    expect(formKey(other)).toBe(formKey(table));
    expect(field(other, edits, 'epochs').text).toBe('7');
    expect(readForm(other, edits).exclude).toEqual([]);
    expect(readForm(other, { ...edits, family: 'linear' }).family).toBe('mlp');
  });

  it('takes target, columns and settings of a run that is to be trained again', () => {
    const run = Experiment.parse({
      ...readForm(table, {}).experiment,
      exclude: ['island', 'a column that is gone'],
      split: { validation: 0.3, folds: 0 },
      model: { family: 'linear', hyperparameters: { lr: 0.5 } },
      seed: 9,
    });
    const columns = ['species', 'island'].map((name, index) => ({
      ...{ name, index, kind: 'category' as const, distinct: 3, missing: 0, values: [] },
    }));
    if (table.dataset.kind !== 'table') throw new Error('The draft is about a table.');
    const draft: Draft = { ...table, dataset: { ...table.dataset, columns } };
    const form = readForm(draft, editsOf(draft, run));
    expect(form.family).toBe('linear');
    expect(form.exclude).toEqual(['island']);
    expect(form.experiment).toMatchObject({
      split: { validation: 0.3 },
      model: { family: 'linear', hyperparameters: { lr: 0.5 } },
      seed: 9,
    });
    const edited = form.fields.filter(({ edited }) => edited).map(({ field }) => field.name);
    expect(edited).toContain('lr');
    expect(edited).not.toContain('batch');
  });

  it('keeps the edits of one family while another is chosen', () => {
    const edits = editValue({}, 'mlp', field(table, {}, 'lr'), '0.5');
    const linear = { ...edits, family: 'linear' as const };
    expect(field(table, linear, 'lr').text).toBe('0.01');
    expect(field(table, { ...linear, family: 'mlp' as const }, 'lr').text).toBe('0.5');
  });

  it('counts what is typed back to the suggestion as no edit', () => {
    const width = field(table, {}, 'width');
    const edits = editValue(editValue({}, 'mlp', width, '99'), 'mlp', width, '32');
    expect(readForm(table, edits).edited).toBe(false);
    const { seed } = readForm(table, {});
    expect(readForm(table, editSplit(editSplit({}, seed, '1'), seed, '1337')).edited).toBe(false);
  });

  it.each([
    ['epochs', '0', 'At least 1.'],
    ['epochs', '2.5', 'A whole number, please.'],
    ['epochs', '', 'A whole number, please.'],
    ['lr', 'fast', 'A number, please.'],
    ['lr', '0', 'More than 0.'],
    ['lr', '11', 'At most 10.'],
    ['layers', '9', 'At most 8.'],
  ])('says what is wrong with %s = "%s" and does not train', (name, typed, words) => {
    const edits = editValue({}, 'mlp', field(table, {}, name), typed);
    expect(field(table, edits, name).error).toBe(words);
    expect(readForm(table, edits).experiment).toBeUndefined();
  });

  it('shows a rule over two fields beside the field that can fix it', () => {
    const edits = editValue({}, 'transformer', field(text, {}, 'width'), '130');
    expect(field(text, edits, 'width').error).toMatch(/multiple of the heads/);
  });

  it('checks seed and validation share', () => {
    const form = readForm(table, {});
    const wrong = readForm(table, editSplit(editSplit({}, form.seed, '-1'), form.validation, '1'));
    expect(wrong.seed.error).toBe('At least 0.');
    expect(wrong.validation.error).toBe('At most 0.9.');
    expect(wrong.experiment).toBeUndefined();
  });

  it('leaves columns out and takes them back', () => {
    const without = editColumn(editColumn({}, 'sex', false), 'island', false);
    expect(readForm(table, without).experiment?.exclude).toEqual(['sex', 'island']);
    expect(readForm(table, editColumn(without, 'sex', true)).experiment?.exclude).toEqual(['island']);
  });

  it('asks for models without the columns that are left out, where the draft was made with others', () => {
    const column = (name: string, index: number) =>
      ({ name, index, kind: 'number', distinct: 9, missing: 0, values: [] }) as const;
    const columns = ['species', 'mass', 'remark'].map(column);
    const draft: Draft = { ...table, dataset: { ...table.dataset, columns } as Draft['dataset'] };
    expect(exclusionToAsk(draft, {})).toBeUndefined();
    const without = editColumn({}, 'remark', false);
    expect(exclusionToAsk(draft, without)).toEqual(['remark']);
    expect(exclusionToAsk({ ...draft, exclude: ['remark'] }, without)).toBeUndefined();
    expect(exclusionToAsk({ ...draft, exclude: ['remark'] }, {})).toEqual([]);
    const reversed = { exclude: ['remark', 'mass'] };
    expect(exclusionToAsk({ ...draft, exclude: ['mass', 'remark'] }, reversed)).toBeUndefined();
  });

  it('does not ask for models without the target, without columns that are gone, or for a text', () => {
    expect(exclusionToAsk(table, { exclude: ['species', 'gone'] })).toBeUndefined();
    expect(exclusionToAsk(text, { exclude: ['mass'] })).toBeUndefined();
  });

  it('sends what is left out as a message that the extension takes', () => {
    const sent = { type: 'exclude', columns: ['remark'] };
    expect(FromWebview.parse(sent)).toEqual(sent);
  });
});
