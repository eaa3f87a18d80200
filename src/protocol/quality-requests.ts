/** What is asked about the quality of a dataset's rows, and what mends them. */
import * as z from 'zod';
import { DatasetQuestion } from './dataset-question';
import { endpoint } from './endpoint';
import type { QualityReport, TableMend } from './quality';
import { checks } from './quality-checks';

const CheckName = z.string().refine((name) => checks.find(name) !== undefined, {
  message: 'There is no such quality check.',
});

/** Looks for what is wrong with the rows of a table. LabError('dataset') for what cannot be read. */
export const CheckQuality = endpoint<QualityReport>()(
  'quality/check',
  DatasetQuestion.extend({
    /** Columns that the model will not see. */
    exclude: z.array(z.string()).optional(),
    /** The checks to run; all where it is absent. */
    checks: z.array(CheckName).optional(),
  }),
);

/**
 * The edits that mend what a check finds in `text` (else in the file). LabError('invalid') where this kind of file is no
 * text, or there is nothing to mend.
 */
export const MendTable = endpoint<TableMend>()(
  'quality/mend',
  DatasetQuestion.extend({
    check: CheckName,
    /** The name of a `Mend` of the finding. */
    mend: z.string().max(100),
    /** The column that the finding is about, for one about a column. */
    column: z.string().optional(),
  }),
);
