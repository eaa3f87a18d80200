/**
 * End-to-end tests against the real VS Code: `openLab` gives a window with the extension in it.
 *
 * Importing this module tidies up after the test file: a picture of every open window when a test fails, windows
 * closed after each test, server and browser ended after the file.
 */
import { afterAll, afterEach } from 'vitest';
import { labsOpen } from './lab';
import { stopSharedHosts } from './server';

export { fillForm, labButton, labField, runState, statusItem, stepsDone } from './panel';
export { focusStops, violationsInThemes } from './accessibility';
export { openForm } from './form';
export { clickLens, contextMenu, focusRests, overviewRulerHasRed } from './workbench';
export { openLab, type Lab, type LabOptions, type Theme } from './lab';
export { untilRemembered } from './remembered';
export { projectFile, type Files } from './workspace';

afterEach(async ({ task }) => {
  for (const lab of labsOpen()) {
    if (task.result?.state === 'fail') {
      const path = await lab.screenshot(`failed ${task.name}`);
      console.error(`picture of the failure: ${path}`);
    }
    await lab.close();
  }
});

afterAll(stopSharedHosts);
