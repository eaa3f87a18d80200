/** A window with the form of a file in the Lab, where many journeys begin. */
import { openLab, type Lab, type LabOptions } from './lab';
import { labField } from './panel';

const long = { timeout: 100_000 };

/** Opens a window and in it a file, and waits for its form; `field`: the title of a setting that the form has. */
export async function openForm(file: string, options: LabOptions, field = 'Epochs'): Promise<Lab> {
  const lab = await openLab(options);
  await lab.openFile(file);
  await lab.runCommand('Model Lab: Show the Lab');
  await labField(lab.sidebar, field).waitFor(long);
  return lab;
}
