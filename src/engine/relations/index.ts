/**
 * The room of relations: columns of a table and what is to be predicted come in; how much each column tells of it leaves, in
 * figures that do not grow by chance alone, and as plots. Counted over all rows of a file before anything is learnt. Knows
 * datasets only.
 */
export { charactersOf, type ColumnValues, type Numbers, valuesOf } from './column-values';
export { relate, relatedTarget, type RelatedTarget } from './relate';
export { targetPlot } from './target-plot';
