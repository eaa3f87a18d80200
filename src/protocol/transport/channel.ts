/** The IPC channel between a parent and the child that it forked; both ends have the same shape in Node. */
import type { Transport } from './transport';

/** What `ChildProcess` and the child's own `process` have in common. */
export interface Channel {
  readonly connected: boolean;
  send?:
    | ((message: object, ...rest: [undefined, undefined, (error: Error | null) => void]) => boolean)
    | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
}

/**
 * Messages over Node's IPC channel. With `serialization: 'advanced'` typed arrays arrive as typed arrays. Disposing
 * closes the channel, which tells the other process to end.
 */
export function channelTransport(channel: Channel): Transport {
  let undo: (() => void) | undefined;
  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        if (!channel.connected || !channel.send) {
          reject(new Error('The other process is gone.'));
          return;
        }
        channel.send(message, undefined, undefined, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    listen: (listener) => {
      const onMessage = (message: unknown) => listener.onMessage(message);
      const onClosed = () => listener.onClosed();
      channel.on('message', onMessage);
      channel.on('disconnect', onClosed);
      undo = () => {
        channel.off('message', onMessage);
        channel.off('disconnect', onClosed);
      };
    },
    dispose: () => {
      undo?.();
      undo = undefined;
      if (channel.connected) channel.disconnect?.();
    },
  };
}
