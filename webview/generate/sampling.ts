/** How the writing is sampled: three presets for most, every number for those who want it. */
import * as z from 'zod';
import { SamplingOptions } from '../../src/protocol/generation';
import { writeCounted } from '../../src/protocol/words';
import { describeIssue } from '../app/describe-issue';

export const presets = {
  careful: { temperature: 0.5, topK: 20, topP: 0.9 },
  balanced: { temperature: 0.8, topK: 0, topP: 0.95 },
  wild: { temperature: 1.2, topK: 0, topP: 1 },
} as const satisfies Record<string, Pick<SamplingOptions, 'temperature' | 'topK' | 'topP'>>;
export type Preset = keyof typeof presets;
const presetNames = ['careful', 'balanced', 'wild'] as const satisfies readonly Preset[];

export type SamplingName = keyof SamplingOptions;

/** What the user typed, by name; absent names have the value of the preset `balanced` or the schema's default. */
export const SamplingEdits = z.partialRecord(
  z.enum(['temperature', 'topK', 'topP', 'seed', 'length']),
  z.string(),
);
export type SamplingEdits = z.infer<typeof SamplingEdits>;

export interface SamplingForm {
  readonly texts: Readonly<Record<SamplingName, string>>;
  readonly errors: Readonly<Partial<Record<SamplingName, string>>>;
  /** The preset that the numbers equal, if any. */
  readonly preset?: Preset | undefined;
  /** Undefined while a field has an error. */
  readonly sampling?: SamplingOptions | undefined;
}

export function readSampling(edits: SamplingEdits): SamplingForm {
  const initial = { ...SamplingOptions.parse({}), ...presets.balanced };
  const names = SamplingOptions.keyof().options;
  const textOf = (name: SamplingName) => edits[name] ?? String(initial[name]);
  const texts = {
    temperature: textOf('temperature'),
    topK: textOf('topK'),
    topP: textOf('topP'),
    seed: textOf('seed'),
    length: textOf('length'),
  };
  const numbers = Object.fromEntries(
    names.map((name) => [name, texts[name].trim() === '' ? Number.NaN : Number(texts[name])]),
  );
  const checked = SamplingOptions.safeParse(numbers);
  return {
    texts,
    errors: checked.success ? {} : errorsOf(checked.error.issues),
    preset: presetNames.find((preset) =>
      Object.entries(presets[preset]).every(([name, value]) => numbers[name] === value),
    ),
    ...(checked.success ? { sampling: checked.data } : {}),
  };
}

/** The settings in short: `200 tokens, new seed`. A length that is refused is left out: its field says why. */
export function writeSampling({ texts, errors }: SamplingForm, locked: boolean): string {
  const seed = locked ? `seed ${texts.seed}` : 'new seed';
  return errors.length === undefined ? `${writeCounted(Number(texts.length), 'token')}, ${seed}` : seed;
}

/** One that SamplingOptions allows, short enough to be read and typed again. */
export function newSeed(): number {
  const [random = 1] = crypto.getRandomValues(new Uint32Array(1));
  return random % 1_000_000;
}

export function choosePreset(edits: SamplingEdits, preset: Preset): SamplingEdits {
  const { temperature, topK, topP } = presets[preset];
  return { ...edits, temperature: String(temperature), topK: String(topK), topP: String(topP) };
}

function errorsOf(issues: readonly z.core.$ZodIssue[]): Partial<Record<SamplingName, string>> {
  return Object.fromEntries(
    issues.map((issue) => [
      String(issue.path[0]),
      describeIssue(issue, ['topK', 'seed', 'length'].includes(String(issue.path[0]))),
    ]),
  );
}
