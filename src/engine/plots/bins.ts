/** How many values lie between edges. */

/** `[edges - 1]`: each bin holds its lower edge, the last one both; values outside of all edges are not counted. */
export function countBins(values: Float64Array, edges: readonly number[], rows?: Uint32Array): number[] {
  const sorted = Float64Array.from(edges);
  const bins = sorted.length - 1;
  const counts = new Uint32Array(bins);
  const first = sorted[0] as number;
  const last = sorted[bins] as number;
  // The outermost bins may be wider than the others, which are about even: months are not of one length.
  const inner = bins > 2 ? (sorted[1] as number) : first;
  const width = bins > 2 ? ((sorted[bins - 1] as number) - inner) / (bins - 2) : last - first;
  const offset = bins > 2 ? 1 : 0;
  const total = rows?.length ?? values.length;
  for (let at = 0; at < total; at++) {
    const value = values[rows === undefined ? at : (rows[at] as number)] as number;
    if (!(value >= first && value <= last)) continue;
    let bin = Math.min(bins - 1, Math.floor((value - inner) / width) + offset);
    // Also where the edges are too far apart for a difference.
    if (!(bin >= 0)) bin = 0;
    while (bin > 0 && value < (sorted[bin] as number)) bin--;
    while (bin < bins - 1 && value >= (sorted[bin + 1] as number)) bin++;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return [...counts];
}
