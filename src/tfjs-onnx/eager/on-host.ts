/**
 * What eager use computes on data, with the kernels of TensorFlow.js' own `cpu` backend, after the pending work has
 * run: ONNX has no type for strings and complex numbers, and graphs of fixed shapes have no place for results whose
 * shape depends on values. Never inside a compiled program.
 */
import type {
  BackendValues,
  DataType,
  NamedAttrMap,
  NamedTensorInfoMap,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { KernelName } from '../kernels';
import { ProgramError } from '../errors';

const STRINGS = 'ONNX graphs hold numbers';
const COMPLEX = 'ONNX has no complex type';
const DYNAMIC = 'the shape of the result depends on values';
const RANDOM = 'it draws from the generator of JavaScript, as the seeds of TensorFlow.js promise';

/** Kernels that are computed on data whatever the types of their inputs, each with its reason. */
export const onHost: Readonly<Partial<Record<KernelName, string>>> = {
  BroadcastArgs: 'whether the shapes fit depends on values',
  Complex: COMPLEX,
  ComplexAbs: COMPLEX,
  FFT: COMPLEX,
  IFFT: COMPLEX,
  Imag: COMPLEX,
  Real: COMPLEX,
  Multinomial: RANDOM,
  NonMaxSuppressionV3: DYNAMIC,
  NonMaxSuppressionV4: DYNAMIC,
  NonMaxSuppressionV5: DYNAMIC,
  RaggedGather: DYNAMIC,
  RaggedRange: DYNAMIC,
  RaggedTensorToTensor: DYNAMIC,
  SparseFillEmptyRows: DYNAMIC,
  SparseReshape: DYNAMIC,
  SparseSegmentMean: DYNAMIC,
  SparseSegmentSum: DYNAMIC,
  StaticRegexReplace: STRINGS,
  StringNGrams: STRINGS,
  StringSplit: STRINGS,
  StringToHashBucketFast: STRINGS,
  Unique: DYNAMIC,
};

/** Whether a call deals in strings or complex numbers, whatever its kernel. */
export function isForeign(inputs: NamedTensorInfoMap, attrs: NamedAttrMap | undefined): boolean {
  const foreign = (dtype: unknown): boolean => dtype === 'string' || dtype === 'complex64';
  if (foreign(attrs?.['dtype']) || typeof attrs?.['value'] === 'string') return true;
  return Object.values(inputs).some((info) => foreign(info?.dtype));
}

/** The backend whose tensors go in and come out. */
export interface Host {
  readSync(id: object): BackendValues;
  write(values: BackendValues, shape: number[], dtype: DataType): object;
}

/** What is used of the `cpu` backend. */
interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: DataType, values: BackendValues): TensorInfo;
}

/** Computes one kernel on the values of its inputs; throws where the `cpu` backend has no such kernel. */
export function runOnHost(
  host: Host,
  kernelName: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap | undefined,
): TensorInfo | TensorInfo[] {
  const cpu = tf.findBackend('cpu') as CpuBackend;
  const kernel = tf.getKernel(kernelName, 'cpu') as ReturnType<typeof tf.getKernel> | undefined;
  if (!kernel) {
    throw new ProgramError(`the kernel ${kernelName} takes neither strings nor complex numbers.`, {
      kernel: kernelName,
    });
  }
  const used: TensorInfo[] = [];
  const enter = (info: TensorInfo): TensorInfo => {
    const entered = enterCpu(cpu, host.readSync(info.dataId), info);
    used.push(entered);
    return entered;
  };
  const result = kernel.kernelFunc({
    inputs: entered(inputs, enter) as NamedTensorInfoMap,
    attrs: attrs ?? {},
    backend: cpu,
  });
  const results = Array.isArray(result) ? result : [result];
  const leave = ({ dataId, shape, dtype }: TensorInfo): TensorInfo => ({
    dataId: host.write(cpu.readSync(dataId), shape, dtype),
    shape,
    dtype,
  });
  const left = Array.isArray(result) ? result.map(leave) : leave(result);
  for (const { dataId } of [...used, ...results]) cpu.disposeData(dataId, true);
  return left;
}

/** A kernel's inputs by name, some of them lists, some left out; or a list of them. */
type Inputs = TensorInfo | null | undefined | readonly Inputs[] | { readonly [name: string]: Inputs };

function entered(inputs: Inputs, enter: (info: TensorInfo) => TensorInfo): Inputs {
  if (inputs === undefined || inputs === null) return inputs;
  if (Array.isArray(inputs)) return inputs.map((each: Inputs) => entered(each, enter));
  if ('dataId' in inputs) return enter(inputs as TensorInfo);
  return Object.fromEntries(Object.entries(inputs).map(([name, each]) => [name, entered(each, enter)]));
}

function enterCpu(cpu: CpuBackend, values: BackendValues, { shape, dtype }: TensorInfo): TensorInfo {
  if (dtype !== 'complex64') return cpu.makeTensorInfo(shape, dtype, values);
  const pairs = values as Float32Array;
  const part = (offset: number): TensorInfo =>
    cpu.makeTensorInfo(
      shape,
      'float32',
      Float32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i + offset] ?? 0),
    );
  const kernel = tf.getKernel('Complex', 'cpu');
  return kernel.kernelFunc({
    inputs: { real: part(0), imag: part(1) },
    attrs: {},
    backend: cpu,
  }) as TensorInfo;
}
