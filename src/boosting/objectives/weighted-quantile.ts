/**
 * The smallest value at or below which at least the fraction `alpha` of the weight lies, by linear interpolation between the
 * neighbouring values where all weights are 1 (as LightGBM renews leaves; `PercentileFun` in its regression_objective.hpp).
 * @param values [n], reordered by the call where unweighted
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array | undefined, alpha: number): number {
  if (values.length === 0) return 0;
  if (weights === undefined) return interpolated(values.sort(), alpha);
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  for (const i of order) {
    reached += weights[i] as number;
    if (reached >= alpha * total) return values[i] as number;
  }
  return values[order[order.length - 1] as number] as number;
}

function interpolated(sorted: Float64Array, alpha: number): number {
  const position = (sorted.length - 1) * alpha;
  const low = Math.floor(position);
  const a = sorted[low] as number;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return a + (b - a) * (position - low);
}
