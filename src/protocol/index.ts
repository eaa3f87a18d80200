/**
 * What the rooms share: the requests between extension and engine, the messages between extension and webview, and
 * the schemas of files on disk. May enter and leave: plain data only. Knows no other room.
 *
 * `client/` (how to start and keep an engine process) needs Node and is imported by its own path.
 */
export * from './column-kinds';
export * from './dataset';
export * from './endpoint';
export * from './engine';
export * from './errors';
export * from './experiment';
export * from './families';
export * from './generation';
export * from './glossary';
export * from './images';
export * from './kinds';
export * from './marks';
export * from './nearest-name';
export * from './overview';
export * from './plain-text';
export * from './plots';
export * from './quality';
export * from './quality-checks';
export * from './quality-requests';
export * from './preparation';
export * from './reading';
export * from './run-names';
export * from './registry';
export * from './relations';
export * from './runs';
export * from './step-words';
export * from './task-names';
export * from './tasks';
export * from './text-length';
export * from './training';
export * from './webview';
export * from './words';
