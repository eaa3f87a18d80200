/** The handshake: the first message of an engine process. */
import { NotificationType } from 'vscode-jsonrpc/node';
import * as z from 'zod';
import { EngineRole } from '../engine';

/** Raised when requests or results change so that an older end would misread them. */
export const protocolVersion = 1;

export const ReadyMessage = z.object({
  protocolVersion: z.int(),
  role: EngineRole,
  pid: z.int(),
  /** From the process's start to its readiness, ms. */
  readyMs: z.number(),
});
export type ReadyMessage = z.infer<typeof ReadyMessage>;

/** Sent once by the engine, when it answers requests. */
export const engineReady = new NotificationType<ReadyMessage>('engine/ready');
