import { expect, it } from 'vitest';
import { TrainingControl } from '../../../src/engine/learning';

it('a paused training waits until it may go on', async () => {
  const control = new TrainingControl();
  control.pause();
  let settled = false;
  const waiting = control.settled().then((wish) => {
    settled = true;
    return wish;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(settled).toBe(false);
  control.continue();
  expect(await waiting).toBe('go');
});

it('stopping and interrupting wake a paused training', async () => {
  for (const wish of ['stop', 'interrupt'] as const) {
    const control = new TrainingControl();
    control.pause();
    const waiting = control.settled();
    control[wish]();
    expect(await waiting).toBe(wish);
    control.pause();
    expect(control.paused).toBe(false);
  }
});

it('an interruption outranks a stop', () => {
  const control = new TrainingControl();
  control.stop();
  control.interrupt();
  expect(control.wish).toBe('interrupt');
});
