/**
 * Thousands of steps, compiled and eager, watched from inside: how memory stands early and late. A program of its own,
 * because the JavaScript heap is only comparable after a forced collection (`node --expose-gc`).
 */
import * as tf from '@tensorflow/tfjs-core';
import { compile, createState, openRuntime, registerOnnxBackend } from '../../src/tfjs-onnx';

/** Where memory stands: TensorFlow.js' own books, and bytes of the heap, of array buffers and of the process. */
export interface Standing {
  readonly numTensors: number;
  readonly numDataBuffers: number;
  readonly numBytes: number;
  readonly heap: number;
  readonly buffers: number;
  readonly resident: number;
}

export interface Soak {
  readonly name: string;
  readonly steps: number;
  readonly early: Standing;
  readonly late: Standing;
}

const CLASSES = 4;
const FEATURES = 16;
const ROWS = 32;
const HIDDEN = 64;

function standing(): Standing {
  globalThis.gc?.();
  const { numTensors, numDataBuffers, numBytes } = tf.memory();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { numTensors, numDataBuffers, numBytes, heap: heapUsed, buffers: arrayBuffers, resident: rss };
}

/** Runs `steps` steps; the first fifth is the time in which caches and pools find their size. */
async function soak(name: string, steps: number, step: (index: number) => Promise<void>): Promise<Soak> {
  let early: Standing | undefined;
  for (let index = 0; index < steps; index++) {
    if (index === steps / 5) early = standing();
    await step(index);
  }
  const late = standing();
  return { name, steps, early: early ?? late, late };
}

function loss(x: tf.Tensor2D, labels: tf.Tensor2D, w1: tf.Tensor2D, w2: tf.Tensor2D): tf.Scalar {
  const logits = tf.matMul(tf.relu(tf.matMul(x, w1)), w2);
  return tf.losses.softmaxCrossEntropy(labels, logits);
}

/** A training step as one graph, its state in two buffers. */
async function compiledSteps(steps: number): Promise<Soak> {
  const runtime = await openRuntime({ runtime: 'native', threads: 1 });
  const shapes = { w1: [FEATURES, HIDDEN], w2: [HIDDEN, CLASSES] } as const;
  const state = createState(
    runtime,
    { w1: { shape: shapes.w1, dtype: 'float32' }, w2: { shape: shapes.w2, dtype: 'float32' } },
    { w1: noise(FEATURES * HIDDEN), w2: noise(HIDDEN * CLASSES) },
  );
  const program = await compile(runtime, {
    name: 'soak',
    inputs: {
      x: { shape: [ROWS, FEATURES], dtype: 'float32' },
      labels: { shape: [ROWS, CLASSES], dtype: 'float32' },
    },
    state,
    trace: ({ inputs, state: { w1, w2 } }) => {
      const { x, labels } = inputs as { x: tf.Tensor2D; labels: tf.Tensor2D };
      const gradients = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) =>
        loss(x, labels, a as tf.Tensor2D, b as tf.Tensor2D),
      );
      const { value, grads } = gradients([w1!, w2!]);
      const next = (w: tf.Tensor, gradient: tf.Tensor | undefined): tf.Tensor =>
        tf.sub(w, tf.mul(gradient!, 0.1));
      return { outputs: { loss: value }, next: { w1: next(w1!, grads[0]), w2: next(w2!, grads[1]) } };
    },
  });
  const labels = new Float32Array(ROWS * CLASSES).map((_, i) => (i % (CLASSES + 1) === 0 ? 1 : 0));
  const result = await soak('compiled', steps, async () => {
    await program.run({ x: noise(ROWS * FEATURES), labels });
  });
  program.dispose();
  state.dispose();
  return result;
}

/** The same training with TensorFlow.js' own optimizer, operation by operation; the loss is read now and then. */
async function eagerSteps(steps: number): Promise<Soak> {
  await registerOnnxBackend(await openRuntime({ runtime: 'native', threads: 1 }));
  await tf.setBackend('onnx');
  const w1 = tf.variable(tf.tensor2d(noise(FEATURES * HIDDEN), [FEATURES, HIDDEN]));
  const w2 = tf.variable(tf.tensor2d(noise(HIDDEN * CLASSES), [HIDDEN, CLASSES]));
  const optimizer = tf.train.adam(0.01);
  const labels = tf.oneHot(
    Array.from({ length: ROWS }, (_, i) => i % CLASSES),
    CLASSES,
  ) as tf.Tensor2D;
  const result = await soak('eager', steps, async (index) => {
    const x = tf.tensor2d(noise(ROWS * FEATURES), [ROWS, FEATURES]);
    const value = optimizer.minimize(() => loss(x, labels, w1, w2), true);
    if (index % 10 === 0) await value?.data();
    tf.dispose([x, value!]);
    // Work that nobody reads.
    tf.dispose(tf.matMul(labels, labels, true, false));
  });
  optimizer.dispose();
  tf.dispose([w1, w2, labels]);
  return result;
}

function noise(length: number): Float32Array {
  return Float32Array.from({ length }, () => Math.random() - 0.5);
}

const [compiled = 10_000, eager = 2_000] = process.argv.slice(2).map(Number);
const report: Soak[] = [await compiledSteps(compiled), await eagerSteps(eager)];
console.log(JSON.stringify(report));
