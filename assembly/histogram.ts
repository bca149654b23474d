// Histograms of rounded gradients: one 32-bit add counts a row's gradient (high half) and hessian (low half) in a bin that stays in the L1 cache.

/** Where the touching loads leave their sum, so that the compiler keeps them. */
export let touched: i32 = 0;

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

@inline
function addRecord(record: usize, groups: i32, packed: usize): void {
  const value = load<i32>(record + (<usize>groups << 2));
  const end = record + (<usize>groups << 2);
  let bins = packed;
  for (let at = record; at < end; at += 4) {
    addFour(at, bins, value);
    bins += 4096;
  }
}

/** Adds the records of rows [from, to) to `packed`, i32 [groups * 4][256]. A record is groups * 4 bins and the packed gradient. */
export function histogramDense(records: usize, groups: i32, from: i32, to: i32, packed: usize): void {
  const stride = (<usize>groups << 2) + 4;
  const end = records + <usize>to * stride;
  for (let record = records + <usize>from * stride; record < end; record += stride) addRecord(record, groups, packed);
}

/** Adds the records of the listed rows. Sixty-four records are touched before they are added: the loads miss the cache together. */
export function histogramRows(records: usize, groups: i32, rows: usize, count: i32, packed: usize): void {
  const stride = (<usize>groups << 2) + 4;
  const end = rows + (<usize>count << 2);
  let sum = 0;
  let at = rows;
  for (; at + 256 <= end; at += 256) {
    for (let k: usize = 0; k < 256; k += 16) {
      sum += load<i32>(records + <usize>load<u32>(at + k) * stride);
      sum += load<i32>(records + <usize>load<u32>(at + k, 4) * stride);
      sum += load<i32>(records + <usize>load<u32>(at + k, 8) * stride);
      sum += load<i32>(records + <usize>load<u32>(at + k, 12) * stride);
    }
    for (let k: usize = 0; k < 256; k += 4) addRecord(records + <usize>load<u32>(at + k) * stride, groups, packed);
  }
  for (; at < end; at += 4) addRecord(records + <usize>load<u32>(at) * stride, groups, packed);
  touched += sum;
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
