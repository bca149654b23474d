// Values to bins, and bins from columns to row records.

/**
 * out[i] = 0 for NaN, else 1 + the number of bounds below values[i]. `bounds` holds 256 ascending numbers, padded with infinity,
 * so that the search is eight steps without a branch; they are overwritten by their keys, which compare faster.
 */
export function binColumn(values: usize, nRows: i32, bounds: usize, out: usize): void {
  for (let k: usize = 0; k < 2048; k += 8) store<i64>(bounds + k, orderedKey(load<f64>(bounds + k)));
  for (let i: usize = 0; i < <usize>nRows; i++) {
    const x = load<f64>(values + (i << 3));
    const key = orderedKey(x);
    let p = bounds;
    p = select<usize>(p + 1024, p, key > load<i64>(p + 1016));
    p = select<usize>(p + 512, p, key > load<i64>(p + 504));
    p = select<usize>(p + 256, p, key > load<i64>(p + 248));
    p = select<usize>(p + 128, p, key > load<i64>(p + 120));
    p = select<usize>(p + 64, p, key > load<i64>(p + 56));
    p = select<usize>(p + 32, p, key > load<i64>(p + 24));
    p = select<usize>(p + 16, p, key > load<i64>(p + 8));
    p = select<usize>(p + 8, p, key > load<i64>(p));
    const bin = <u32>((p - bounds) >> 3) + 1;
    store<u8>(out + i, select<u32>(bin, 0, x == x));
  }
}

/** An integer that orders as the number does; zeros of both signs have the same. */
@inline
function orderedKey(x: f64): i64 {
  const bits = reinterpret<i64>(x + 0.0);
  return bits ^ (<i64>(<u64>(bits >> 63) >> 1));
}

/**
 * The same for single-precision values: sixteen bounds are compared at a time, first every sixteenth, then the sixteen before the first
 * that is not below. `bounds` are overwritten by their single-precision neighbours from below, which order such values as they do.
 */
export function binFloats(values: usize, nRows: i32, bounds: usize, out: usize): void {
  for (let k: usize = 0; k < 256; k++) store<f32>(bounds + (k << 2), floatBelow(load<f64>(bounds + (k << 3))));
  const every = bounds + 1024;
  for (let k: usize = 0; k < 16; k++) store<f32>(every + (k << 2), load<f32>(bounds + (k << 6), 60));
  for (let i: usize = 0; i < <usize>nRows; i++) {
    const x = load<f32>(values + (i << 2));
    const four = f32x4.splat(x);
    const skipped = countBelow(four, every) << 4;
    const bin = skipped + countBelow(four, bounds + (<usize>skipped << 2)) + 1;
    store<u8>(out + i, select<u32>(bin, 0, x == x));
  }
}

/** The largest single-precision number up to x. */
@inline
function floatBelow(x: f64): f32 {
  const nearest = <f32>x;
  if (<f64>nearest <= x) return nearest;
  const bits = reinterpret<i32>(nearest);
  return bits == 0 || bits == i32.MIN_VALUE
    ? reinterpret<f32>(0x80000001)
    : reinterpret<f32>(bits > 0 ? bits - 1 : bits + 1);
}

/** How many of 16 ascending numbers are below each of four equal lanes. */
@inline
function countBelow(x: v128, numbers: usize): u32 {
  const low = i16x8.narrow_i32x4_s(f32x4.gt(x, v128.load(numbers)), f32x4.gt(x, v128.load(numbers, 16)));
  const high = i16x8.narrow_i32x4_s(f32x4.gt(x, v128.load(numbers, 32)), f32x4.gt(x, v128.load(numbers, 48)));
  return <u32>popcnt(i8x16.bitmask(i8x16.narrow_i16x8_s(low, high)));
}

/** Copies four columns' bins of rows [from, to) into four neighbouring bytes of their records; a column given as 0 leaves zeros. */
export function interleave(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  from: i32,
  to: i32,
  records: usize,
  stride: i32,
): void {
  let out = records + <usize>from * <usize>stride;
  for (let i = <usize>from; i < <usize>to; i++) {
    let word: u32 = load<u8>(a + i);
    if (b) word |= (<u32>load<u8>(b + i)) << 8;
    if (c) word |= (<u32>load<u8>(c + i)) << 16;
    if (d) word |= (<u32>load<u8>(d + i)) << 24;
    store<u32>(out, word);
    out += <usize>stride;
  }
}
