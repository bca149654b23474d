// Kendall's tau-b in O(n log n): Knight, "A computer method for calculating Kendall's tau with ungrouped data" (1966).

/** Tau-b over the rows where both have a value, in [-1, 1]; NaN where one does not vary. */
export function kendallTau(x: Float64Array, y: Float64Array): number {
  const rows: number[] = [];
  for (let row = 0; row < x.length; row++) if (!Number.isNaN(x[row]) && !Number.isNaN(y[row])) rows.push(row);
  rows.sort((a, b) => compare(x, a, b) || compare(y, a, b));
  const n = rows.length;
  const pairs = (n * (n - 1)) / 2;
  const tiedX = tiedPairs(rows, (a, b) => x[a] === x[b]);
  const tiedBoth = tiedPairs(rows, (a, b) => x[a] === x[b] && y[a] === y[b]);
  const byY = Float64Array.from(rows, (row) => y[row] as number);
  const swaps = sortCountingSwaps(byY, new Float64Array(n), 0, n);
  const tiedY = tiedPairs([...byY.keys()], (a, b) => byY[a] === byY[b]);
  const denominator = Math.sqrt(pairs - tiedX) * Math.sqrt(pairs - tiedY);
  return denominator > 0 ? (pairs - tiedX - tiedY + tiedBoth - 2 * swaps) / denominator : Number.NaN;
}

function compare(values: Float64Array, a: number, b: number): number {
  const left = values[a] as number;
  const right = values[b] as number;
  return left < right ? -1 : left > right ? 1 : 0;
}

function tiedPairs(rows: readonly number[], isTied: (a: number, b: number) => boolean): number {
  let pairs = 0;
  let run = 0;
  for (let i = 1; i < rows.length; i++) {
    run = isTied(rows[i - 1] as number, rows[i] as number) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Merge sort of [from, to) that counts the pairs out of order. */
function sortCountingSwaps(values: Float64Array, spare: Float64Array, from: number, to: number): number {
  if (to - from < 2) return 0;
  const middle = (from + to) >> 1;
  let swaps = sortCountingSwaps(values, spare, from, middle) + sortCountingSwaps(values, spare, middle, to);
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    const takesRight = left === middle || (right < to && (values[right] as number) < (values[left] as number));
    if (takesRight) swaps += middle - left;
    spare[at] = values[takesRight ? right++ : left++] as number;
  }
  values.set(spare.subarray(from, to), from);
  return swaps;
}
