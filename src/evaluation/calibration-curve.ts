// Reliability of probabilities: predicted against observed shares in bins of equal width (DeGroot and Fienberg, 1983).

/** Non-empty bins in ascending order of probability. */
export interface CalibrationCurve {
  /** Float64Array [nPoints]: weighted mean probability in the bin. */
  readonly predicted: Float64Array;
  /** Float64Array [nPoints]: weighted share of rows of class 1 in the bin. */
  readonly observed: Float64Array;
  /** Float64Array [nPoints]: weight of the rows in the bin. */
  readonly weight: Float64Array;
}

/**
 * Predicted against observed shares. Bins are (i / nBins, (i + 1) / nBins], the first with 0, as in scikit-learn.
 * @param target Float64Array [nRows] of 0 and 1
 * @param probabilities Float64Array [nRows] in [0, 1]
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 */
export function calibrationCurve(
  target: Float64Array,
  probabilities: Float64Array,
  nBins: number,
  weights?: Float64Array,
): CalibrationCurve {
  const width = 1 / nBins;
  const weight = new Float64Array(nBins);
  const predicted = new Float64Array(nBins);
  const observed = new Float64Array(nBins);
  for (let row = 0; row < target.length; row++) {
    const probability = probabilities[row] as number;
    const rowWeight = weights === undefined ? 1 : (weights[row] as number);
    let bin = 0;
    while (bin < nBins - 1 && probability > (bin + 1) * width) bin++;
    weight[bin] = (weight[bin] as number) + rowWeight;
    predicted[bin] = (predicted[bin] as number) + rowWeight * probability;
    observed[bin] = (observed[bin] as number) + rowWeight * (target[row] as number);
  }
  const filled = (_: number, bin: number): boolean => (weight[bin] as number) > 0;
  const mean = (sum: number, bin: number): number => sum / (weight[bin] as number);
  return {
    predicted: predicted.map(mean).filter(filled),
    observed: observed.map(mean).filter(filled),
    weight: weight.filter((binWeight) => binWeight > 0),
  };
}
