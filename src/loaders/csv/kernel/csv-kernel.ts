// The WebAssembly kernel of reading CSV; the files assembly/csv-*.ts document each function.
import { CSV_WASM_BASE64 } from '../../generated/csv-wasm.js';

/** Reads cells of one column as values; all are addresses but `nRows`. Returns how many rows it read. */
export type ReadsCells = (
  cells: number,
  stride: number,
  nRows: number,
  text: number,
  out: number,
  dialect: number,
) => number;

/** One instance over a memory; addresses are byte offsets in it. */
export interface CsvKernel {
  readRows(state: number, dialect: number): number;
  readonly readNumbers: ReadsCells;
  readonly readDates: ReadsCells;
  readBooleans(...given: [...Parameters<ReadsCells>, words: number, nWords: number]): number;
  readStrings(...given: [...Parameters<ReadsCells>, marks: number, dictionary: number]): number;
  mergeStrings(
    dictionary: number,
    from: number,
    size: number,
    ends: number,
    hashes: number,
    pool: number,
    codes: number,
  ): number;
  spreadSlots(dictionary: number): void;
}

/** undefined before the first use, null where the host has no WebAssembly with SIMD and threads. */
let compiled: WebAssembly.Module | null | undefined;

/** Whether the host can run the kernel. */
export function hasCsvKernel(): boolean {
  return kernelModule() !== null;
}

/** An instance over a memory. */
export function csvKernel(memory: WebAssembly.Memory): CsvKernel {
  const module = kernelModule();
  if (module === null) throw new Error('the host has no WebAssembly with SIMD');
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as CsvKernel;
}

function kernelModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(Buffer.from(CSV_WASM_BASE64, 'base64'));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}
