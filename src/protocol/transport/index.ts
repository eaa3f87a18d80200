/**
 * How messages travel: a tiny transport (the IPC channel of a forked process, or two ends in memory), the JSON-RPC
 * connection over it, and the handshake. May enter: plain objects and typed arrays. Leaves: the same, at the other end.
 * Needs Node; imported by its own path by both ends.
 */
export * from './channel';
export * from './memory';
export * from './ready';
export * from './transport';
