/**
 * The class that each row's probabilities come to: the most probable one, the first of equals; for one probability a row,
 * class 1 from the threshold on.
 * @param predictions Float64Array: [nRows] probabilities of class 1, or [nRows * nOutputs] row-major
 * @param nOutputs probabilities a row
 * @param threshold for one probability a row, in [0, 1]
 * @returns Uint32Array [nRows] of class positions
 */
export function predictedClasses(predictions: Float64Array, nOutputs: number, threshold = 0.5): Uint32Array {
  const classes = new Uint32Array(predictions.length / nOutputs);
  for (let row = 0; row < classes.length; row++) {
    classes[row] =
      nOutputs === 1
        ? Number((predictions[row] as number) >= threshold)
        : mostProbable(predictions, row * nOutputs, nOutputs);
  }
  return classes;
}

function mostProbable(predictions: Float64Array, start: number, nOutputs: number): number {
  let best = 0;
  for (let c = 1; c < nOutputs; c++) {
    if ((predictions[start + c] as number) > (predictions[start + best] as number)) best = c;
  }
  return best;
}
