/** A dataset in pictures, for whoever looks before they learn. */
import type { z } from 'zod';
import type { HandlerContext } from '../../protocol/endpoint';
import type { DatasetOverview, ReadOverview, TableOverview } from '../../protocol/overview';
import { answerOf } from '../../protocol/tasks';
import { type DatasetSource, fromWholeFile, openInspected, SETTLED, suggestAnswer } from '../datasets';
import { tableOverview, textOverview } from '../overview';

/** The kinds of the columns and the target are those of the inspection that the form shows. */
export async function overview(
  { path, text, settled, ...options }: z.infer<(typeof ReadOverview)['params']>,
  listener: HandlerContext<TableOverview>,
): Promise<DatasetOverview> {
  const watching = { signal: listener.signal };
  const answer = async (source: DatasetSource): Promise<DatasetOverview> => {
    const opened = await openInspected(source, path, { ...options, watching });
    if ('text' in opened) return textOverview(opened.text.text, opened.summary, listener.signal);
    const { table, summary } = opened;
    const { target: column, columns, sha256 } = summary;
    const { task } = options;
    const target =
      column === undefined
        ? undefined
        : { column, answer: task === undefined ? suggestAnswer(table, column) : answerOf(task) };
    return tableOverview(table, { path, sha256, columns, target }, listener);
  };
  if (text !== undefined) return answer(text);
  return fromWholeFile(path, ({ source }) => answer(source), {
    ...watching,
    ...(settled === true ? { patience: SETTLED } : {}),
  });
}
