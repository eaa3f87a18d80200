import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { beans, closeEditors, lab, open, run, until, write } from './lab';

/** Diagnostics of ours on a file. */
function problems(file: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Model Lab');
}

async function problemsAfterTraining(
  name: string,
  content: string | Uint8Array,
): Promise<vscode.Diagnostic[]> {
  const file = await write(name, content);
  await open(file).catch(() => undefined);
  await run('train', file);
  return until(() => problems(file).length > 0 && problems(file), `problems of ${name}`);
}

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

describe('a file that cannot be learnt from', () => {
  afterEach(async () => {
    await (await lab()).send({ type: 'dismissNotice' });
    await closeEditors();
  });

  const cases: readonly [string, string, string | Uint8Array][] = [
    ['is empty', 'empty.csv', ''],
    ['has a header only', 'header.csv', 'weight,length,kind\n'],
    ['has one row', 'one-row.csv', 'weight,length,kind\n1,2,lima\n'],
    ['has columns that never differ', 'constant.csv', `weight,kind\n${'3,lima\n'.repeat(30)}`],
  ];
  for (const [what, name, content] of cases) {
    it(`gets an error with advice in Problems and in the Lab when it ${what}`, async () => {
      const found = await problemsAfterTraining(name, content);
      const error = found.find(({ severity }) => severity === vscode.DiagnosticSeverity.Error) ?? found[0];
      assert.ok((error?.message.length ?? 0) > 20, error?.message);
      const { notice, status } = (await lab()).state();
      assert.equal(notice?.severity, 'error');
      assert.ok(notice.advice, notice.message);
      assert.notEqual(status, 'training');
    });
  }

  it('gets a warning on the line with too few cells', async () => {
    const lines = beans(40).split('\n');
    lines[10] = '5.5,14.0';
    const file = await write('ragged.csv', lines.join('\n'));
    await open(file);
    await run('trainWithSettings', file);
    const warning = await until(
      () => problems(file).find(({ range }) => range.start.line === 10),
      'a problem on line 11',
    );
    assert.equal(warning.severity, vscode.DiagnosticSeverity.Warning);
  });

  it('is read as UTF-16 where it is, and says so', async () => {
    const file = await write('wide.csv', utf16(beans(40)));
    await run('trainWithSettings', file);
    const draft = await until(async () => (await lab()).state().draft, 'a draft');
    assert.equal(draft.dataset.kind, 'table');
    assert.ok(problems(file).length > 0 || draft.dataset.issues.length > 0, 'the encoding is mentioned');
  });

  it('is named when it is not there', async () => {
    const file = vscode.Uri.file((await write('gone.csv', beans(4))).fsPath.replace('gone', 'never'));
    await run('train', file);
    const { notice } = (await lab()).state();
    assert.match(notice?.message ?? '', /never\.csv/);
  });

  it('clears its problems when it was mended', async () => {
    const file = await write('mended.csv', 'weight,kind\n');
    await run('train', file);
    await until(() => problems(file).length > 0, 'a problem');
    await write('mended.csv', beans(60));
    await run('trainWithSettings', file);
    await until(
      () => problems(file).every(({ severity }) => severity !== vscode.DiagnosticSeverity.Error),
      'no error',
    );
  });
});
