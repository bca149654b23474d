// Bin boundaries of a numeric column: equal-frequency bins over distinct values, frequent values in bins of their own, as LightGBM
// finds them (Ke et al., 2017; `GreedyFindBin` in its src/io/bin.cpp).

/**
 * Upper bounds of all bins but the last, ascending, midway between neighbouring values.
 * @param sorted values of the sample, ascending, no NaN
 * @param maxBins most bins to make, missing not counted
 */
export function findBounds(sorted: Float64Array, maxBins: number, minDataInBin: number): Float64Array {
  const starts = startsOfValues(sorted);
  const nValues = starts.length - 1;
  const ends =
    nValues <= maxBins
      ? endsOfFew(starts, minDataInBin)
      : endsOfMany(starts, Math.max(1, Math.min(maxBins, Math.floor(sorted.length / Math.max(1, minDataInBin)))));
  const value = (i: number): number => sorted[starts[i] as number] as number;
  return Float64Array.from(ends, (i) => between(value(i), value(i + 1)));
}

/** Where each distinct value starts, and the end. */
function startsOfValues(sorted: Float64Array): Int32Array {
  const starts = new Int32Array(sorted.length + 1);
  let n = 0;
  let last = Number.NaN;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number;
    if (value === last) continue;
    starts[n++] = i;
    last = value;
  }
  starts[n] = sorted.length;
  return starts.subarray(0, n + 1);
}

/** Positions of the last value of every bin but the last: each bin takes values until it has enough rows. */
function endsOfFew(starts: Int32Array, minDataInBin: number): number[] {
  const ends: number[] = [];
  let binStart = 0;
  for (let i = 0; i + 2 < starts.length; i++) {
    if ((starts[i + 1] as number) - binStart < minDataInBin) continue;
    ends.push(i);
    binStart = starts[i + 1] as number;
  }
  return ends;
}

function endsOfMany(starts: Int32Array, maxBins: number): number[] {
  const nValues = starts.length - 1;
  const nRows = starts[nValues] as number;
  const count = (i: number): number => (starts[i + 1] as number) - (starts[i] as number);
  const bigSize = nRows / maxBins;
  let rowsLeft = nRows;
  let binsLeft = maxBins;
  for (let i = 0; i < nValues; i++) {
    if (count(i) < bigSize) continue;
    rowsLeft -= count(i);
    binsLeft -= 1;
  }
  let meanSize = rowsLeft / Math.max(1, binsLeft);
  const ends: number[] = [];
  let inBin = 0;
  for (let i = 0; i + 1 < nValues && ends.length < maxBins - 1; i++) {
    const isBig = count(i) >= bigSize;
    const isNextBig = count(i + 1) >= bigSize;
    if (!isBig) rowsLeft -= count(i);
    inBin += count(i);
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
