/** An engine that answers the page of a grid as the extension would, for the benchmark. */
import { join } from 'node:path';
import '../../src/catalogue';
import { type Endpoint, LabError } from '../../src/protocol';
import { EngineProcess } from '../../src/protocol/client';
import { OpenGrid } from '../../src/protocol/grid';
import { FromGridPage, gridQuestions } from '../../src/protocol/grid-page';

export interface Answering {
  /** A message of the page; `post` sends it the answers. */
  readonly receive: (message: unknown, post: (answer: unknown) => void) => Promise<void>;
  readonly end: () => Promise<void>;
}

export async function startAnswering(root: string, path: string): Promise<Answering> {
  const engine = await EngineProcess.start({ role: 'serving', enginePath: join(root, 'dist', 'engine.cjs') });
  const gridId = 'bench';
  const waiting = new Map<number, AbortController>();
  return {
    receive: async (message, post) => {
      const data = FromGridPage.parse(message);
      if (data.type === 'ready') {
        const table = await engine.call(OpenGrid, { gridId, path });
        post({ type: 'opened', reason: 'first', table, trusted: true });
      } else if (data.type === 'cancel') {
        waiting.get(data.id)?.abort();
      } else if (data.type === 'request') {
        const { id, method, params } = data;
        const endpoint = gridQuestions[method] as Endpoint<unknown, unknown, unknown, unknown>;
        const asked = new AbortController();
        waiting.set(id, asked);
        const { signal } = asked;
        const onProgress = (value: unknown) => post({ type: 'progress', id, value });
        try {
          post({
            type: 'answer',
            id,
            result: await engine.call(endpoint, { ...params, gridId }, { signal, onProgress }),
          });
        } catch (thrown) {
          if (!signal.aborted) post({ type: 'refused', id, error: LabError.from(thrown).toData() });
        }
        waiting.delete(id);
      }
    },
    end: () => engine.dispose(),
  };
}
