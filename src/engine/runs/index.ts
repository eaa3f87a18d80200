/**
 * The room of runs: what a training is and leaves behind, on disk. May enter: experiments, weights, metrics, samples.
 * Leaves: lists and details of runs, checkpoints, saved models. Knows files and formats, nothing of tensors' meaning.
 */
export { renameWithRetries, writeFileAtomically } from './atomic-file';
export {
  type Checkpoint,
  deleteCheckpoints,
  hasCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoint';
export { HISTORY_LIMIT, thinHistory } from './history';
export { appendLines, readLines, truncateLines } from './json-lines';
export { loadModel, type ModelFiles, readExperiment, saveModel } from './model-files';
export { checkRunFile, isActive, NOTHING_LEARNT, readRunFile, writeRunFile } from './run-file';
export { requireOwnFolders } from './own-files';
export { HEARTBEAT_MS, RunLock } from './run-lock';
export { isPreparedAlike, PREPARATION, PREPARED_OTHERWISE } from './preparation';
export { type RunPaths, runPaths } from './run-paths';
export {
  createRunFolder,
  deleteRun,
  listRuns,
  prepareRunsFolder,
  readRun,
  renameRun,
  summariseRun,
  WrittenSample,
} from './run-store';
export { readSafetensors, type StoredTensor, type TensorArray, writeSafetensors } from './safetensors';
export type { Preprocess, RowParts, SavedModel, WeightTensor } from './saved-model';
