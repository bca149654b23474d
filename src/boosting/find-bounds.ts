// Bin boundaries of a numeric column: equal-frequency bins over distinct values, frequent values in bins of their own, as LightGBM
// finds them (Ke et al., 2017; `GreedyFindBin` in its src/io/bin.cpp).

/**
 * Upper bounds of all bins but the last, ascending, midway between neighbouring values.
 * @param sorted values of the sample, ascending, no NaN
 * @param maxBins most bins to make, missing not counted
 */
export function findBounds(sorted: Float64Array, maxBins: number, minDataInBin: number): Float64Array {
  const { values, counts } = distinct(sorted);
  const ends =
    values.length <= maxBins
      ? endsOfFew(counts, minDataInBin)
      : endsOfMany(counts, sorted.length, maxBins, minDataInBin);
  return Float64Array.from(ends, (i) => between(values[i] as number, values[i + 1] as number));
}

function distinct(sorted: Float64Array): { values: number[]; counts: number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  let i = 0;
  while (i < sorted.length) {
    const value = sorted[i] as number;
    let end = i + 1;
    while (end < sorted.length && sorted[end] === value) end++;
    values.push(value);
    counts.push(end - i);
    i = end;
  }
  return { values, counts };
}

/** Positions of the last value of every bin but the last: each bin takes values until it has enough rows. */
function endsOfFew(counts: readonly number[], minDataInBin: number): number[] {
  const ends: number[] = [];
  let inBin = 0;
  for (let i = 0; i + 1 < counts.length; i++) {
    inBin += counts[i] as number;
    if (inBin < minDataInBin) continue;
    ends.push(i);
    inBin = 0;
  }
  return ends;
}

function endsOfMany(counts: readonly number[], nRows: number, mostBins: number, minDataInBin: number): number[] {
  const maxBins = Math.max(1, Math.min(mostBins, Math.floor(nRows / Math.max(1, minDataInBin))));
  const isBig = counts.map((count) => count >= nRows / maxBins);
  const nBig = isBig.filter(Boolean).length;
  let rowsLeft = nRows - counts.reduce((sum, count, i) => sum + (isBig[i] ? count : 0), 0);
  let binsLeft = maxBins - nBig;
  let meanSize = rowsLeft / Math.max(1, binsLeft);
  const ends: number[] = [];
  let inBin = 0;
  for (let i = 0; i + 1 < counts.length && ends.length < maxBins - 1; i++) {
    const count = counts[i] as number;
    if (!isBig[i]) rowsLeft -= count;
    inBin += count;
    if (!isBig[i] && inBin < meanSize && !(isBig[i + 1] && inBin >= Math.max(1, meanSize / 2))) continue;
    ends.push(i);
    inBin = 0;
    if (isBig[i]) continue;
    binsLeft -= 1;
    meanSize = rowsLeft / Math.max(1, binsLeft);
  }
  return ends;
}

function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}
