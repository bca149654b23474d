// Decimals of up to 16 characters by vector arithmetic, correctly rounded by one exact division (Clinger 1990).
import { isMissing, trimmedEnd, trimmedStart } from './csv-missing';

/** Integers below are exact in a double. */
const EXACT_LIMIT: i64 = 1 << 53;
/** A NaN that no division gives. */
const NONE: u64 = 0x7ff8000000000001;

/**
 * Reads cells as float64 until one is neither missing (NaN) nor a short decimal such as `12`, `-1.5` or `3.`; returns how many it read.
 * `cells` is the address of the first cell's bounds, `stride` bytes lie between two of them.
 */
export function readNumbers(
  cells: usize,
  stride: usize,
  nRows: i32,
  text: usize,
  out: usize,
  dialect: usize,
): i32 {
  const missingFirst = load<i32>(dialect, 24) != 0;
  const decimal = load<i32>(dialect, 16);
  const powers = <usize>load<u32>(dialect, 40);
  const lanes = <usize>load<u32>(dialect, 44);
  for (let row = 0; row < nRows; row++) {
    const start = text + <usize>load<i32>(cells);
    const end = text + <usize>load<i32>(cells, 4);
    let value = missingFirst ? NONE : plainDecimal(start, end, decimal, powers, lanes);
    if (value == NONE) {
      const first = trimmedStart(start, end);
      const last = trimmedEnd(first, end);
      if (isMissing(first, last, dialect)) value = reinterpret<u64>(NaN);
      else {
        value = plainDecimal(first, last, decimal, powers, lanes);
        if (value == NONE) return row;
      }
    }
    store<u64>(out, value);
    out += 8;
    cells += stride;
  }
  return nRows;
}

/**
 * The bits of the number in bytes [start, end), or NONE. `powers` is the address of 1e0 to 1e16, `lanes` that of 16 zero bytes, 16 of
 * all ones and 16 of zeros.
 */
// @ts-expect-error: decorator
@inline
function plainDecimal(start: usize, end: usize, decimal: i32, powers: usize, lanes: usize): u64 {
  const isNegative = load<u8>(start) == 0x2d;
  const first = start + <usize>isNegative;
  const length = <i32>(end - first);
  if (<u32>(length - 1) > 15) return NONE;
  // The cell's bytes are the last lanes; what stands in the others is masked.
  const inside = v128.load(lanes + <usize>length);
  const chunk = v128.load(end - 16);
  const marks = i8x16.bitmask(v128.and(i8x16.eq(chunk, i8x16.splat(<i8>decimal)), inside));
  let digits = v128.and(i8x16.sub(chunk, i8x16.splat(0x30)), inside);
  let nFraction = 0;
  let nInteger = length;
  if (marks != 0) {
    const mark = ctz(marks);
    nFraction = 15 - mark;
    nInteger = length - nFraction - 1;
    // The digits before the mark move over it; lane 0 gets a zero.
    const before = v128.load(lanes + <usize>(31 - mark));
    const moved = i8x16.shuffle(digits, i8x16.splat(0), 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    digits = v128.bitselect(moved, digits, before);
  }
  if (v128.any_true(i8x16.gt_u(digits, i8x16.splat(9)))) return NONE;
  if (nInteger == 0 || (nInteger > 1 && load<u8>(first) == 0x30)) return NONE;
  // Pairs, then fours, then eights of digits.
  const pairs = i16x8.add(
    i16x8.mul(v128.and(digits, i16x8.splat(0xff)), i16x8.splat(10)),
    i16x8.shr_u(digits, 8),
  );
  const fours = i32x4.dot_i16x8_s(pairs, i32x4.splat(0x00010064));
  const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(fours, fours), i32x4.splat(0x00012710));
  const mantissa = <i64>i32x4.extract_lane(eights, 0) * 100000000 + <i64>i32x4.extract_lane(eights, 1);
  if (mantissa >= EXACT_LIMIT) return NONE;
  const value = <f64>mantissa / load<f64>(powers + (<usize>nFraction << 3));
  return reinterpret<u64>(value) | (<u64>isNegative << 63);
}
