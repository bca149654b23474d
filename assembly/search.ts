// The best threshold of a leaf by each of its numeric columns, trying missing values on either side (as XGBoost and LightGBM learn
// directions). Four columns at a time, one a lane: sums run down the bins of all four at once.
import { gain, gains, gainsOfSplit, sumBins } from './gain';

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
  const l1 = <f32>lambdaL1;
  const l2 = <f32>lambdaL2;
  for (let column = from; column < to; column += 4) {
    const nLanes = min(to - column, 4);
    let nBins = 0;
    for (let lane = 0; lane < nLanes; lane++) {
      const index = <usize>(column + lane);
      store<f64>(out + (index << 6), -Infinity);
      if (load<u8>(allowed + index)) nBins = max(nBins, load<i32>(columns + (index << 3)));
    }
    if (nBins < 2) continue;
    const first = g + (<usize>column << 10);
    const toH = h - g;
    const missingG = firstBins(first, nLanes);
    const missingH = firstBins(first + toH, nLanes);
    const isThere = v128.any_true(v128.or(missingG, missingH));
    const none = i32x4.splat(0);
    let away = bestBins(first, toH, nLanes, nBins, i32x4.neg(missingG), i32x4.neg(missingH), sumG, sumH, least, l1, l2);
    let beside = isThere ? bestBins(first, toH, nLanes, nBins, none, none, sumG, sumH, least, l1, l2) : none;
    for (let lane = 0; lane < nLanes; lane++) {
      const index = <usize>(column + lane);
      if (load<u8>(allowed + index) && load<i32>(columns + (index << 3)) > 1) {
        const at = first + (<usize>lane << 10);
        const place = out + (index << 6);
        takeBest(at, at + toH, i32x4.extract_lane(away, 0), i32x4.extract_lane(beside, 0), sumG, sumH, lambdaL1, lambdaL2, gainUnit, place);
      }
      away = nextLane(away);
      beside = nextLane(beside);
    }
  }
}

@inline
function nextLane(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 1, 2, 3, 0);
}

/** Bin 0 of each of `nLanes` columns; of the last one in the lanes behind. */
function firstBins(first: usize, nLanes: i32): v128 {
  const last = nLanes - 1;
  return i32x4(
    load<i32>(first),
    load<i32>(first + (<usize>min(last, 1) << 10)),
    load<i32>(first + (<usize>min(last, 2) << 10)),
    load<i32>(first + (<usize>last << 10)),
  );
}

/**
 * The bin of each lane's best threshold where `startG` and `startH` are left of bin 0, which holds missing values; 0 where there is
 * none. Lanes behind the last column are copies of it. A column may have fewer bins than `nBins`: those behind are empty, and gain what
 * the one before gains.
 */
