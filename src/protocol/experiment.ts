/** The experiment: all that is needed to repeat a run. Its JSON schema is published for `*.experiment.json`. */
import * as z from 'zod';
import { kindWishes } from './column-kinds';
import { KindWish, ReadingWishes } from './reading';
import { ModelChoice, modelJsonSchema } from './families';
import { splitWays } from './splits';
import { Task } from './task-names';
import { tasks } from './tasks';

export const EngineWish = z.enum(['auto', 'onnx', 'tensorflow', 'cpu']);
export type EngineWish = z.infer<typeof EngineWish>;

/** Where a training computes: `auto` tries what the machine has on the training itself and takes what is faster. */
export const ProviderWish = z.enum(['cpu', 'auto', 'webgpu', 'cuda', 'dml', 'coreml']);
export type ProviderWish = z.infer<typeof ProviderWish>;

/** Characters. */
export const longestName = 200;

const foldsAllowed = 'Folds are 0, for a single split, or a whole number from 2 to 50.';
/** One fold would leave nothing to train on. */
export const Folds = z.union(
  [z.literal(0), z.int(foldsAllowed).min(2, foldsAllowed).max(50, foldsAllowed)],
  foldsAllowed,
);

export const Experiment = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    name: z.string().max(longestName).optional().meta({ description: 'How the run is called in lists.' }),
    dataset: z.strictObject({
      path: z
        .string()
        .min(1)
        .meta({ description: 'The file or folder, absolute or relative to the experiment file.' }),
      sha256: z
        .string()
        .optional()
        .meta({ description: "Hash of the file's bytes, or of a folder's content, when the run was made." }),
      ...ReadingWishes.shape,
    }),
    task: Task,
    target: z.string().optional().meta({ description: 'The column to predict. Not for language models.' }),
    exclude: z.array(z.string()).default([]).meta({ description: 'Columns that the model must not see.' }),
    split: z
      .strictObject({
        validation: z
          .number()
          .min(0.02)
          .max(0.9)
          .default(0.2)
          .meta({ description: 'Share of rows kept for validation.' }),
        by: z.enum(splitWays).optional().meta({
          description:
            'How rows are parted: classes in equal shares (the usual way), by chance, by groups that stay whole, or by time.',
        }),
        column: z
          .string()
          .optional()
          .meta({ description: 'The column of the groups or of the times, for a split by these.' }),
        folds: Folds.default(0).meta({ description: 'Folds of a cross-validation; 0 for a single split.' }),
      })
      .default({ validation: 0.2, folds: 0 }),
    model: ModelChoice,
    seed: z
      .int()
      .min(0)
      .max(0x7fffffff)
      .default(1337)
      .meta({ description: 'Equal seeds and data give equal results.' }),
    engine: EngineWish.default('auto'),
    provider: ProviderWish.default('cpu').meta({
      description: 'Where a training computes: the processor, or a device that ONNX Runtime can use.',
    }),
  })
  .meta({ title: 'Local Model Lab experiment' });
export type Experiment = z.infer<typeof Experiment>;
/** As written in a file: defaults may be left out. */
export type ExperimentInput = z.input<typeof Experiment>;

/** The published schema of `*.experiment.json`, in the draft that VS Code's JSON editor knows in full. */
export function experimentJsonSchema(): unknown {
  return z.toJSONSchema(Experiment, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      // What the registries hold is no part of the types.
      if (zodSchema === ModelChoice || zodSchema === ModelChoice.in) {
        for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
        Object.assign(jsonSchema, modelJsonSchema());
      }
      if (zodSchema === Task) Object.assign(jsonSchema, { enum: tasks.names });
      if (zodSchema === KindWish) Object.assign(jsonSchema, { enum: kindWishes() });
    },
  });
}
