/**
 * The room of quality: a table comes in; what is wrong with its data, where, and what would mend it leaves. Each check is
 * a file in `checks/`, described in `src/protocol/quality-checks.ts`. Knows datasets and quick looks, no models, runs or
 * editors, and loads no TensorFlow.js.
 */
export type { Change, Check, Found, MendWish, Place } from './check';
export { checkQuality, installCheck, mendTable, type QualityOptions } from './check-quality';
export { type Subject, subjectOf, type SubjectWish } from './subject';
