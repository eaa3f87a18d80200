/** Two ends in one process, for tests: messages are copied as a process boundary would, and arrive in order. */
import type { Transport } from './transport';

export function memoryPair(): [Transport, Transport] {
  const left = new MemoryTransport();
  const right = new MemoryTransport();
  left.other = right;
  right.other = left;
  return [left, right];
}

class MemoryTransport implements Transport {
  other: MemoryTransport | undefined;
  private listener: Parameters<Transport['listen']>[0] | undefined;
  private readonly waiting: unknown[] = [];

  send(message: object): Promise<void> {
    const { other } = this;
    if (!other) return Promise.reject(new Error('The other end is closed.'));
    const copy: unknown = structuredClone(message);
    setImmediate(() => other.receive(copy));
    return Promise.resolve();
  }

  listen(listener: Parameters<Transport['listen']>[0]): void {
    this.listener = listener;
    for (const message of this.waiting.splice(0)) listener.onMessage(message);
  }

  dispose(): void {
    const { other } = this;
    this.other = undefined;
    if (!other) return;
    other.other = undefined;
    setImmediate(() => other.listener?.onClosed());
  }

  private receive(message: unknown): void {
    if (this.listener) this.listener.onMessage(message);
    else this.waiting.push(message);
  }
}
