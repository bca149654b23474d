import type { Fold } from './fold.js';

/**
 * Folds from a part number a row: fold i tests part i and trains on all others, rows in ascending order.
 * @param parts Uint32Array [nRows] of part numbers
 * @param tested how many parts, from 0, are tested in turn
 */
export function partsToFolds(parts: Uint32Array, tested: number): Fold[] {
  const sizes = new Uint32Array(tested);
  for (const part of parts) if (part < tested) sizes[part] = (sizes[part] as number) + 1;
  return Array.from(sizes, (size, part) => oneFold(parts, part, size));
}

function oneFold(parts: Uint32Array, tested: number, size: number): Fold {
  const test = new Uint32Array(size);
  const train = new Uint32Array(parts.length - size);
  let nTest = 0;
  let nTrain = 0;
  for (let row = 0; row < parts.length; row++) {
    if (parts[row] === tested) test[nTest++] = row;
    else train[nTrain++] = row;
  }
  return { train, test };
}
