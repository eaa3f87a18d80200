import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { beans, closeEditors, lab, open, sleep, trainTable, until, write } from './lab';

describe('typing in a file of 5,000 rows', () => {
  after(closeEditors);

  it('updates the decorations with every keystroke', async function () {
    this.timeout(240_000);
    const api = await lab();
    const file = await write('many-beans.csv', beans(5000));
    const editor = await open(file);
    await trainTable(file);
    await until(() => api.marks(file.toString()).length > 20, 'marks');
    await open(file);
    const before = api.timings().keystrokeMs.length;
    const line = 12;
    editor.selection = new vscode.Selection(line, 0, line, 0);
    for (let stroke = 0; stroke < 60; stroke++) {
      const drawn = api.timings().keystrokeMs.length;
      await vscode.commands.executeCommand(stroke % 2 === 0 ? 'type' : 'deleteLeft', { text: '1' });
      await until(() => api.timings().keystrokeMs.length > drawn, 'the stroke is drawn');
      await sleep(20);
    }
    const latencies = api
      .timings()
      .keystrokeMs.slice(before)
      .toSorted((one, other) => one - other);
    assert.ok(latencies.length >= 60);
    const at = (share: number) => (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1);
    console.log(
      `MODEL-LAB-FIGURE keystroke to decoration, 5,000 rows: median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
    );
  });
});
