// A sample sorted by radix (11 bits a pass over order-preserving keys), which beats comparisons by an order of magnitude.

/**
 * Sorts `n` doubles without NaN, ascending, in place. `spare` has room for `n` doubles, `counts` for 2048 integers. Negative zero
 * comes out as zero.
 */
export function sortNumbers(values: usize, n: i32, spare: usize, counts: usize): void {
  const bytes = <usize>n << 3;
  for (let k: usize = 0; k < bytes; k += 8) {
    const bits = reinterpret<u64>(load<f64>(values + k) + 0.0);
    const flip = <u64>(<i64>bits >> 63) | 0x8000000000000000;
    store<u64>(values + k, bits ^ flip);
  }
  let from = values;
  let to = spare;
  for (let shift: u64 = 0; shift < 64; shift += 11) {
    if (!countDigits(from, bytes, shift, counts)) continue;
    for (let k: usize = 0; k < bytes; k += 8) {
      const key = load<u64>(from + k);
      const place = counts + (<usize>((key >> shift) & 2047) << 2);
      const at = load<u32>(place);
      store<u32>(place, at + 1);
      store<u64>(to + (<usize>at << 3), key);
    }
    const held = from;
    from = to;
    to = held;
  }
  for (let k: usize = 0; k < bytes; k += 8) {
    const key = load<u64>(from + k);
    const flip = <u64>(<i64>~key >> 63) | 0x8000000000000000;
    store<f64>(to + k, reinterpret<f64>(key ^ flip));
  }
  if (to != values) memory.copy(values, to, bytes);
}

/** Turns `counts` into where each digit starts; false where all keys have the same digit, so that the pass would change nothing. */
function countDigits(from: usize, bytes: usize, shift: u64, counts: usize): bool {
  memory.fill(counts, 0, 8192);
  for (let k: usize = 0; k < bytes; k += 8) {
    const place = counts + (<usize>((load<u64>(from + k) >> shift) & 2047) << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
  const nKeys = <u32>(bytes >> 3);
  let start: u32 = 0;
  let differs = true;
  for (let digit: usize = 0; digit < 8192; digit += 4) {
    const count = load<u32>(counts + digit);
    if (count == nKeys) differs = false;
    store<u32>(counts + digit, start);
    start += count;
  }
  return differs;
}