function bestBins(
  first: usize,
  toH: usize,
  nLanes: i32,
  nBins: i32,
  startG: v128,
  startH: v128,
  sumG: i32,
  sumH: i32,
  least: i32,
  lambdaL1: f32,
  lambdaL2: f32,
): v128 {
  const last = nLanes - 1;
  const second = <usize>min(last, 1) << 10;
  const third = <usize>min(last, 2) << 10;
  const fourth = <usize>last << 10;
  const totalG = i32x4.splat(sumG);
  const totalH = i32x4.splat(sumH);
  const tooFew = i32x4.splat(least - 1);
  const tooMany = i32x4.splat(sumH - least + 1);
  const l1 = f32x4.splat(lambdaL1);
  const l2 = f32x4.splat(lambdaL2);
  const isPlain = lambdaL1 == 0;
  const one = i32x4.splat(1);
  const end = first + (<usize>nBins << 2);
  let leftG = startG;
  let leftH = startH;
  let bins = i32x4.splat(0);
  let best = f32x4.splat(0);
  let bestBins = i32x4.splat(0);
  let found = best;
  for (let at = first; at < end; at += 16) {
    const g01 = firstHalves(v128.load(at), v128.load(at + second));
    const g23 = firstHalves(v128.load(at + third), v128.load(at + fourth));
    const h01 = firstHalves(v128.load(at + toH), v128.load(at + toH + second));
    const h23 = firstHalves(v128.load(at + toH + third), v128.load(at + toH + fourth));
    leftG = i32x4.add(leftG, firstQuarters(g01, g23));
    leftH = i32x4.add(leftH, firstQuarters(h01, h23));
    // Bin 0 alone would send only missing values left, which is the same as only them right.
    if (at > first) {
      found = gainsIfAllowed(leftG, leftH, totalG, totalH, tooFew, tooMany, l1, l2, isPlain);
      bestBins = v128.bitselect(bins, bestBins, f32x4.gt(found, best));
      best = f32x4.pmax(best, found);
    }
    bins = i32x4.add(bins, one);
    leftG = i32x4.add(leftG, secondQuarters(g01, g23));
    leftH = i32x4.add(leftH, secondQuarters(h01, h23));
    found = gainsIfAllowed(leftG, leftH, totalG, totalH, tooFew, tooMany, l1, l2, isPlain);
    bestBins = v128.bitselect(bins, bestBins, f32x4.gt(found, best));
    best = f32x4.pmax(best, found);
    const gLast01 = lastHalves(v128.load(at), v128.load(at + second));
    const gLast23 = lastHalves(v128.load(at + third), v128.load(at + fourth));
    const hLast01 = lastHalves(v128.load(at + toH), v128.load(at + toH + second));
    const hLast23 = lastHalves(v128.load(at + toH + third), v128.load(at + toH + fourth));
    bins = i32x4.add(bins, one);
    leftG = i32x4.add(leftG, firstQuarters(gLast01, gLast23));
    leftH = i32x4.add(leftH, firstQuarters(hLast01, hLast23));
    found = gainsIfAllowed(leftG, leftH, totalG, totalH, tooFew, tooMany, l1, l2, isPlain);
    bestBins = v128.bitselect(bins, bestBins, f32x4.gt(found, best));
    best = f32x4.pmax(best, found);
    bins = i32x4.add(bins, one);
    leftG = i32x4.add(leftG, secondQuarters(gLast01, gLast23));
    leftH = i32x4.add(leftH, secondQuarters(hLast01, hLast23));
    found = gainsIfAllowed(leftG, leftH, totalG, totalH, tooFew, tooMany, l1, l2, isPlain);
    bestBins = v128.bitselect(bins, bestBins, f32x4.gt(found, best));
    best = f32x4.pmax(best, found);
    bins = i32x4.add(bins, one);
  }
  return bestBins;
}

/** Gains of four thresholds, 0 where a side weighs too little. */
@inline
function gainsIfAllowed(
  leftG: v128,
  leftH: v128,
  totalG: v128,
  totalH: v128,
  tooFew: v128,
  tooMany: v128,
  l1: v128,
  l2: v128,
  isPlain: bool,
): v128 {
  const rightG = i32x4.sub(totalG, leftG);
  const rightH = i32x4.sub(totalH, leftH);
  const both = isPlain
    ? gainsOfSplit(leftG, leftH, rightG, rightH, l2)
    : f32x4.add(gains(leftG, leftH, l1, l2), gains(rightG, rightH, l1, l2));
  return v128.and(both, v128.and(i32x4.gt_s(leftH, tooFew), i32x4.gt_s(tooMany, leftH)));
}

@inline
function firstHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

@inline
function lastHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}

@inline
function firstQuarters(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 1, 4, 5);
}

@inline
function secondQuarters(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 3, 6, 7);
}

/** Keeps the better of a column's two thresholds: missing values right of bin `away`, or left with those up to bin `beside`. */
function takeBest(
  g: usize,
  h: usize,
  away: i32,
  beside: i32,
  sumG: i32,
  sumH: i32,
  lambdaL1: f64,
  lambdaL2: f64,
  gainUnit: f64,
  out: usize,
): void {
  const missingG = load<i32>(g);
  const missingH = load<i32>(h);
  const hasMissing = (missingG | missingH) != 0;
  if (away > 0) {
    const leftG = sumBins(g, away) - missingG;
    const leftH = sumBins(h, away) - missingH;
    const isLeft = hasMissing ? false : 2 * <f64>leftH >= <f64>sumH;
    take(leftG, leftH, sumG, sumH, away, isLeft, lambdaL1, lambdaL2, gainUnit, out);
  }
  if (!hasMissing || beside == 0) return;
  take(sumBins(g, beside), sumBins(h, beside), sumG, sumH, beside, true, lambdaL1, lambdaL2, gainUnit, out);
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
