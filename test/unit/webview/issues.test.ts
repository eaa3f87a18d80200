import { describe, expect, it } from 'vitest';
import type { DatasetIssue, QualityFinding } from '../../../src/protocol';
import type { Draft, LabState } from '../../../src/protocol/webview';
import { emptyMemory, followState, recallForm, rememberForm } from '../../../webview/app/memory';
import { formKey } from '../../../webview/learn/form';
import { toldApart } from '../../../webview/learn/issues';
import { tableDraft } from '../../../webview/preview/drafts';

const issue = (code: string, severity: DatasetIssue['severity'] = 'information'): DatasetIssue => ({
  severity,
  code,
  message: `About ${code}.`,
  advice: '',
});
const finding = (check: string, severity: QualityFinding['severity']): QualityFinding => ({
  ...{ check, severity, message: `Found ${check}.`, advice: '', rows: 1 },
  ...{ columns: [], places: [], mends: [] },
});

describe('what the form says of a file', () => {
  it('is said once: what a check says of copies is not said by the reading as well', () => {
    const { ofReading, ofChecks } = toldApart(
      [issue('duplicate-rows'), issue('units'), issue('units')],
      [finding('duplicate-rows', 'warning')],
    );
    expect(ofReading).toEqual([{ issue: issue('units'), others: 1 }]);
    expect(ofChecks.map(({ check }) => check)).toEqual(['duplicate-rows']);
  });

  it('has what the checks found in the order of how grave it is', () => {
    const found = [
      finding('imbalance', 'information'),
      finding('leakage', 'error'),
      finding('outliers', 'warning'),
    ];
    expect(toldApart([], found).ofChecks.map(({ check }) => check)).toEqual([
      'leakage',
      'outliers',
      'imbalance',
    ]);
  });
});

describe('a column that a Quick Fix leaves out', () => {
  const base: LabState = {
    ...{ status: 'ready', trusted: true, stage: 'infer', inspecting: false },
    ...{ openings: 0, runs: [], where: 'sidebar', draft: tableDraft },
  };
  const key = formKey(tableDraft);
  const { path } = tableDraft.dataset;
  const wish = (count: number, columns: readonly string[], of = path): LabState => ({
    ...base,
    leaveOut: { count, path: of, columns },
  });

  it('is unticked in the form, beside what was left out before', () => {
    const before = rememberForm(emptyMemory, key, { exclude: ['island'], seed: '7' });
    const after = followState(before, base, wish(1, ['sex']));
    expect(recallForm(after, key)).toEqual({ exclude: ['island', 'sex'], seed: '7' });
    expect(after.stage).toBe('learn');
  });

  it('is asked for once: whoever ticks it again keeps it', () => {
    const once = followState(emptyMemory, base, wish(1, ['sex']));
    const again = followState(rememberForm(once, key, {}), wish(1, ['sex']), wish(1, ['sex']));
    expect(recallForm(again, key)).toEqual({});
  });

  it('of another file leaves this form alone', () => {
    const other: Draft['dataset']['path'] = '/elsewhere/other.csv';
    expect(recallForm(followState(emptyMemory, base, wish(1, ['sex'], other)), key)).toEqual({});
  });
});
