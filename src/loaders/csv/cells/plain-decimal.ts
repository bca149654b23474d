// The decimals that most cells hold, read straight into a column: a number that a function returns costs an allocation each.

const ZERO = 0x30;
const MINUS = 0x2d;
const MAX_BYTES = 17;
/** Integers below are exact in a double, and so are the powers of ten: one division rounds correctly (Clinger 1990). */
const EXACT_LIMIT = 2 ** 53;
const POWERS_OF_TEN = Float64Array.from({ length: MAX_BYTES }, (_, exponent) => Number(`1e${exponent}`));

/** Reads bytes as short decimals, written as `12`, `-1.5` or `3.`; of others it says that they are none. */
export type PlainDecimal = (bytes: Uint8Array, start: number, end: number, into: Values, at: number) => boolean;

type Values = Float64Array | Int8Array;

/** A reader of plain decimals with this decimal mark (ASCII code). What it reads is what `decimalParser` gives. */
export function plainDecimal(mark: number): PlainDecimal {
  return function readPlain(bytes, start, end, into, at) {
    if (end - start > MAX_BYTES) return false;
    const isNegative = bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    let position = first;
    let mantissa = 0;
    for (; position < end; position++) {
      const digit = (bytes[position] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    const nInteger = position - first;
    if (nInteger === 0 || (nInteger > 1 && bytes[first] === ZERO)) return false;
    let nFraction = 0;
    if (position < end) {
      if (bytes[position] !== mark) return false;
      for (position += 1; position < end; position++) {
        const digit = (bytes[position] as number) - ZERO;
        if (digit < 0 || digit > 9) return false;
        mantissa = mantissa * 10 + digit;
        nFraction += 1;
      }
    }
    if (mantissa >= EXACT_LIMIT) return false;
    into[at] = (isNegative ? -mantissa : mantissa) / (POWERS_OF_TEN[nFraction] as number);
    return true;
  };
}
