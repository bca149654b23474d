// Parts dealt by row position alone: at random, or as runs of rows.
import type { Random } from '../core/random.js';

/**
 * Part of each row in k folds whose sizes differ by at most one; without `random`, runs of rows in order (scikit-learn's KFold).
 * @returns Uint32Array [nRows] of part numbers in [0, folds)
 */
export function kFoldParts(nRows: number, folds: number, random: Random | undefined): Uint32Array {
  const parts = new Uint32Array(nRows);
  let row = 0;
  for (let part = 0; part < folds; part++) {
    const size = Math.floor(nRows / folds) + (part < nRows % folds ? 1 : 0);
    parts.fill(part, row, row + size);
    row += size;
  }
  return random === undefined ? parts : random.shuffle(parts);
}

/**
 * Part 0 for `nTest` rows, at random or, without `random`, the last ones; part 1 for the others.
 * @returns Uint32Array [nRows] of 0 and 1
 */
export function holdoutParts(nRows: number, nTest: number, random: Random | undefined): Uint32Array {
  const parts = new Uint32Array(nRows).fill(1, 0, nRows - nTest);
  return random === undefined ? parts : random.shuffle(parts);
}
