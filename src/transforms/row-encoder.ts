// From one row of raw cells to what a model takes, with no table made: the serving hot path, bit for bit table-to-matrix.ts.
import type { Cell } from '../core/cell.js';
import type { FittedTransformer } from '../core/transformer.js';
import { cellNumber } from './cell-number.js';
import { encodedFeatures } from './encoded-features.js';
import { rowSlots } from './row-slots.js';

/** Encodes `cells` [nColumns], which it leaves alone, into `out` [nFeatures]. @throws VALUE_INVALID, CATEGORY_UNKNOWN */
export type RowEncoder = (cells: readonly Cell[], out: Float64Array) => void;

/**
 * Compiles the row path of a fitted pipeline once. The encoder reuses one working row: it is not for shared use by threads.
 * @param columns The raw feature columns, in the order in which cells come
 * @throws COLUMN_MISSING where the pipeline reads a column that is not among `columns`
 */
export function rowEncoder(fitted: FittedTransformer, columns: readonly string[]): RowEncoder {
  const slots = rowSlots(columns);
  const step = fitted.rowStep(slots);
  const names = encodedFeatures(fitted, columns).map(({ name }) => name);
  const positions = Int32Array.from(names, (name) => slots.read(name));
  const nColumns = columns.length;
  const row: Cell[] = new Array<Cell>(slots.size).fill(null);
  return (cells, out) => {
    for (let i = 0; i < nColumns; i++) row[i] = cells[i];
    step(row);
    for (let i = 0; i < positions.length; i++) {
      const cell = row[positions[i] as number];
      out[i] = typeof cell === 'number' ? cell : cellNumber(cell, 'features', names[i] as string);
    }
  };
}
