// Golden rows: inputs saved with the scores they had, so that a loaded model can prove that it still gives them.

import type { FittedModel } from '../core/model.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { RowScorer } from './row-scorer.js';

/** A row as a client would send it. */
export type GoldenRow = Readonly<Record<string, string | number | boolean | null>>;

/** Rows and what they scored when the model was made. */
export interface Golden {
  readonly rows: readonly GoldenRow[];
  /** One list [nOutputs] a row. */
  readonly scores: readonly (readonly number[])[];
  /**
   * Largest difference allowed, relative for values over 1. Not zero, because the last bit of exp and log may differ between
   * JavaScript engines; model arithmetic itself is exact.
   */
  readonly tolerance: number;
}

const GOLDEN_TOLERANCE = 1e-12;

/**
 * Scores rows to keep with a model.
 * @throws FIT_FAILED where a row of the training data gets no finite score: such a model could not prove itself later
 */
export function makeGolden(
  rows: readonly GoldenRow[],
  score: RowScorer,
  { nOutputs, tolerance = GOLDEN_TOLERANCE }: Pick<FittedModel, 'nOutputs' | 'tolerance'>,
): Golden {
  const out = new Float64Array(nOutputs);
  const scores = rows.map((row, position) => {
    if (!score(row, out) || !out.every(Number.isFinite)) throw unscored(position);
    return [...out];
  });
  return { rows, scores, tolerance };
}

/**
 * Scores the golden rows again.
 * @throws GOLDEN_MISMATCH with the number of rows that differ and the largest difference
 */
export function verifyGolden(golden: Golden, score: RowScorer, nOutputs: number): void {
  const out = new Float64Array(nOutputs);
  let mismatches = 0;
  let worst = 0;
  golden.rows.forEach((row, position) => {
    const expected = golden.scores[position] ?? [];
    const accepted = score(row, out);
    const difference = accepted ? largestDifference(expected, out) : Number.POSITIVE_INFINITY;
    worst = Math.max(worst, difference);
    if (!(difference <= golden.tolerance)) mismatches += 1;
  });
  if (mismatches === 0) return;
  throw new TabwrightError(
    'GOLDEN_MISMATCH',
    `golden rows: ${mismatches} of ${golden.rows.length} do not give their stored scores again (largest difference ${worst})`,
  );
}

function unscored(position: number): TabwrightError {
  return new TabwrightError(
    'FIT_FAILED',
    `golden rows: the fitted model gives no finite score to row ${position} of its own data`,
  );
}

function largestDifference(expected: readonly number[], found: Float64Array): number {
  if (expected.length !== found.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < found.length; i++) {
    const value = expected[i] as number;
    const difference = Math.abs(value - (found[i] as number)) / Math.max(1, Math.abs(value));
    worst = difference > worst || Number.isNaN(difference) ? difference : worst;
  }
  return worst;
}
