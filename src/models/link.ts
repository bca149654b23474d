// From the scores of a linear model to its predictions, in place; batch and single row share these functions and so their bits.

/** The inverse link functions of the linear models. */
export type Link = 'identity' | 'sigmoid' | 'softmax';

/**
 * Turns scores into predictions.
 * @param values INOUT Float64Array [nRows * width], row-major
 * @param width scores of a row; sigmoid and identity treat each by itself
 */
export function applyLink(link: Link, values: Float64Array, width: number): void {
  if (link === 'sigmoid') for (let i = 0; i < values.length; i++) values[i] = sigmoid(values[i] as number);
  if (link === 'softmax') for (let at = 0; at < values.length; at += width) softmax(values, at, width);
}

function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

function softmax(values: Float64Array, at: number, width: number): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = at; k < at + width; k++) highest = Math.max(highest, values[k] as number);
  let total = 0;
  for (let k = at; k < at + width; k++) {
    const e = Math.exp((values[k] as number) - highest);
    values[k] = e;
    total += e;
  }
  for (let k = at; k < at + width; k++) values[k] = (values[k] as number) / total;
}
