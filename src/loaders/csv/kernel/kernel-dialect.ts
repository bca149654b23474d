import { plainDecimal } from '../cells/plain-decimal.js';
import type { CsvDialect } from '../csv-dialect.js';
import type { KernelMemory } from './kernel-memory.js';

/** Powers of ten that readNumbers divides by. */
const N_POWERS = 17;

/**
 * Puts a dialect into memory, for the kernel: i32 delimiter, quote (-1 for none), first byte of comments (-1), longest cell, decimal mark,
 * whether the empty cell is missing, whether a token is a number, number of tokens; u32 addresses of the lengths of tokens by first byte
 * (as in MissingTokens), of the tokens (u32 address, i32 length each), of 1e0 to 1e16, and of 16 zero bytes, 16 of all ones and 16 of zeros.
 */
export function placeDialect(memory: KernelMemory, dialect: CsvDialect): number {
  const { delimiter, quote, comment, maxCellBytes, decimal, missing } = dialect;
  const tokens = missing.tokens;
  const listed = tokens.flatMap((token) => [memory.place(token), token.length]);
  const read = plainDecimal(decimal);
  const isNumber = (token: Uint8Array): boolean => read(token, 0, token.length, new Float64Array(1), 0);
  const lanes = new Uint8Array(48).fill(0xff, 16, 32);
  const powers = Float64Array.from({ length: N_POWERS }, (_, exponent) => Number(`1e${exponent}`));
  const words = [
    delimiter,
    quote,
    comment[0] ?? -1,
    maxCellBytes,
    decimal,
    Number(missing.hasEmpty),
    Number(tokens.some(isNumber)),
    tokens.length,
    memory.place(new Uint8Array(missing.lengths.buffer)),
    memory.place(new Uint8Array(Uint32Array.from(listed).buffer)),
    memory.place(new Uint8Array(powers.buffer)),
    memory.place(lanes),
  ];
  return memory.place(new Uint8Array(Int32Array.from(words).buffer));
}
