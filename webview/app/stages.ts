/** The places of the Lab in their order: the data, then the three works of a model, each with the sign of its direction. */
import type { Stage } from '../../src/protocol/webview';

export const stages = [
  { stage: 'data', title: 'Data', sign: '', direction: 'what the file holds, before anything is learnt' },
  { stage: 'learn', title: 'Learn', sign: '⇄', direction: 'forward and backward: the weights are corrected' },
  { stage: 'infer', title: 'Infer', sign: '→', direction: 'forward only: the model judges new rows' },
  {
    stage: 'generate',
    title: 'Generate',
    sign: '↻',
    direction: 'forward, again for each token: the model writes',
  },
] as const satisfies readonly { stage: Stage; title: string; sign: string; direction: string }[];

/** The stage that a key leads to; undefined for keys that do not belong to tabs. */
export function stageAfterKey(stage: Stage, key: string): Stage | undefined {
  const at = stages.findIndex((tab) => tab.stage === stage);
  const last = stages.length - 1;
  switch (key) {
    case 'ArrowRight':
      return stages[at === last ? 0 : at + 1]?.stage;
    case 'ArrowLeft':
      return stages[at === 0 ? last : at - 1]?.stage;
    case 'Home':
      return stages[0].stage;
    case 'End':
      return stages[last]?.stage;
    default:
      return undefined;
  }
}
