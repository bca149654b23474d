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
  const totalG = i32x4.splat(sumG);
  const totalH = i32x4.splat(sumH);
  const tooFew = i32x4.splat(least - 1);
  const l1 = f32x4.splat(<f32>lambdaL1);
  const l2 = f32x4.splat(<f32>lambdaL2);
  const hasL1 = lambdaL1 != 0;
  const missingG = i32x4.splat(load<i32>(g));
  const missingH = i32x4.splat(load<i32>(h));
  const hasMissing = (load<i32>(g) | load<i32>(h)) != 0;
  const end = <usize>nBins << 2;
  let bins = i32x4(0, 1, 2, 3);
  let leftG = i32x4.splat(0);
  let leftH = i32x4.splat(0);
  let bestAway = f32x4.splat(0);
  let bestWith = f32x4.splat(0);
  let binAway = i32x4.splat(0);
  let binWith = i32x4.splat(0);
  // The last four may reach beyond the column's bins: those are empty, and gain what the one before gains.
  for (let at: usize = 0; at < end; at += 16) {
    const withG = i32x4.add(runningSums(v128.load(g + at)), leftG);
    const withH = i32x4.add(runningSums(v128.load(h + at)), leftH);
    leftG = lastLane(withG);
    leftH = lastLane(withH);
    const awayG = i32x4.sub(withG, missingG);
    const awayH = i32x4.sub(withH, missingH);
    let rightH = i32x4.sub(totalH, awayH);
    let both = f32x4.add(
      gains(awayG, awayH, l1, l2, hasL1),
      gains(i32x4.sub(totalG, awayG), rightH, l1, l2, hasL1),
    );
    let isEnough = v128.and(i32x4.gt_s(awayH, tooFew), i32x4.gt_s(rightH, tooFew));
    both = v128.and(both, isEnough);
    binAway = v128.bitselect(bins, binAway, f32x4.gt(both, bestAway));
    bestAway = f32x4.pmax(bestAway, both);
    if (hasMissing) {
      rightH = i32x4.sub(totalH, withH);
      both = f32x4.add(
        gains(withG, withH, l1, l2, hasL1),
        gains(i32x4.sub(totalG, withG), rightH, l1, l2, hasL1),
      );
      isEnough = v128.and(i32x4.gt_s(withH, tooFew), i32x4.gt_s(rightH, tooFew));
      // Bin 0 alone would send only missing values left: the other side has that split.
      both = v128.and(v128.and(both, isEnough), i32x4.gt_s(bins, i32x4.splat(0)));
      binWith = v128.bitselect(bins, binWith, f32x4.gt(both, bestWith));
      bestWith = f32x4.pmax(bestWith, both);
    }
    bins = i32x4.add(bins, i32x4.splat(4));
  }
  const away = firstOfBest(bestAway, binAway);
  if (away > 0) {
    const awayG = sumBins(g, away) - load<i32>(g);
    const awayH = sumBins(h, away) - load<i32>(h);
    const isLeft = hasMissing ? false : 2 * <f64>awayH >= <f64>sumH;
    take(awayG, awayH, sumG, sumH, away, isLeft, lambdaL1, lambdaL2, gainUnit, out);
  }
  const beside = firstOfBest(bestWith, binWith);
  if (beside > 0) {
    take(sumBins(g, beside), sumBins(h, beside), sumG, sumH, beside, true, lambdaL1, lambdaL2, gainUnit, out);
  }
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
