/**
 * The room of inference: a trained model and rows come in; predictions, marks, output files and speeds leave. Forward
 * only. Knows programs, tables and runs, nothing of training (but its measures), processes or the editor.
 */
export { lineMender } from './editor-text';
export { MarkedDocument } from './marks';
export { measureInference } from './measure-inference';
export { type Lease, OpenModels } from './open-models';
export { predictFile, type PredictFileRequest } from './predict-file';
export { Predictor } from './predictor';
export { readForModel } from './read-table';
export { RowMarks } from './row-marks';
