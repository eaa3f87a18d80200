/**
 * Checks the outer shape of what arrives, so that a message of another version or another sender is refused as a
 * whole. Inside, the types hold: extension and webview are built and shipped together.
 */
import * as z from 'zod';
import { type LabState, Stage, type ToWebview } from '../../src/protocol/webview';

const item = z.looseObject({});

const Incoming = z.looseObject({
  type: z.literal('state'),
  state: z.looseObject({
    status: z.enum(['stopped', 'starting', 'ready', 'training', 'paused', 'failed']),
    trusted: z.boolean(),
    stage: Stage,
    notice: item.optional(),
    draft: item.optional(),
    data: item.optional(),
    inspecting: z.boolean(),
    training: item.optional(),
    openings: z.number(),
    opened: item.optional(),
    runs: z.array(item),
    marks: item.optional(),
    generation: item.optional(),
    where: z.enum(['sidebar', 'editor']),
  }),
});

/** The state in a message. @throws Error that says what does not fit. */
export function readIncoming(data: unknown): LabState {
  const checked = Incoming.safeParse(data);
  if (!checked.success) {
    throw new Error(
      `The webview was sent a message that it does not understand: ${z.prettifyError(checked.error)}`,
    );
  }
  // What zod has checked is the outer shape; the rest is as the extension, of the same build, has made it.
  return (data as ToWebview).state;
}
