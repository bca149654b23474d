// X' diag(h) X of a design matrix: the Hessian of a linear model's loss, over all row blocks or some of them.
import type { TimeSlice } from '../core/time-slice.js';
import { addDenseProducts, blockLength, sparseProduct } from './block-products.js';
import type { DenseColumn, DesignMatrix } from './design-matrix.js';
import { BLOCK_ROWS } from './design-matrix.js';

/**
 * The lower triangle of X' diag(h) X, row-major [size * size], where X is the design with, for `size` nColumns + 1, a last
 * column of ones.
 * @param rowWeights h, Float64Array [nRows]
 * @param blocks the row blocks to add up
 */
export async function weightedGram(
  design: DesignMatrix,
  rowWeights: Float64Array,
  size: number,
  { blocks, slice }: { readonly blocks: Iterable<number>; readonly slice: TimeSlice },
): Promise<Float64Array> {
  const { dense, sparse, nColumns } = design;
  const gram = new Float64Array(size * size);
  const weighted = new Float64Array(BLOCK_ROWS);
  const products = new Float64Array(size);
  for (const block of blocks) {
    const start = block * BLOCK_ROWS;
    const length = blockLength(design, block);
    const h = rowWeights.subarray(start, start + length);
    for (let d = 0; d <= dense.length; d++) {
      // The column of ones comes after the dense columns, so that it meets each of them.
      const last = d === dense.length;
      if (last && size === nColumns) break;
      const column = last ? undefined : (dense[d] as DenseColumn);
      multiply(h, column?.values, start, weighted);
      products.fill(0);
      addDenseProducts(dense, last ? d : d + 1, start, length, weighted, products);
      for (const [c, position] of sparse.positions.entries()) {
        products[position] = sparseProduct(design, block, c, weighted);
      }
      if (last) products[nColumns] = sum(weighted, length);
      addSymmetric(gram, size, column?.position ?? nColumns, products);
      if (slice.due()) await slice.pause();
    }
    addSparsePairs(design, block, h, { gram, size });
    if (slice.due()) await slice.pause();
  }
  return gram;
}

/** weighted = h * values, or h where there are no values. */
function multiply(h: Float64Array, values: Float64Array | undefined, start: number, weighted: Float64Array): void {
  if (values === undefined) weighted.set(h);
  else for (let i = 0; i < h.length; i++) weighted[i] = (h[i] as number) * (values[start + i] as number);
}

function sum(values: Float64Array, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += values[i] as number;
  return total;
}

/** Adds a column's products with others, of which each pair comes once, to the lower triangle. */
function addSymmetric(gram: Float64Array, size: number, position: number, products: Float64Array): void {
  for (let other = 0; other < size; other++) {
    const at = other > position ? other * size + position : position * size + other;
    gram[at] = (gram[at] as number) + (products[other] as number);
  }
}

/** Products of sparse columns with each other, row by row: the work grows with the square of the non-zeros of a row. */
function addSparsePairs(
  design: DesignMatrix,
  block: number,
  h: Float64Array,
  { gram, size }: { readonly gram: Float64Array; readonly size: number },
): void {
  const { ends, columns, values } = entriesByRow(design, block);
  for (let row = 0, first = 0; row < h.length; row++) {
    const end = ends[row] as number;
    for (let a = first; a < end; a++) {
      const line = (columns[a] as number) * size;
      const value = (h[row] as number) * (values[a] as number);
      for (let b = first; b <= a; b++) {
        const at = line + (columns[b] as number);
        gram[at] = (gram[at] as number) + value * (values[b] as number);
      }
    }
    first = end;
  }
}

interface RowEntries {
  /** Where each row's entries end, Int32Array [length]. */
  readonly ends: Int32Array;
  /** Feature position of each entry, ascending in a row. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The sparse entries of a block by row instead of by column: a counting sort. */
function entriesByRow(design: DesignMatrix, block: number): RowEntries {
  const { positions, starts, rows, values } = design.sparse;
  const first = starts[block * positions.length] as number;
  const last = starts[(block + 1) * positions.length] as number;
  const ends = new Int32Array(BLOCK_ROWS + 1);
  for (let entry = first; entry < last; entry++) {
    const next = (rows[entry] as number) + 1;
    ends[next] = (ends[next] as number) + 1;
  }
  for (let row = 0; row < BLOCK_ROWS; row++) ends[row + 1] = (ends[row + 1] as number) + (ends[row] as number);
  const sorted = { ends, columns: new Int32Array(last - first), values: new Float64Array(last - first) };
  for (let c = 0; c < positions.length; c++) {
    const at = block * positions.length + c;
    for (let entry = starts[at] as number; entry < (starts[at + 1] as number); entry++) {
      const row = rows[entry] as number;
      const to = ends[row] as number;
      ends[row] = to + 1;
      sorted.columns[to] = positions[c] as number;
      sorted.values[to] = values[entry] as number;
    }
  }
  return sorted;
}
