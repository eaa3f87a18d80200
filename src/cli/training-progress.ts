/** What a training tells while it runs, for the terminal. */
import {
  type Alert,
  joinSentences,
  leadingMetric,
  metricTitle,
  type Metrics,
  type TrainingSnapshot,
  writeDuration,
  writeMetric,
  writeNumber,
  writePlace,
  writeThroughput,
} from '../protocol';
import { showProgress } from './progress';
import { shellWord } from './shell-word';
import { shorten, type Terminal } from './terminal';

/** The option that does what an alert offers, for the terminal; empty where it offers nothing. */
function optionFor({ actions = [] }: Alert): string {
  const without = actions.find((action) => action.kind === 'train-without');
  if (without === undefined) return '';
  return `Train without: --exclude ${without.columns.map((name) => shellWord(name)).join(' ')}`;
}

export interface TrainingProgress {
  show(snapshot: TrainingSnapshot): void;
  tell(line: string): void;
  end(): void;
}

/** Draws snapshots as progress, and tells each alert and each sample of a language model once. */
export function showTraining(terminal: Terminal): TrainingProgress {
  const progress = showProgress(terminal);
  const told = new Set<string>();
  let sampleStep = -1;
  return {
    show: (snapshot) => {
      for (const alert of snapshot.alerts) {
        const line = `${alert.severity === 'warning' ? 'warning' : 'note'}: ${joinSentences(alert.message, alert.advice, optionFor(alert))}`;
        if (!told.has(line)) progress.tell(line);
        told.add(line);
      }
      const { sample } = snapshot;
      if (sample !== undefined && sample.step > sampleStep) {
        sampleStep = sample.step;
        progress.tell(`step ${sample.step} writes: ${shorten(sample.text, 160)}`);
      }
      progress.update(snapshot.step, snapshot.steps, describeSnapshot(snapshot));
    },
    tell: (line) => progress.tell(line),
    end: () => progress.end(),
  };
}

/** `epoch 12/60 · loss 0.21, validation 0.25 · accuracy 0.97 · 5,210 rows/s · about 3 s left`. */
export function describeSnapshot(snapshot: TrainingSnapshot): string {
  const training = snapshot.history.findLast((record) => record.training)?.training;
  const validation = snapshot.history.findLast((record) => record.validation)?.validation;
  const parts = [
    snapshot.phase,
    place(snapshot),
    losses(training, validation),
    validation ? leadingFigure(validation) : '',
    snapshot.rowsPerSecond > 0 ? writeThroughput(snapshot) : '',
    snapshot.secondsLeft === undefined ? '' : `${writeDuration(snapshot.secondsLeft)} left`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Where it is by now; nothing while the data are being read. */
function place(snapshot: TrainingSnapshot): string {
  return snapshot.steps === 0 ? '' : writePlace(snapshot);
}

function losses(training: Metrics | undefined, validation: Metrics | undefined): string {
  const both = [
    training ? `loss ${writeNumber(training.loss)}` : '',
    validation ? `validation ${training ? '' : 'loss '}${writeNumber(validation.loss)}` : '',
  ];
  return both.filter((part) => part !== '').join(', ');
}

function leadingFigure(metrics: Metrics): string {
  const name = leadingMetric(metrics);
  return name === undefined
    ? ''
    : `${metricTitle(name).toLowerCase()} ${writeMetric(name, metrics[name] ?? NaN)}`;
}
