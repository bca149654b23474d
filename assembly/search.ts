// The best threshold over a column's bins, two bins at a time.

/**
 * Tries every bin in [1, lastBin] as the last one that goes left, `startG` and `startH` (missing values) having gone there. Sums and
 * penalties are in quantized units. Writes gain and bin to `out` as doubles, then the sums that go left; the gain is -Infinity where
 * no threshold leaves `least` hessian, above 0, on both sides. Of equal gains the first bin wins. Bins behind the last one are empty.
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
  lambdaL1: f64,
  lambdaL2: f64,
  out: usize,
): void {
  const total = f64x2.splat(sumG);
  const totalH = f64x2.splat(sumH);
  const fewest = f64x2.splat(least);
  const l1 = f64x2.splat(lambdaL1);
  const l2 = f64x2.splat(lambdaL2);
  const zero = f64x2.splat(0);
  const two = f64x2.splat(2);
  let best = f64x2.splat(-Infinity);
  let bestBin = f64x2.splat(0);
  let bins = f64x2.replace_lane(f64x2.splat(1), 1, 2);
  let leftG = startG;
  let leftH = startH;
  // A pair may reach one bin too far: it is empty, so that its gain is that of the bin before, or the right side is.
  for (let bin = 1; bin <= lastBin; bin += 2) {
    const at = <usize>bin << 2;
    const firstG = leftG + load<i32>(g + at);
    const firstH = leftH + load<i32>(h + at);
    leftG = firstG + load<i32>(g + at, 4);
    leftH = firstH + load<i32>(h + at, 4);
    let lg = f64x2.convert_low_i32x4_s(i32x4.replace_lane(i32x4.splat(firstG), 1, leftG));
    const lh = f64x2.convert_low_i32x4_s(i32x4.replace_lane(i32x4.splat(firstH), 1, leftH));
    let rg = f64x2.sub(total, lg);
    const rh = f64x2.sub(totalH, lh);
    if (lambdaL1 != 0) {
      lg = f64x2.max(f64x2.sub(f64x2.abs(lg), l1), zero);
      rg = f64x2.max(f64x2.sub(f64x2.abs(rg), l1), zero);
    }
    const dl = f64x2.add(lh, l2);
    const dr = f64x2.add(rh, l2);
    // lg^2 / dl + rg^2 / dr with one division
    const gain = f64x2.div(
      f64x2.add(f64x2.mul(f64x2.mul(lg, lg), dr), f64x2.mul(f64x2.mul(rg, rg), dl)),
      f64x2.mul(dl, dr),
    );
    const isEnough = v128.and(f64x2.ge(lh, fewest), f64x2.ge(rh, fewest));
    const isBetter = v128.and(f64x2.gt(gain, best), isEnough);
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
