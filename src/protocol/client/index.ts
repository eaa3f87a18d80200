/**
 * How the extension and the command line start, call and keep engine processes. May enter: requests of the protocol.
 * Leaves: their answers, or LabError. Needs Node; imported by its own path, never by the engine or the webview.
 */
export * from './engine-process';
export * from './engine-supervisor';
