/** What the webview remembers over a reload (`vscode.setState`): where the user was and what they typed. */
import * as z from 'zod';
import { Stage, type LabState } from '../../src/protocol/webview';
import { editColumn, editsOf, FormEdits, formKey } from '../learn/form';
import { SamplingEdits } from '../generate/sampling';

/** How many forms are kept; the least recently edited goes first. */
const keptForms = 20;
/** How many answers to alerts are kept. */
const keptAlerts = 200;

export const Memory = z.object({
  version: z.literal(1),
  stage: Stage,
  /** Edits per dataset, the most recently edited last. */
  forms: z.array(z.object({ key: z.string(), edits: FormEdits })),
  prompt: z.string(),
  sampling: SamplingEdits,
  /** The run whose model writes. */
  writer: z.string().optional(),
  /** The run that the user left for the form. */
  leftRun: z.string().optional(),
  /** Whether another file in the editor and not the user turned from the run to the form. */
  turned: z.boolean().optional(),
  /** Each text that is written begins with the same seed. */
  seedLocked: z.boolean().optional(),
  /** Alerts that were answered with "Keep": folder of the run and code, the latest last. */
  kept: z.array(z.string()).optional(),
  /** The column whose line in the form is to be shown next. */
  showColumn: z.string().optional(),
  /** Names of the folded sections that are open. */
  open: z.array(z.string()),
});
export type Memory = z.infer<typeof Memory>;

export const emptyMemory: Memory = {
  version: 1,
  stage: 'learn',
  forms: [],
  prompt: '',
  sampling: {},
  open: [],
};

/** What was saved, or an empty memory where nothing usable was. */
export function readMemory(saved: unknown): Memory {
  const checked = Memory.safeParse(saved);
  return checked.success ? checked.data : emptyMemory;
}

export function rememberForm(memory: Memory, key: string, edits: FormEdits): Memory {
  const others = memory.forms.filter((form) => form.key !== key);
  return { ...memory, forms: [...others, { key, edits }].slice(-keptForms) };
}

/** An alert of a run was answered with "Keep" and is not shown again. */
export function rememberKept(memory: Memory, runFolder: string, code: string): Memory {
  const key = keptKey(runFolder, code);
  const others = (memory.kept ?? []).filter((each) => each !== key);
  return { ...memory, kept: [...others, key].slice(-keptAlerts) };
}

export function isKept(memory: Memory | undefined, runFolder: string, code: string): boolean {
  return memory?.kept?.includes(keptKey(runFolder, code)) === true;
}

function keptKey(runFolder: string, code: string): string {
  return `${code} ${runFolder}`;
}

/** The edits of one form; none where it was never touched. */
export function recallForm(memory: Memory, key: string): FormEdits {
  return memory.forms.find((form) => form.key === key)?.edits ?? {};
}

/** Whether the training of a state is still going on. */
export function isActive(training: LabState['training']): boolean {
  return training !== undefined && ['preparing', 'running', 'paused'].includes(training.state);
}

/**
 * Follows a new state: a run that begins or is opened is shown; when another file becomes the draft, its form is
 * shown, unless a training is going on; a run that is to be trained again fills the form.
 */
export function followState(memory: Memory, before: LabState | undefined, now: LabState): Memory {
  if (before === undefined) return firstLook(memory, now);
  const stage = now.stage === before.stage ? memory.stage : now.stage;
  const run = now.training?.runFolder;
  const leaveOut = now.leaveOut?.count === before.leaveOut?.count ? undefined : now.leaveOut;
  if (leaveOut !== undefined && now.draft?.dataset.path === leaveOut.path) {
    const key = formKey(now.draft);
    const edits = leaveOut.columns.reduce<FormEdits>(
      (form, column) => editColumn(form, column, false),
      recallForm(memory, key),
    );
    return { ...rememberForm(memory, key, edits), stage: 'learn', leftRun: run, turned: false };
  }
  const { again, draft } = now;
  if (again !== undefined && again.count !== before.again?.count && draft !== undefined) {
    const filled = rememberForm(memory, formKey(draft), editsOf(draft, again.experiment));
    return { ...filled, stage: 'learn', leftRun: run, turned: false };
  }
  const opened = run !== before.training?.runFolder || now.openings !== before.openings;
  if (opened) return { ...memory, stage, leftRun: undefined };
  const anotherFile = draft !== undefined && draft.dataset.path !== before.draft?.dataset.path;
  if (!anotherFile || isActive(now.training)) return { ...memory, stage };
  if (!isOfRun(draft.dataset.path, now))
    return { ...memory, stage, leftRun: run, turned: memory.leftRun === undefined };
  // Back at the file of the run: whoever left the run for the form finds the form.
  return { ...memory, stage, ...(memory.turned === true ? { leftRun: undefined, turned: false } : {}) };
}

/** Whether a file is what the run has learnt from, or carries its predictions: renamed, or another of its kind. */
function isOfRun(path: string, { training, fileRun }: LabState): boolean {
  if (training === undefined) return false;
  return (
    path === training.datasetPath || (fileRun?.path === path && fileRun.runFolder === training.runFolder)
  );
}

function firstLook(memory: Memory, now: LabState): Memory {
  const run = now.training?.runFolder;
  const stage = now.stage === 'learn' ? memory.stage : now.stage;
  const elsewhere = now.draft !== undefined && !isOfRun(now.draft.dataset.path, now);
  const leave = run !== undefined && !isActive(now.training) && elsewhere;
  return { ...memory, stage, ...(leave ? { leftRun: run, turned: true } : {}) };
}

/** Whether the run of the state is to be shown in place of the form. */
export function showsRun(memory: Memory, state: LabState): boolean {
  return state.training !== undefined && memory.leftRun !== state.training.runFolder;
}
