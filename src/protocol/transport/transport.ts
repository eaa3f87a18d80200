/** What carries messages between two processes, or between two ends inside one. */
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  type Message,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { LabErrorData } from '../errors';
import { isMessage, requestId } from './message';

/** Carries plain objects, typed arrays included, in order. Listeners are given once, when the transport is taken up. */
export interface Transport {
  /** Rejects when the other end is gone. */
  send(message: object): Promise<void>;
  /** `onMessage` may be given anything: what comes from another process is not to be trusted. */
  listen(listener: { onMessage(message: unknown): void; onClosed(): void }): void;
  dispose(): void;
}

/**
 * A JSON-RPC connection over a transport, not yet listening. What is no JSON-RPC message is told to `log` and dropped,
 * so that neither end can be brought down by what the other one sends; what was meant as a request gets an error.
 */
export function connect(transport: Transport, log: (line: string) => void): MessageConnection {
  const logger = { error: log, warn: log, info: log, log };
  return createMessageConnection(new TransportReader(transport, log), new TransportWriter(transport), logger);
}

class TransportReader extends AbstractMessageReader {
  constructor(
    private readonly transport: Transport,
    private readonly log: (line: string) => void,
  ) {
    super();
  }

  listen(callback: DataCallback): Disposable {
    this.transport.listen({
      onMessage: (message) => {
        try {
          if (isMessage(message)) callback(message);
          else this.refuse(message);
        } catch {
          // The library looks into ids and methods of odd kinds before it looks what they are.
          this.refuse(message);
        }
      },
      onClosed: () => this.fireClose(),
    });
    return { dispose: () => this.transport.dispose() };
  }

  private refuse(message: unknown): void {
    this.log(`Dropped a message that is not JSON-RPC: ${preview(message)}`);
    const id = requestId(message);
    if (id === undefined) return;
    const data: LabErrorData = { code: 'invalid', message: 'This request is not JSON-RPC 2.0.' };
    const error = { code: ErrorCodes.InvalidRequest, message: data.message, data };
    this.transport.send({ jsonrpc: '2.0', id, error }).catch(() => undefined);
  }
}

class TransportWriter extends AbstractMessageWriter {
  constructor(private readonly transport: Transport) {
    super();
  }

  write(message: Message): Promise<void> {
    return this.transport.send(message);
  }

  end(): void {
    this.transport.dispose();
  }
}

function preview(message: unknown): string {
  if (typeof message !== 'object' || message === null) return String(message).slice(0, 100);
  return `an object with ${Object.keys(message).slice(0, 8).join(', ').slice(0, 100) || 'no members'}`;
}
