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
