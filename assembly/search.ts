// The best threshold of a leaf by each of its numeric columns, trying missing values on either side (as XGBoost and LightGBM learn
// directions).
import { firstOfBest, gain, gains, lastLane, runningSums, sumBins } from './gain';

/**
 * Searches columns [from, to) of a leaf with planes of 256 bins a column at `g` and `h`. `columns` holds two integers a column, the
 * first being its bins (columns with fewer than two are left out), `allowed` a byte. Writes to 64 bytes a column at `out`, as
 * doubles: gain times `gainUnit` (-Infinity where no threshold leaves `least` hessian, above 0, on both sides), last bin that goes
 * left, 1 where missing values do, and the sums that go left. Sums and penalties are in quantized units. Of equal gains missing
 * values to the right win, then the first bin.
 */
export function searchBins(
  g: usize,
  h: usize,
  columns: usize,
  allowed: usize,
  from: i32,
  to: i32,
  sumG: i32,
  sumH: i32,
  least: i32,
  lambdaL1: f64,
  lambdaL2: f64,
  gainUnit: f64,
  out: usize,
): void {
  for (let column = <usize>from; column < <usize>to; column++) {
    const place = out + (column << 6);
    const nBins = load<i32>(columns + (column << 3));
    store<f64>(place, -Infinity);
    if (nBins < 2 || !load<u8>(allowed + column)) continue;
    searchColumn(g + (column << 10), h + (column << 10), nBins, sumG, sumH, least, lambdaL1, lambdaL2, gainUnit, place);
  }
}

function searchColumn(
  g: usize,
  h: usize,
  nBins: i32,
  sumG: i32,
  sumH: i32,
  least: i32,
  lambdaL1: f64,
  lambdaL2: f64,
  gainUnit: f64,
  out: usize,
): void {
  const missingG = load<i32>(g);
  const missingH = load<i32>(h);
  const hasMissing = (missingG | missingH) != 0;
  const away = bestBin(g, h, nBins, -missingG, -missingH, sumG, sumH, least, <f32>lambdaL1, <f32>lambdaL2);
  if (away > 0) {
    const leftG = sumBins(g, away) - missingG;
    const leftH = sumBins(h, away) - missingH;
    const isLeft = hasMissing ? false : 2 * <f64>leftH >= <f64>sumH;
    take(leftG, leftH, sumG, sumH, away, isLeft, lambdaL1, lambdaL2, gainUnit, out);
  }
  if (!hasMissing) return;
  const beside = bestBin(g, h, nBins, 0, 0, sumG, sumH, least, <f32>lambdaL1, <f32>lambdaL2);
  if (beside > 0) {
    take(sumBins(g, beside), sumBins(h, beside), sumG, sumH, beside, true, lambdaL1, lambdaL2, gainUnit, out);
  }
}

/** The best threshold where `startG` and `startH` are left of bin 0, which holds missing values; 0 where there is none. */
function bestBin(
  g: usize,
  h: usize,
  nBins: i32,
  startG: i32,
  startH: i32,
  sumG: i32,
  sumH: i32,
  least: i32,
  lambdaL1: f32,
  lambdaL2: f32,
): i32 {
  const totalG = i32x4.splat(sumG);
  const totalH = i32x4.splat(sumH);
  const tooFew = i32x4.splat(least - 1);
  const tooMany = i32x4.splat(sumH - least + 1);
  const l1 = f32x4.splat(lambdaL1);
  const l2 = f32x4.splat(lambdaL2);
  const zero = i32x4.splat(0);
  const end = g + (<usize>nBins << 2);
  let leftG = i32x4.splat(startG);
  let leftH = i32x4.splat(startH);
  let bins = i32x4(0, 1, 2, 3);
  let best = f32x4.splat(0);
  let bestBins = zero;
  // The last four may reach beyond the column's bins: those are empty, and gain what the one before gains.
  for (; g < end; g += 16) {
    leftG = i32x4.add(runningSums(v128.load(g)), leftG);
    leftH = i32x4.add(runningSums(v128.load(h)), leftH);
    const both = f32x4.add(
      gains(leftG, leftH, l1, l2),
      gains(i32x4.sub(totalG, leftG), i32x4.sub(totalH, leftH), l1, l2),
    );
    // Bin 0 alone would send only missing values left, which is the same as only them right.
    const isAllowed = v128.and(
      v128.and(i32x4.gt_s(leftH, tooFew), i32x4.gt_s(tooMany, leftH)),
      i32x4.gt_s(bins, zero),
    );
    const found = v128.and(both, isAllowed);
    bestBins = v128.bitselect(bins, bestBins, f32x4.gt(found, best));
    best = f32x4.pmax(best, found);
    bins = i32x4.add(bins, i32x4.splat(4));
    leftG = lastLane(leftG);
    leftH = lastLane(leftH);
    h += 16;
  }
  return firstOfBest(best, bestBins);
}

/** Keeps a threshold where it gains more than what is kept. */
function take(
  leftG: i32,
  leftH: i32,
  sumG: i32,
  sumH: i32,
  bin: i32,
  missingLeft: bool,
  lambdaL1: f64,
  lambdaL2: f64,
  gainUnit: f64,
  out: usize,
): void {
  const both = gain(leftG, leftH, lambdaL1, lambdaL2) + gain(sumG - leftG, sumH - leftH, lambdaL1, lambdaL2);
  if (both * gainUnit <= load<f64>(out)) return;
  store<f64>(out, both * gainUnit);
  store<f64>(out, <f64>bin, 8);
  store<f64>(out, missingLeft ? 1 : 0, 16);
  store<f64>(out, <f64>leftG, 24);
  store<f64>(out, <f64>leftH, 32);
}
