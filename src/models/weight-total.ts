/** The sum of weights, added in order. */
export function weightTotal(weights: Float64Array): number {
  let total = 0;
  for (let row = 0; row < weights.length; row++) total += weights[row] as number;
  return total;
}
