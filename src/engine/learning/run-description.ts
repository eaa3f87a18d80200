/** What a run's `run.json` says of its experiment, its data and the engine that computes. */
import { hostname } from 'node:os';
import { basename, extname } from 'node:path';
import { version as labVersion } from '../../../package.json';
import type { Experiment, RunFile } from '../../protocol';
import type { Backend } from '../backends';
import { parameterCount } from '../models';
import { NOTHING_LEARNT, PREPARATION } from '../runs';
import type { Subject } from './subject';

/** What `run.json` says before anything is known of the data. */
export function firstRunFile(name: string, experiment: Experiment): RunFile {
  const now = new Date().toISOString();
  return {
    version: 1,
    name,
    state: 'preparing',
    task: experiment.task,
    ...(experiment.target === undefined ? {} : { target: experiment.target }),
    datasetPath: experiment.dataset.path,
    family: experiment.model.family,
    preparation: PREPARATION,
    created: now,
    updated: now,
    pid: process.pid,
    host: hostname(),
    ...NOTHING_LEARNT,
  };
}

/** What it says once the data are read. */
export function describeSubject(subject: Subject): Partial<RunFile> {
  return {
    epochs: subject.epochs,
    steps: subject.task.steps,
    rows: subject.rows,
    parameters: parameterCount(subject.task.parameters),
    ...(subject.classes === undefined ? {} : { classes: [...subject.classes] }),
    notes: [...subject.notes],
  };
}

export function environmentOf(backend: Backend): RunFile['environment'] {
  const { engine, runtime, provider, threads } = backend;
  const platform = `${process.platform}-${process.arch}`;
  return { engine, runtime, provider, threads, platform, node: process.versions.node, lab: labVersion };
}

/** How a run is called that nobody named. */
export function nameOf({ dataset, target }: Experiment): string {
  const file = basename(dataset.path, extname(dataset.path));
  return target === undefined ? file : `${file} → ${target}`;
}
