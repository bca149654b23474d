// Gradients rounded to a few levels, at random by a hash of the row (Shi et al., "Quantized Training of GBDT", 2022).

/**
 * Rounds each row's pair to integers and writes gradient * 2^16 + hessian into its record of every block; adds the integer sums
 * of rows [from, to) to the two doubles at `sums`.
 */
export function quantize(
  gradients: usize,
  from: i32,
  to: i32,
  scaleG: f64,
  scaleH: f64,
  seed: u32,
  slot: usize,
  stride: i32,
  nBlocks: i32,
  blockBytes: usize,
  sums: usize,
): void {
  const scale = f64x2.replace_lane(f64x2.splat(scaleG), 1, scaleH);
  let total = v128.load(sums);
  let out = slot + <usize>from * <usize>stride;
  for (let i = from; i < to; i++) {
    let x = <u32>i * 0x9e3779b1 + seed;
    x = (x ^ (x >>> 16)) * 0x85ebca6b;
    x = (x ^ (x >>> 13)) * 0xc2b2ae35;
    x ^= x >>> 16;
    const dice = f64x2.replace_lane(f64x2.splat(<f64>(x >>> 16) / 65536), 1, <f64>(x & 0xffff) / 65536);
    const rounded = f64x2.floor(f64x2.add(f64x2.mul(v128.load(gradients + (<usize>i << 4)), scale), dice));
    total = f64x2.add(total, rounded);
    const pair = i32x4.trunc_sat_f64x2_s_zero(rounded);
    const word = (i32x4.extract_lane(pair, 0) << 16) + i32x4.extract_lane(pair, 1);
    let at = out;
    for (let b = 0; b < nBlocks; b++) {
      store<i32>(at, word);
      at += blockBytes;
    }
    out += <usize>stride;
  }
  v128.store(sums, total);
}
