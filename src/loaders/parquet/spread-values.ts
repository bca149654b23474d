/**
 * Moves `values`, which stand at `at` without gaps, to the rows that have one: those of level 1. The others become `missing`.
 * In place, from the end, so that nothing is overwritten before it is moved.
 */
export function spreadValues<T extends Float64Array | Int32Array | Int8Array>(
  values: T,
  missing: number,
  levels: Int32Array,
  { nRows, at }: { readonly nRows: number; readonly at: number },
): void {
  let from = at - 1;
  for (let row = 0; row < nRows; row++) from += levels[row] as number;
  for (let row = nRows - 1; row >= 0; row--) {
    values[at + row] = levels[row] === 1 ? (values[from--] as number) : missing;
  }
}
