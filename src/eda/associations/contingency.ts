// Counts of two columns' groups together, and Pearson's chi-squared of them.

/** A table of counts without empty rows and columns. */
export interface Contingency {
  readonly nX: number;
  readonly nY: number;
  readonly total: number;
  /** Yates' correction is made for two by two. */
  readonly chiSquared: number;
}

/** Counts the rows where both have a group. */
export function contingency(x: Int32Array, y: Int32Array, groupsX: number, groupsY: number): Contingency {
  const counts = new Float64Array(groupsX * groupsY);
  for (let row = 0; row < x.length; row++) {
    const gx = x[row] as number;
    const gy = y[row] as number;
    if (gx >= 0 && gy >= 0) counts[gx * groupsY + gy] = (counts[gx * groupsY + gy] as number) + 1;
  }
  return ofCounts(counts, groupsX, groupsY);
}

function ofCounts(counts: Float64Array, groupsX: number, groupsY: number): Contingency {
  const sumsX = new Float64Array(groupsX);
  const sumsY = new Float64Array(groupsY);
  let total = 0;
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number;
    if (count === 0) continue;
    const gx = Math.floor(at / groupsY);
    sumsX[gx] = (sumsX[gx] as number) + count;
    sumsY[at - gx * groupsY] = (sumsY[at - gx * groupsY] as number) + count;
    total += count;
  }
  const nX = sumsX.filter((sum) => sum > 0).length;
  const nY = sumsY.filter((sum) => sum > 0).length;
  const correction = nX === 2 && nY === 2 ? 0.5 : 0;
  let chiSquared = 0;
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number;
    const gx = Math.floor(at / groupsY);
    const expected = ((sumsX[gx] as number) * (sumsY[at - gx * groupsY] as number)) / total;
    if (!(expected > 0)) continue;
    const distance = Math.abs(count - expected);
    chiSquared += (distance - Math.min(correction, distance)) ** 2 / expected;
  }
  return { nX, nY, total, chiSquared };
}

/** Cramér's V with the bias taken out (Bergsma, 2013), in [0, 1]; NaN where one side has one group only. */
export function cramersV({ nX, nY, total, chiSquared }: Contingency): number {
  if (nX < 2 || nY < 2) return Number.NaN;
  const phi2 = Math.max(0, chiSquared / total - ((nX - 1) * (nY - 1)) / (total - 1));
  const x = nX - (nX - 1) ** 2 / (total - 1);
  const y = nY - (nY - 1) ** 2 / (total - 1);
  const most = Math.min(x, y) - 1;
  return most > 0 ? Math.min(1, Math.sqrt(phi2 / most)) : Number.NaN;
}
