/**
 * A quantile by linear interpolation, as numpy's default has it (Hyndman and Fan's definition 7).
 * @param sorted Float64Array [n], ascending, not empty
 * @param p in [0, 1]
 */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}
