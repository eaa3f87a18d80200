/** softmax of `logits` `[classes]`, into `out`. */
export function softmax(logits: Float32Array, out: Float64Array): void {
  const classes = out.length;
  let top = -Infinity;
  for (let k = 0; k < classes; k++) top = Math.max(top, logits[k] as number);
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += out[k] = Math.exp((logits[k] as number) - top);
  for (let k = 0; k < classes; k++) out[k] = (out[k] as number) / sum;
}
