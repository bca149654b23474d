// Random scored rows for properties: scores on a coarse grid, so that ties are common, and whole weights, so that rows can be repeated.
import * as fc from 'fast-check';

/** Rows of a binary task with weights in 0..3, not all 0. */
export interface BinaryRows {
  readonly target: Float64Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array;
}

/** Rows of a binary task; both classes have weight. */
export const binaryRows: fc.Arbitrary<BinaryRows> = fc
  .array(
    fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: 0, max: 16 }), weight: fc.nat(3) }),
    {
      minLength: 2,
      maxLength: 60,
    },
  )
  .filter((rows) => [0, 1].every((label) => rows.some((row) => row.label === label && row.weight > 0)))
  .map((rows) => ({
    target: Float64Array.from(rows, (row) => row.label),
    scores: Float64Array.from(rows, (row) => row.score / 16),
    weights: Float64Array.from(rows, (row) => row.weight),
  }));

/** Each value as many times as its weight says. */
export function repeated(values: Float64Array, weights: Float64Array): Float64Array {
  return Float64Array.from(
    Array.from(values).flatMap((value, i) => new Array<number>(weights[i] as number).fill(value)),
  );
}
