/** The middle of the values, or the mean of the two middle ones; NaN where there are none. */
export function median(values) {
  return quantile(values, 0.5);
}

/** Quantile with linear interpolation between the two nearest values, `share` in [0, 1]; NaN where there are none. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.ceil(position);
  return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
}
