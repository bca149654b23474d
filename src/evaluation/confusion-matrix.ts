// Counts of true against predicted classes, and the scores that depend on nothing else.

/** Weights of the rows by true and predicted class. */
export interface ConfusionMatrix {
  readonly nClasses: number;
  /** Float64Array [nClasses * nClasses], row-major: `counts[actual * nClasses + predicted]`. */
  readonly counts: Float64Array;
}

/** Precision, recall and F1 of one class against the others; 0 where a share has no rows to be of, as in scikit-learn. */
export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Weight of the rows of this class. */
  readonly support: number;
  /** Weight of the rows predicted to be of this class. */
  readonly predicted: number;
}

/**
 * Sums the weights of rows by true and predicted class.
 * @param target Float64Array [nRows] of class positions
 * @param predicted Uint32Array [nRows] of class positions
 * @param weights Float64Array [nRows], non-negative; all 1 where absent
 */
export function confusionMatrix(
  target: Float64Array,
  predicted: Uint32Array,
  nClasses: number,
  weights?: Float64Array,
): ConfusionMatrix {
  const counts = new Float64Array(nClasses * nClasses);
  for (let row = 0; row < target.length; row++) {
    const cell = (target[row] as number) * nClasses + (predicted[row] as number);
    counts[cell] = (counts[cell] as number) + (weights === undefined ? 1 : (weights[row] as number));
  }
  return { nClasses, counts };
}

/** Share of the weight on the diagonal. */
export function accuracy({ nClasses, counts }: ConfusionMatrix): number {
  let right = 0;
  for (let c = 0; c < nClasses; c++) right += counts[c * nClasses + c] as number;
  return right / counts.reduce((sum, count) => sum + count, 0);
}

/** The scores of each class, in order of class positions. */
export function classScores({ nClasses, counts }: ConfusionMatrix): ClassScores[] {
  return Array.from({ length: nClasses }, (_, c) => {
    const right = counts[c * nClasses + c] as number;
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < nClasses; other++) {
      support += counts[c * nClasses + other] as number;
      predicted += counts[other * nClasses + c] as number;
    }
    return {
      precision: share(right, predicted),
      recall: share(right, support),
      f1: share(2 * right, support + predicted),
      support,
      predicted,
    };
  });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
