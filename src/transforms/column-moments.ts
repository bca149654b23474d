// Mean and variance by the corrected two-pass algorithm (Chan, Golub and LeVeque, 1983), skipping missing values.

/** Mean and population variance of the values that are not NaN. */
export interface ColumnMoments {
  readonly count: number;
  /** 0 where there is no value; never -0, which JSON could not hold. */
  readonly mean: number;
  /** Divided by `count`, as scikit-learn's scaler does. */
  readonly variance: number;
}

/** Moments of a column with no infinite value; they overflow to Infinity where its values do. */
export function columnMoments(values: Float64Array): ColumnMoments {
  const { count, sum, first, constant } = firstPass(values);
  if (count === 0) return { count, mean: 0, variance: 0 };
  if (constant) return { count, mean: first + 0, variance: 0 };
  const guess = sum / count;
  let rest = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const difference = value - guess;
    rest += difference;
    squares += difference * difference;
  }
  return { count, mean: guess + rest / count + 0, variance: (squares - (rest * rest) / count) / count };
}

function firstPass(values: Float64Array): { count: number; sum: number; first: number; constant: boolean } {
  let count = 0;
  let sum = 0;
  let first = 0;
  let constant = true;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (count === 0) first = value;
    if (value !== first) constant = false;
    count += 1;
    sum += value;
  }
  return { count, sum, first, constant };
}
