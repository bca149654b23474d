// Histograms of rounded gradients: one 32-bit add counts a row's gradient (high half) and hessian (low half) in a bin that stays in the L1 cache.

/** Rows whose records are gathered before they are added. */
const GATHERED_ROWS: usize = 64;

@inline
function addFour(row: usize, bins: usize, value: i32): void {
  let p = bins + ((<usize>load<u8>(row)) << 2);
  store<i32>(p, load<i32>(p) + value);
  p = bins + ((<usize>load<u8>(row, 1)) << 2);
  store<i32>(p, load<i32>(p, 1024) + value, 1024);
  p = bins + ((<usize>load<u8>(row, 2)) << 2);
  store<i32>(p, load<i32>(p, 2048) + value, 2048);
  p = bins + ((<usize>load<u8>(row, 3)) << 2);
  store<i32>(p, load<i32>(p, 3072) + value, 3072);
}

/** Adds one record of at most seven groups, without a loop: places of bins are constants then. */
@inline
function addRecord(record: usize, groups: i32, packed: usize): void {
  const value = load<i32>(record + (<usize>groups << 2));
  addFour(record, packed, value);
  if (groups > 1) addFour(record + 4, packed + 4096, value);
  if (groups > 2) addFour(record + 8, packed + 8192, value);
  if (groups > 3) addFour(record + 12, packed + 12288, value);
  if (groups > 4) addFour(record + 16, packed + 16384, value);
  if (groups > 5) addFour(record + 20, packed + 20480, value);
  if (groups > 6) addFour(record + 24, packed + 24576, value);
}

/** Adds the records of rows [from, to) to `packed`, i32 [groups * 4][256]. A record is groups * 4 bins and the packed gradient. */
export function histogramDense(records: usize, groups: i32, from: i32, to: i32, packed: usize): void {
  const stride = (<usize>groups << 2) + 4;
  const end = records + <usize>to * stride;
  for (let record = records + <usize>from * stride; record < end; record += stride) addRecord(record, groups, packed);
}

/**
 * Adds the records of the listed rows. They are gathered behind `packed`, which has room for 64 of 32 bytes there, and added from
 * that copy: their loads miss the cache together, and wait for no sum. Up to 28 bytes behind the last record are read.
 */
export function histogramRows(records: usize, groups: i32, rows: usize, count: i32, packed: usize): void {
  const stride = (<usize>groups << 2) + 4;
  const gathered = packed + (<usize>groups << 12);
  const end = rows + (<usize>count << 2);
  for (let first = rows; first < end; first += GATHERED_ROWS << 2) {
    const last = min(first + (GATHERED_ROWS << 2), end);
    let out = gathered;
    for (let at = first; at < last; at += 4) {
      const record = records + <usize>load<u32>(at) * stride;
      v128.store(out, v128.load(record));
      v128.store(out, v128.load(record, 16), 16);
      out += stride;
    }
    for (let record = gathered; record < out; record += stride) addRecord(record, groups, packed);
  }
}

/** Moves `n` packed bins (a multiple of 4) into the wide planes, set where `add` is 0, and leaves zeros. */
export function spill(packed: usize, n: i32, wideG: usize, wideH: usize, add: i32): void {
  const bytes = <usize>n << 2;
  const low = i32x4.splat(0xffff);
  const zero = i32x4.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const word = v128.load(packed + k);
    v128.store(packed + k, zero);
    let h = v128.and(word, low);
    let g = i32x4.shr_s(word, 16);
    if (add) {
      g = i32x4.add(g, v128.load(wideG + k));
      h = i32x4.add(h, v128.load(wideH + k));
    }
    v128.store(wideG + k, g);
    v128.store(wideH + k, h);
  }
}
