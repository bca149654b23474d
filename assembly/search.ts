// The best threshold over a column's bins, two bins at a time.

/**
 * Tries every bin in [1, lastBin] as the last one that goes left, `startG` and `startH` (missing values) having gone there. Writes
 * gain and bin to `out` as doubles, then the sums that go left; gain is -Infinity where no threshold leaves `least` hessian on
 * both sides. Of equal gains the first bin wins.
 */
export function searchBins(
  g: usize,
  h: usize,
  lastBin: i32,
  startG: i32,
  startH: i32,
  sumG: f64,
  sumH: f64,
  least: f64,
  unitG: f64,
  unitH: f64,
  lambdaL1: f64,
  lambdaL2: f64,
  out: usize,
): void {
  const total = f64x2.splat(sumG);
  const totalH = f64x2.splat(sumH);
  const fewest = f64x2.splat(least);
  const ug = f64x2.splat(unitG);
  const uh = f64x2.splat(unitH);
  const l1 = f64x2.splat(lambdaL1);
  const l2 = f64x2.splat(lambdaL2);
  const zero = f64x2.splat(0);
  let best = f64x2.splat(-Infinity);
  let bestBin = f64x2.splat(0);
  let bins = f64x2.replace_lane(f64x2.splat(1), 1, 2);
  const two = f64x2.splat(2);
  const last = f64x2.splat(<f64>lastBin);
  let leftG = startG;
  let leftH = startH;
  for (let bin = 1; bin <= lastBin; bin += 2) {
    const at = <usize>bin << 2;
    const firstG = leftG + load<i32>(g + at);
    const firstH = leftH + load<i32>(h + at);
    leftG = firstG + load<i32>(g + at, 4);
    leftH = firstH + load<i32>(h + at, 4);
    const lg = f64x2.convert_low_i32x4_s(i32x4.replace_lane(i32x4.splat(firstG), 1, leftG));
    const lh = f64x2.convert_low_i32x4_s(i32x4.replace_lane(i32x4.splat(firstH), 1, leftH));
    const rg = f64x2.sub(total, lg);
    const rh = f64x2.sub(totalH, lh);
    const tl = f64x2.max(f64x2.sub(f64x2.abs(f64x2.mul(lg, ug)), l1), zero);
    const tr = f64x2.max(f64x2.sub(f64x2.abs(f64x2.mul(rg, ug)), l1), zero);
    const dl = f64x2.add(f64x2.mul(lh, uh), l2);
    const dr = f64x2.add(f64x2.mul(rh, uh), l2);
    // tl^2 / dl + tr^2 / dr with one division
    const gain = f64x2.div(
      f64x2.add(f64x2.mul(f64x2.mul(tl, tl), dr), f64x2.mul(f64x2.mul(tr, tr), dl)),
      f64x2.mul(dl, dr),
    );
    const isEnough = v128.and(f64x2.ge(lh, fewest), f64x2.ge(rh, fewest));
    const isBetter = v128.and(v128.and(f64x2.gt(gain, best), isEnough), f64x2.le(bins, last));
    best = v128.bitselect(gain, best, isBetter);
    bestBin = v128.bitselect(bins, bestBin, isBetter);
    bins = f64x2.add(bins, two);
  }
  let gain = f64x2.extract_lane(best, 0);
  let bin = f64x2.extract_lane(bestBin, 0);
  const otherGain = f64x2.extract_lane(best, 1);
  const otherBin = f64x2.extract_lane(bestBin, 1);
  if (otherGain > gain || (otherGain == gain && otherBin < bin)) {
    gain = otherGain;
    bin = otherBin;
  }
  store<f64>(out, gain);
  store<f64>(out, bin, 8);
  leftG = startG;
  leftH = startH;
  const end = <usize>bin << 2;
  for (let at: usize = 4; at <= end; at += 4) {
    leftG += load<i32>(g + at);
    leftH += load<i32>(h + at);
  }
  store<f64>(out, <f64>leftG, 16);
  store<f64>(out, <f64>leftH, 24);
}
