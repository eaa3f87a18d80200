/** How numbers, times and metrics are written for people: the same in the editor, the webview and the terminal. */
import { Part } from './marks';
import type { Headline, Metrics } from './training';

/** Three significant digits, thousands separated, no exponent between 0.001 and a million. */
export function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '-∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 0.0005) return value.toExponential(1);
  if (size >= 1e6) return `${writeNumber(value / 1e6)} M`;
  if (size >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** `97.1 %`, from a share between 0 and 1. */
export function writeShare(share: number): string {
  return `${String(Number((share * 100).toPrecision(3)))} %`;
}

/** A confidence as a whole percentage that never claims certainty: between `< 1 %` and `> 99 %`. */
export function writeConfidence(probability: number): string {
  if (probability > 0.995) return '> 99 %';
  if (probability < 0.005) return '< 1 %';
  return `${Math.round(probability * 100)} %`;
}

/** `about 12 s`, `3 min 20 s`, `1 h 5 min`. */
export function writeDuration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  const whole = Math.round(seconds);
  if (whole < 60) return `about ${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long ago something was: `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export function writeAge(secondsAgo: number): string {
  if (secondsAgo < 60) return 'just now';
  const minutes = Math.floor(secondsAgo / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

export function writeMilliseconds(ms: number): string {
  return ms >= 1000 ? `${writeNumber(ms / 1000)} s` : `${writeNumber(ms)} ms`;
}

export function writeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${writeNumber(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${writeNumber(bytes / 1e6)} MB`;
  return `${writeNumber(bytes / 1e9)} GB`;
}

/** Where a row stood when the model was trained: a word for the end of its line, and what it means. */
export const partWords: Readonly<Record<Part, { readonly word: string; readonly sentence: string }>> = {
  [Part.fresh]: { word: 'new', sentence: 'New row: it was not there when the model was trained.' },
  [Part.training]: {
    word: 'training',
    sentence: 'Training row: the model has learnt from it, so being right is no proof.',
  },
  [Part.validation]: {
    word: 'validation',
    sentence: 'Validation row: kept aside to judge the model, which never saw its label.',
  },
};

/** The names of metrics, in the order in which they are shown. */
export const metricTitles = {
  accuracy: 'Accuracy',
  f1: 'F1',
  r2: 'R²',
  rmse: 'RMSE',
  mae: 'MAE',
  perplexity: 'Perplexity',
  bitsPerCharacter: 'Bits per character',
  loss: 'Loss',
} as const satisfies Record<keyof Metrics, string>;

/** `Accuracy 0.97 · always "Adelie" 0.44`. */
export function writeHeadline(headline: Headline): string {
  return `${metricTitles[headline.metric]} ${writeNumber(headline.value)} · ${headline.baselineLabel} ${writeNumber(headline.baseline)}`;
}
