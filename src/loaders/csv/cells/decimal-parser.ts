// Decimal numbers from bytes, correctly rounded: short ones by one exact division (Clinger 1990), the rest by Number().
import type { CellParser } from './cell-parser.js';

const ZERO = 0x30;
const NINE = 0x39;
const PLUS = 0x2b;
const MINUS = 0x2d;

/** Integers below are exact in a double, and so are the powers of ten in the table. */
const EXACT_LIMIT = 2 ** 53;
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

const INFINITY = /^([+-]?)inf(?:inity)?$/i;
const LONGEST_INFINITY = 9;

/** Which texts are numbers. */
export interface DecimalRules {
  /** ASCII code of the decimal mark. */
  readonly decimal: number;
  /** Whether the column is declared a number: leading zeros and integers with more digits than a double holds are read then. */
  readonly declared: boolean;
}

/**
 * A parser of `-1.5`, `+2`, `.5`, `3.`, `1e-7` and the words `inf` and `infinity`. Codes rather than numbers, unless declared:
 * integers with leading zeros (`00123`), and integers that would lose digits (beyond 2^53). Numbers too large for a double
 * are none; nor are hexadecimal ones, digit groups, or anything with units.
 */
export function decimalParser({ decimal, declared }: DecimalRules): CellParser {
  const mark = decimal === 0x2e ? '\\.' : String.fromCharCode(decimal);
  const grammar = new RegExp(`^[+-]?(?:\\d+(?:${mark}\\d*)?|${mark}\\d+)[eE][+-]?\\d+$`);

  return function parseDecimal(bytes, start, end) {
    let at = start;
    const sign = bytes[at];
    if (sign === MINUS || sign === PLUS) at += 1;
    let mantissa = 0;
    const firstDigit = at;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) break;
      mantissa = mantissa * 10 + (byte - ZERO);
    }
    const nInteger = at - firstDigit;
    if (nInteger > 1 && bytes[firstDigit] === ZERO && !declared) return Number.NaN;
    let nFraction = 0;
    if (at < end && bytes[at] === decimal) {
      const firstFraction = ++at;
      for (; at < end; at++) {
        const byte = bytes[at] as number;
        if (byte < ZERO || byte > NINE) break;
        mantissa = mantissa * 10 + (byte - ZERO);
      }
      nFraction = at - firstFraction;
    }
    if (nInteger + nFraction === 0) return infinity(bytes, start, end);
    if (at < end) return scientific(bytes.toString('latin1', start, end));
    if (mantissa < EXACT_LIMIT && nFraction < POWERS_OF_TEN.length) {
      const value = mantissa / (POWERS_OF_TEN[nFraction] as number);
      return sign === MINUS ? -value : value;
    }
    const text = bytes.toString('latin1', start, end);
    return at - firstDigit > nInteger || declared ? finite(text) : wholeInteger(text);
  };

  function scientific(text: string): number {
    return grammar.test(text) ? finite(text) : Number.NaN;
  }

  function finite(text: string): number {
    const value = Number(text.replace(',', '.'));
    return Number.isFinite(value) ? value : Number.NaN;
  }

  /** An integer that is the same after a trip through a double. */
  function wholeInteger(text: string): number {
    const value = finite(text);
    if (Number.isNaN(value)) return value;
    const digits = text.startsWith('+') ? text.slice(1) : text;
    return digits === String(value) || digits === BigInt(value).toString() ? value : Number.NaN;
  }
}

function infinity(bytes: Buffer, start: number, end: number): number {
  if (end - start > LONGEST_INFINITY) return Number.NaN;
  const found = INFINITY.exec(bytes.toString('latin1', start, end));
  if (found === null) return Number.NaN;
  return found[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
