/** The user's settings. */
import * as vscode from 'vscode';
import {
  type CheckDescription,
  type CheckLevel,
  checkLevels,
  EngineWish,
  MarkFilter,
  ProviderWish,
} from '../protocol';
import { checkSetting, settings, settingsSection } from './contributions';
import { type MarkPosition, markPositions } from './settings-values';

function read(name: string, scope?: vscode.Uri): unknown {
  return vscode.workspace.getConfiguration(settingsSection, scope ?? null).get<unknown>(name);
}

/** Which engine runs the models; what is not one of the choices counts as `auto`. */
export function engineWish(): EngineWish {
  return EngineWish.catch('auto').parse(read(settings.engine));
}

/** Where trainings compute; what is not one of the choices counts as the processor. */
export function providerWish(): ProviderWish {
  return ProviderWish.catch('cpu').parse(read(settings.provider));
}

/** Threads of the engine, 0 for as many as are free. */
export function threads(): number {
  const value = read(settings.threads);
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}

export function initialMarkFilter(): Exclude<MarkFilter, 'off'> {
  const chosen = MarkFilter.catch('all').parse(read(settings.marksShow));
  return chosen === 'off' ? 'all' : chosen;
}

/** Where the texts of marks stand; what is not one of the choices counts as `auto`. */
export function markPosition(file: vscode.Uri): MarkPosition {
  const chosen = read(settings.marksPosition, file);
  return markPositions.find((position) => position === chosen) ?? 'auto';
}

/** Whether a file is marked by itself after its training and when it is opened again. */
export function marksAutomatically(): boolean {
  return read(settings.marksAutomatic) !== false;
}

/** How the findings of a quality check are shown; undefined where nobody has said. */
export function checkLevel({ name, severity }: CheckDescription, file: vscode.Uri): CheckLevel | undefined {
  const chosen = read(checkSetting(name), file);
  return chosen === severity ? undefined : checkLevels.find((level) => level === chosen);
}

/** Turns a quality check off for the workspace; for the user where there is none. */
export async function turnCheckOff(check: string): Promise<void> {
  const { ConfigurationTarget, workspace } = vscode;
  const target =
    workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await workspace.getConfiguration(settingsSection).update(checkSetting(check), 'off', target);
}
