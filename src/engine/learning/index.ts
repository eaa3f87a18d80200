/**
 * The room of learning: an experiment comes in, a run with a model leaves; snapshots and records on the way. Knows
 * datasets, features, tasks, models, backends and runs; no file format, family or task by name; nothing of processes, the editor or displays.
 */
export { type ControlWish, TrainingControl } from './control';
export { resumeTraining, trainExperiment, type TrainingSession, type TrainRequest } from './train-experiment';
