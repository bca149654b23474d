// A column of strings in the kernel's memory, as codes into the distinct strings of the piece.
import type { KernelBlock, KernelColumn, KernelTools } from './kernel-column.js';
import { KernelDictionary } from './kernel-dictionary.js';

const FIRST_ROWS = 1024;

/** Reads column `index` as strings. */
export function kernelStrings({ kernel, memory, dialectAddress, seed }: KernelTools, index: number): KernelColumn {
  const dictionary = new KernelDictionary(kernel, memory, seed);
  let address = memory.reserve(4 * FIRST_ROWS);
  let capacity = FIRST_ROWS;
  let nRows = 0;

  function append({ block, text, cells, marks, bytes }: KernelBlock): boolean {
    makeRoom(nRows + block.nRows);
    const { nColumns, bounds } = block;
    for (let row = 0; row < block.nRows; ) {
      const cell = row * nColumns + index;
      row += kernel.readStrings(
        cells + 8 * cell,
        8 * nColumns,
        block.nRows - row,
        text,
        address + 4 * (nRows + row),
        dialectAddress,
        marks + cell,
        dictionary.address,
      );
      if (row === block.nRows) break;
      const at = 2 * (row * nColumns + index);
      dictionary.makeRoom(Math.min(bytes.length, (bounds[at + 1] as number) - (bounds[at] as number)));
    }
    nRows += block.nRows;
    return true;
  }

  function makeRoom(length: number): void {
    if (length <= capacity) return;
    const before = memory.bytes(address, 4 * nRows);
    capacity = Math.max(length, 2 * capacity);
    address = memory.reserve(4 * capacity);
    memory.bytes(address, 4 * nRows).set(before);
  }

  return {
    begin: () => {
      nRows = 0;
      dictionary.clear();
    },
    append,
    part: () => ({ type: 'string', codes: memory.int32(address, nRows), dictionary: dictionary.entries() }),
  };
}
