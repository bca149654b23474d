/**
 * Pearson's correlation of x and y over the rows where both `hasX` and `hasY` have a number, by two passes.
 * @returns a number in [-1, 1]; NaN where one does not vary
 */
export function linearCorrelation(
  x: Float64Array,
  y: Float64Array,
  hasX: Float64Array = x,
  hasY: Float64Array = y,
): number {
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  for (let row = 0; row < x.length; row++) {
    const both = (hasX[row] as number) + (hasY[row] as number);
    if (both - both !== 0) continue;
    n += 1;
    sumX += x[row] as number;
    sumY += y[row] as number;
  }
  const meanX = sumX / n;
  const meanY = sumY / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let row = 0; row < x.length; row++) {
    const both = (hasX[row] as number) + (hasY[row] as number);
    if (both - both !== 0) continue;
    const dx = (x[row] as number) - meanX;
    const dy = (y[row] as number) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (!(xx > 0 && yy > 0)) return Number.NaN;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
}
