/**
 * Weighted mean of a value per row, summed with Neumaier's compensation so that a million rows lose no digits.
 * @param valueAt the value of a row
 * @param weights Float64Array [nRows], not all 0; all 1 where absent
 * @returns NaN for no rows
 */
export function weightedMean(nRows: number, valueAt: (row: number) => number, weights?: Float64Array): number {
  let sum = 0;
  let lost = 0;
  let total = 0;
  for (let row = 0; row < nRows; row++) {
    const weight = weights === undefined ? 1 : (weights[row] as number);
    if (weight === 0) continue;
    const term = weight * valueAt(row);
    const grown = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - grown + term : term - grown + sum;
    sum = grown;
    total += weight;
  }
  return (sum + lost) / total;
}
