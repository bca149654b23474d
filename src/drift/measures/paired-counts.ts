/** How often each value occurs in either of two samples, in ascending order: what the tests of distributions read. */
export interface SampleCounts {
  /** Float64Array [n]; no value is in neither. */
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly nReference: number;
  readonly nCurrent: number;
}

/** The counts with their values. */
export interface PairedCounts extends SampleCounts {
  /** Float64Array [n], ascending. */
  readonly values: Float64Array;
}

/**
 * Merges two samples.
 * @param reference Float64Array, ascending, no NaN
 * @param current Float64Array, ascending, no NaN
 */
export function pairedCounts(reference: Float64Array, current: Float64Array): PairedCounts {
  const nReference = reference.length;
  const nCurrent = current.length;
  const values = new Float64Array(nReference + nCurrent);
  const first = new Float64Array(values.length);
  const second = new Float64Array(values.length);
  let size = 0;
  for (let i = 0, j = 0; i < nReference || j < nCurrent; size++) {
    const a = i < nReference ? (reference[i] as number) : Number.POSITIVE_INFINITY;
    const b = j < nCurrent ? (current[j] as number) : Number.POSITIVE_INFINITY;
    const value = Math.min(a, b);
    const [iStart, jStart] = [i, j];
    while (i < nReference && reference[i] === value) i++;
    while (j < nCurrent && current[j] === value) j++;
    values[size] = value;
    first[size] = i - iStart;
    second[size] = j - jStart;
  }
  return {
    values: values.subarray(0, size),
    reference: first.subarray(0, size),
    current: second.subarray(0, size),
    nReference,
    nCurrent,
  };
}
