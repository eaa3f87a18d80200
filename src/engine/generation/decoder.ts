/** A transformer that takes in token after token and says what it expects next; keys and values are cached. */
import type * as tf from '@tensorflow/tfjs-core';
import { LabError } from '../../protocol/errors';
import type { Program, ProgramState } from '../../tfjs-onnx';
import type { Backend } from '../backends';
import type { CachedDecoding, TokenModel } from '../models';
import type { WeightTensor } from '../runs/saved-model';

/** What softmax turns to exactly 0. */
const hidden = -1e9;

export interface DecoderOptions {
  readonly model: Pick<TokenModel, 'context' | 'decoding'>;
  readonly weights: ReadonlyMap<string, WeightTensor>;
  /** True when the weights will be replaced: they then stay outside the graphs, which costs some speed. */
  readonly changing?: boolean | undefined;
}

/**
 * One text at a time. When the window is full, the last half of it is read anew and decoding goes on behind that:
 * positions are learnt by their number, so keys and values that were computed at one position are wrong at any other
 * and the window cannot slide. After a re-reading the logits are again exactly those of the whole-context forward
 * function over the tokens in the window.
 */
export class Decoder {
  private readonly keys: Float32Array;
  private readonly values: Float32Array;
  private readonly mask: Float32Array;
  private readonly token = new Int32Array(1);
  private readonly position = new Int32Array(1);
  private readonly padded: Int32Array;
  /** Tokens in the window. */
  private readonly window: Int32Array;
  private length = 0;
  private readonly stepInputs;

  private constructor(
    private readonly context: number,
    private readonly cache: CachedDecoding['cache'],
    private readonly state: ProgramState,
    private readonly prefill: Program,
    private readonly step: Program,
  ) {
    const size = cache.reduce((product, each) => product * each, 1);
    this.keys = new Float32Array(size);
    this.values = new Float32Array(size);
    this.mask = new Float32Array(context).fill(hidden);
    this.padded = new Int32Array(context);
    this.window = new Int32Array(context);
    // Always the same arrays: programs keep the tensors that they make around them.
    this.stepInputs = {
      token: this.token,
      position: this.position,
      mask: this.mask,
      keys: this.keys,
      values: this.values,
    };
  }

  static async open(backend: Backend, { model, weights, changing }: DecoderOptions): Promise<Decoder> {
    const specs = Object.fromEntries(
      Array.from(weights, ([name, tensor]) => [name, { shape: tensor.shape, dtype: 'float32' as const }]),
    );
    const initial = Object.fromEntries(Array.from(weights, ([name, tensor]) => [name, tensor.data]));
    const state = backend.createState(specs, initial);
    const bake = changing === true ? {} : { bake: true as const };
    const { context, decoding } = model;
    const cache = { shape: decoding.cache, dtype: 'float32' } as const;
    const prefill = await backend.compile({
      name: 'prefill',
      inputs: { tokens: { shape: [1, context], dtype: 'int32' }, last: { shape: [1], dtype: 'int32' } },
      state,
      ...bake,
      trace: ({ inputs, state: parameters }) => {
        const tokens = inputs['tokens'] as tf.Tensor2D;
        const outputs = decoding.prefill(parameters, tokens, inputs['last'] as tf.Tensor1D);
        return { outputs: { ...outputs } };
      },
    });
    const step = await backend.compile({
      name: 'decode',
      inputs: {
        token: { shape: [1], dtype: 'int32' },
        position: { shape: [1], dtype: 'int32' },
        mask: { shape: [context], dtype: 'float32' },
        keys: cache,
        values: cache,
      },
      state,
      ...bake,
      trace: ({ inputs, state: parameters }) => {
        const { logits, keys, values } = decoding.step(parameters, {
          token: inputs['token'] as tf.Tensor1D,
          position: inputs['position'] as tf.Tensor1D,
          mask: inputs['mask'] as tf.Tensor1D,
          keys: inputs['keys'] as tf.Tensor4D,
          values: inputs['values'] as tf.Tensor4D,
        });
        return { outputs: { logits, newKeys: keys, newValues: values } };
      },
    });
    return new Decoder(context, decoding.cache, state, prefill, step);
  }

  /** New weights of the same shapes. Only for decoders opened as `changing`; forgets the text. */
  replaceWeights(weights: ReadonlyMap<string, WeightTensor>): void {
    for (const [name, { data }] of weights) this.state.write(name, data);
    this.length = 0;
  }

  /**
   * Forgets the text and reads `tokens`, of which the last `context` count. Gives the logits `[vocabulary]` of the next
   * token, valid until the next call.
   */
  async read(tokens: Int32Array): Promise<Float32Array> {
    const { context } = this;
    const kept = tokens.subarray(Math.max(0, tokens.length - context));
    if (kept.length === 0) throw new LabError('internal', 'A decoder must read one token at least.');
    this.window.set(kept);
    this.length = kept.length;
    this.padded.fill(0);
    this.padded.set(kept);
    this.position[0] = kept.length - 1;
    const { logits, keys, values } = await this.prefill.run({ tokens: this.padded, last: this.position });
    this.keys.set((keys as Output).data);
    this.values.set((values as Output).data);
    this.mask.fill(hidden);
    this.mask.fill(0, 0, this.length);
    return (logits as Output).data;
  }

  /** Takes in one more token. Gives the logits `[vocabulary]` of the next one, valid until the next call. */
  async append(token: number): Promise<Float32Array> {
    const { context } = this;
    if (this.length === context) {
      const half = Math.max(1, context >> 1);
      const latest = Int32Array.from(this.window.subarray(context - half + 1));
      return this.read(Int32Array.from([...latest, token]));
    }
    this.token[0] = token;
    this.position[0] = this.length;
    const { logits, newKeys, newValues } = await this.step.run(this.stepInputs);
    this.keep((newKeys as Output).data, this.keys);
    this.keep((newValues as Output).data, this.values);
    this.window[this.length] = token;
    this.mask[this.length] = 0;
    this.length++;
    return (logits as Output).data;
  }

  dispose(): void {
    this.prefill.dispose();
    this.step.dispose();
    this.state.dispose();
  }

  /** Writes `[layers, heads, head width]` to the present position of `[layers, heads, context, head width]`. */
  private keep(rows: Float32Array, cache: Float32Array): void {
    const [layers, heads, context, headWidth] = this.cache;
    for (let row = 0; row < layers * heads; row++) {
      const from = row * headWidth;
      const to = (row * context + this.length) * headWidth;
      for (let i = 0; i < headWidth; i++) cache[to + i] = rows[from + i] as number;
    }
  }
}

/** Programs type their outputs by name at run time only; all of these are float32. */
interface Output {
  readonly data: Float32Array;
}
