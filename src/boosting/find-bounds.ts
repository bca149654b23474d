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

function distinct(sorted: Float64Array): { values: Float64Array; counts: Int32Array } {
  const values = new Float64Array(sorted.length);
  const counts = new Int32Array(sorted.length);
  let n = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number;
    if (n === 0 || value !== values[n - 1]) values[n++] = value;
    counts[n - 1] = (counts[n - 1] as number) + 1;
  }
  return { values: values.subarray(0, n), counts: counts.subarray(0, n) };
}

/** Positions of the last value of every bin but the last: each bin takes values until it has enough rows. */
function endsOfFew(counts: Int32Array, minDataInBin: number): number[] {
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

function endsOfMany(counts: Int32Array, nRows: number, mostBins: number, minDataInBin: number): number[] {
  const maxBins = Math.max(1, Math.min(mostBins, Math.floor(nRows / Math.max(1, minDataInBin))));
  const bigSize = nRows / maxBins;
  let rowsLeft = nRows;
  let binsLeft = maxBins;
  for (const count of counts) {
    if (count < bigSize) continue;
    rowsLeft -= count;
    binsLeft -= 1;
  }
  let meanSize = rowsLeft / Math.max(1, binsLeft);
  const ends: number[] = [];
  let inBin = 0;
  for (let i = 0; i + 1 < counts.length && ends.length < maxBins - 1; i++) {
    const count = counts[i] as number;
    const isBig = count >= bigSize;
    const isNextBig = (counts[i + 1] as number) >= bigSize;
    if (!isBig) rowsLeft -= count;
    inBin += count;
    if (!isBig && inBin < meanSize && !(isNextBig && inBin >= Math.max(1, meanSize / 2))) continue;
    ends.push(i);
    inBin = 0;
    if (isBig) continue;
    binsLeft -= 1;
    meanSize = rowsLeft / Math.max(1, binsLeft);
  }
  return ends;
}

function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}
