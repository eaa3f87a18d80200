/** Where the time went. May enter: stretches of work as they end. Leaves: totals, and a file for a trace viewer. */
export type { Span, SpanTotal } from './spans';
export { SpanLog, spans } from './spans';
export { traceFile } from './trace-events';
