// A column of numbers, dates or booleans in the kernel's memory: what value-builder.ts does, most cells at a time.

import type { CellBlock } from '../cell-block.js';
import { booleanWords } from '../cells/boolean-parser.js';
import type { ColumnKind } from '../cells/column-kinds.js';
import { trimmedEnd, trimmedStart } from '../cells/trimmed-cell.js';
import type { PiecePart } from '../csv-piece.js';
import type { ReadsCells } from './csv-kernel.js';
import type { KernelBlock, KernelColumn, KernelTools } from './kernel-column.js';

const FIRST_ROWS = 1024;

/** Reads column `index` as values of a kind. */
export function kernelValues(tools: KernelTools, kind: ColumnKind, index: number): KernelColumn {
  const { memory, dialectAddress } = tools;
  const parse = kind.parser(tools.dialect);
  const read = cellReader(tools, kind);
  const width = kind.type === 'boolean' ? 1 : 8;
  let address = memory.reserve(width * FIRST_ROWS);
  let values = view(FIRST_ROWS);
  let nRows = 0;

  function view(length: number): Float64Array | Int8Array {
    return width === 8 ? memory.float64(address, length) : memory.int8(address, length);
  }

  function makeRoom(length: number): void {
    if (length <= values.length) return;
    const before = values.subarray(0, nRows);
    const room = Math.max(length, 2 * values.length);
    address = memory.reserve(width * room);
    values = view(room);
    values.set(before);
  }

  function append({ block, text, cells, bytes }: KernelBlock): boolean {
    makeRoom(nRows + block.nRows);
    const stride = 8 * block.nColumns;
    for (let row = 0; ; row++) {
      const first = cells + row * stride + 8 * index;
      row += read(first, stride, block.nRows - row, text, address + width * (nRows + row), dialectAddress);
      if (row === block.nRows) break;
      const value = oddCell(bytes, block, row);
      if (Number.isNaN(value)) return false;
      values[nRows + row] = value;
    }
    nRows += block.nRows;
    return true;
  }

  /** A cell that is not missing, and that the kernel does not know. */
  function oddCell(bytes: Buffer, { bounds, nColumns }: CellBlock, row: number): number {
    const at = 2 * (row * nColumns + index);
    const start = trimmedStart(bytes, bounds[at] as number, bounds[at + 1] as number);
    const end = trimmedEnd(bytes, start, bounds[at + 1] as number);
    return parse(bytes, start, end);
  }

  return {
    begin: () => {
      nRows = 0;
    },
    append,
    part: () => ({ type: kind.type, values: values.subarray(0, nRows) }) as PiecePart,
  };
}

function cellReader({ kernel, memory }: KernelTools, kind: ColumnKind): ReadsCells {
  if (kind.type === 'number') return kernel.readNumbers;
  if (kind.type === 'date') return kernel.readDates;
  const words = booleanWords(kind.declared);
  const address = memory.place(wordTable(words));
  return (...given) => kernel.readBooleans(...given, address, words.size);
}

/** u64 bytes of a word, filled up with zeros, and u64 its value. */
function wordTable(words: ReadonlyMap<string, number>): Uint8Array {
  const table = Buffer.alloc(16 * words.size);
  let at = 0;
  for (const [word, value] of words) {
    table.write(word, at);
    table[at + 8] = value;
    at += 16;
  }
  return table;
}
