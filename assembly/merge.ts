// Histograms of the threads put together, and a sibling's by subtraction.

/** out = the sum of `nParts` planes of `n` integers (a multiple of 4) that lie `partBytes` apart. */
export function mergeHistogram(parts: usize, nParts: i32, partBytes: usize, n: i32, out: usize): void {
  const bytes = <usize>n << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = v128.load(parts + k);
    for (let part = 1; part < nParts; part++) sum = i32x4.add(sum, v128.load(parts + k + <usize>part * partBytes));
    v128.store(out + k, sum);
  }
}

/** from -= what, over `n` integers. */
export function subtractHistogram(from: usize, what: usize, n: i32): void {
  const bytes = <usize>n << 2;
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(from + k, i32x4.sub(v128.load(from + k), v128.load(what + k)));
  }
}

/** bins[at] = total - the sum of all other of its 256 bins: rebuilds the one bin that may have overflowed. */
export function combineHistogram(bins: usize, at: i32, total: i32): void {
  let sum = i32x4.splat(0);
  for (let k: usize = 0; k < 1024; k += 16) sum = i32x4.add(sum, v128.load(bins + k));
  const all =
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
  const p = bins + (<usize>at << 2);
  store<i32>(p, load<i32>(p) + total - all);
}
