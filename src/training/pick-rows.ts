/** The values of some rows, all where absent. */
export function pickRows(values: Float64Array, rows: Uint32Array | undefined): Float64Array {
  return rows === undefined ? values : Float64Array.from(rows, (row) => values[row] as number);
}
