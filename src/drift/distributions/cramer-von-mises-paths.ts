// The exact two-sample distribution of Cramér and von Mises by counting all orders of the two samples (Xiao, Gordon and Yakovlev, "A C++
// program for the Cramér-von Mises two-sample test", 2006, algorithm 1); for a few values.

/**
 * Chance of a statistic U at least so large.
 * @param u Anderson's U of the samples
 * @param m sizes of the samples, at most about 20
 */
export function cramerVonMisesPaths(u: number, m: number, n: number): number {
  const multiple = leastCommonMultiple(m, n);
  const product = m * n;
  const bound = Math.floor((multiple ** 2 * (m + n) * (6 * u - product * (4 * product - 1))) / (6 * product ** 2));
  let columns: Map<number, number>[] = Array.from({ length: m + 1 }, (_, i) => new Map(i === 0 ? [[0, 1]] : []));
  for (let row = 0; row <= n; row++) {
    let before = new Map<number, number>();
    columns = columns.map((column, at) => {
      const step = ((multiple / m) * at - (multiple / n) * row) ** 2;
      before = shifted([before, column], step);
      return before;
    });
  }
  let total = 0;
  let above = 0;
  for (const [value, count] of columns[m] as Map<number, number>) {
    total += count;
    if (value >= bound) above += count;
  }
  return above / total;
}

function shifted(tables: readonly Map<number, number>[], step: number): Map<number, number> {
  const sums = new Map<number, number>();
  for (const table of tables)
    for (const [value, count] of table) sums.set(value + step, (sums.get(value + step) ?? 0) + count);
  return sums;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
