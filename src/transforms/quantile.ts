// Median and quantiles of a column as numpy computes them (method "linear": Hyndman and Fan, 1996, definition 7).

/** Float64Array [nPresent]: the values that are not NaN, ascending. */
export function sortedNumbers(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/** The middle of ascending values, at least one; never -0, which JSON could not hold. */
export function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return (sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2) + 0;
}

/**
 * The value below which a share of ascending values lies, at least one; never -0.
 * @param share In [0, 1]
 */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const index = Math.min(Math.floor(position), sorted.length - 1);
  const below = sorted[index] as number;
  const above = sorted[Math.min(index + 1, sorted.length - 1)] as number;
  const part = position - index;
  const width = above - below;
  // From the nearer end, so that a quantile at a value is that value to the bit.
  return (part < 0.5 ? below + width * part : above - width * (1 - part)) + 0;
}
