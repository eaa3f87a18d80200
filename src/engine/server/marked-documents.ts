/** The documents that editors have open for marking, by their ids. */
import type { z } from 'zod';
import { CancelledError } from '../../protocol/endpoint';
import type { EditMarks, OpenMarks } from '../../protocol/engine';
import { LabError } from '../../protocol/errors';
import type { InferenceMeasure, Marks, RowPrediction } from '../../protocol/marks';
import { type Lease, lineMender, MarkedDocument, measureInference, type Predictor } from '../inference';
import { leasePredictor } from './open-runs';

interface Opened {
  readonly document: MarkedDocument;
  readonly lease: Lease<Predictor>;
}

const documents = new Map<string, Opened>();
/** The latest request of each document whose model is being opened. */
const opening = new Map<string, symbol>();

/** CancelledError when the document was closed, or opened with another model, before this one was ready. */
export async function openMarks(params: z.infer<(typeof OpenMarks)['params']>): Promise<Marks> {
  const { documentId, runFolder, path, text, version, reading } = params;
  const request = Symbol(documentId);
  opening.set(documentId, request);
  const isLatest = () => opening.get(documentId) === request;
  const lease = await leasePredictor(runFolder).catch((thrown: unknown) => {
    if (isLatest()) opening.delete(documentId);
    throw thrown;
  });
  const mend = await lineMender(text, path, reading?.encoding).catch(() => undefined);
  if (!isLatest()) {
    lease.release();
    throw new CancelledError();
  }
  closeMarks(documentId);
  const document = new MarkedDocument(documentId, lease.model, path, { text, version, reading, mend });
  documents.set(documentId, { document, lease });
  return document.marks();
}

export function editMarks({
  documentId,
  version,
  edits,
}: z.infer<(typeof EditMarks)['params']>): Promise<Marks> {
  return find(documentId).document.edit(version, edits);
}

export function closeMarks(documentId: string): null {
  opening.delete(documentId);
  documents.get(documentId)?.lease.release();
  documents.delete(documentId);
  return null;
}

export function readMark(documentId: string, row: number): RowPrediction {
  return find(documentId).document.row(row);
}

export async function measureMarks(documentId: string): Promise<InferenceMeasure> {
  const { document, lease } = find(documentId);
  const { content } = document;
  if (!content) {
    throw new LabError('dataset', 'The document is no table that could be measured with.', {
      advice: 'Mend the table first.',
    });
  }
  return measureInference(lease.model, content);
}

function find(documentId: string): Opened {
  const found = documents.get(documentId);
  if (found) return found;
  throw new LabError('invalid', 'The engine does not know this document.', {
    advice: 'Turn predictions off and on again.',
  });
}
