// The best threshold for all leaves of a level at once, by each numeric column: gains of the leaves added up.
import { firstOfBest, gain, gains, lastLane, runningSums, sumBins } from './gain';

/**
 * Searches columns [from, to) over `nLeaves` leaves, each three doubles at `leaves`: address of its plane of gradients, which its
 * plane of hessians follows `planeBytes` behind, and its two sums. `columns` holds two integers a column: its bins, and 1 where
 * values are missing. Gains, of which those of empty sides are 0, bins and sides go to 64 bytes a column at `out` as in
 * `searchBins`; `scratch` has room for 512 floats.
 */
export function searchLevel(
  leaves: usize,
  nLeaves: i32,
  planeBytes: i32,
  columns: usize,
  allowed: usize,
  from: i32,
  to: i32,
  lambdaL1: f64,
  lambdaL2: f64,
  gainUnit: f64,
  scratch: usize,
  out: usize,
): void {
  const end = leaves + <usize>nLeaves * 24;
  for (let column = <usize>from; column < <usize>to; column++) {
    const place = out + (column << 6);
    const nBins = load<i32>(columns + (column << 3));
    const hasMissing = load<i32>(columns + (column << 3), 4) != 0;
    store<f64>(place, -Infinity);
    if (nBins < 2 || !load<u8>(allowed + column)) continue;
    memory.fill(scratch, 0, 2048);
    for (let leaf = leaves; leaf < end; leaf += 24) {
      const sumG = <i32>load<f64>(leaf, 8);
      const sumH = <i32>load<f64>(leaf, 16);
      if (sumH <= 0) continue;
      const g = <usize>load<f64>(leaf) + (column << 10);
      const h = g + <usize>planeBytes;
      addGains(g, h, nBins, -load<i32>(g), -load<i32>(h), sumG, sumH, <f32>lambdaL1, <f32>lambdaL2, scratch);
      if (!hasMissing) continue;
      addGains(g, h, nBins, 0, 0, sumG, sumH, <f32>lambdaL1, <f32>lambdaL2, scratch + 1024);
    }
    const away = bestOf(scratch, nBins, hasMissing ? nBins - 1 : nBins - 2);
    if (away > 0) take(leaves, end, column, planeBytes, away, false, lambdaL1, lambdaL2, gainUnit, place);
    const beside = hasMissing ? bestOf(scratch + 1024, nBins, nBins - 2) : 0;
    if (beside > 0) take(leaves, end, column, planeBytes, beside, true, lambdaL1, lambdaL2, gainUnit, place);
  }
}

/** Adds a leaf's gains by threshold to 256 floats, `startG` and `startH` being left of bin 0, which holds missing values. */
function addGains(
  g: usize,
  h: usize,
  nBins: i32,
  startG: i32,
  startH: i32,
  sumG: i32,
  sumH: i32,
  lambdaL1: f32,
  lambdaL2: f32,
  sums: usize,
): void {
  const totalG = i32x4.splat(sumG);
  const totalH = i32x4.splat(sumH);
  const l1 = f32x4.splat(lambdaL1);
  const l2 = f32x4.splat(lambdaL2);
  const end = g + (<usize>nBins << 2);
  let leftG = i32x4.splat(startG);
  let leftH = i32x4.splat(startH);
  for (; g < end; g += 16) {
    leftG = i32x4.add(runningSums(v128.load(g)), leftG);
    leftH = i32x4.add(runningSums(v128.load(h)), leftH);
    const left = orZero(gains(leftG, leftH, l1, l2));
    const right = orZero(gains(i32x4.sub(totalG, leftG), i32x4.sub(totalH, leftH), l1, l2));
    v128.store(sums, f32x4.add(v128.load(sums), f32x4.add(left, right)));
    leftG = lastLane(leftG);
    leftH = lastLane(leftH);
    h += 16;
    sums += 16;
  }
}

/** 0 where nothing weighs, so that a division by 0 left no finite number. */
@inline
function orZero(x: v128): v128 {
  return v128.and(x, f32x4.lt(x, f32x4.splat(Infinity)));
}

/** The bin in [1, last] with the largest sum above 0, the first of equals; 0 where there is none. */
function bestOf(sums: usize, nBins: i32, last: i32): i32 {
  const zero = i32x4.splat(0);
  const behind = i32x4.splat(last + 1);
  const end = <usize>nBins << 2;
  let bins = i32x4(0, 1, 2, 3);
  let best = f32x4.splat(0);
  let bestBins = zero;
  for (let at: usize = 0; at < end; at += 16) {
    const isValid = v128.and(i32x4.gt_s(bins, zero), i32x4.gt_s(behind, bins));
    const sum = v128.and(v128.load(sums + at), isValid);
    bestBins = v128.bitselect(bins, bestBins, f32x4.gt(sum, best));
    best = f32x4.pmax(best, sum);
    bins = i32x4.add(bins, i32x4.splat(4));
  }
  return firstOfBest(best, bestBins);
}

/** Keeps a test where it gains more over all leaves than what is kept. */
function take(
  leaves: usize,
  end: usize,
  column: usize,
  planeBytes: i32,
  bin: i32,
  missingLeft: bool,
  lambdaL1: f64,
  lambdaL2: f64,
  gainUnit: f64,
  out: usize,
): void {
  let sum: f64 = 0;
  for (let leaf = leaves; leaf < end; leaf += 24) {
    const sumG = <i32>load<f64>(leaf, 8);
    const sumH = <i32>load<f64>(leaf, 16);
    if (sumH <= 0) continue;
    const g = <usize>load<f64>(leaf) + (column << 10);
    const h = g + <usize>planeBytes;
    const leftG = sumBins(g, bin) - (missingLeft ? 0 : load<i32>(g));
    const leftH = sumBins(h, bin) - (missingLeft ? 0 : load<i32>(h));
    sum += gain(leftG, leftH, lambdaL1, lambdaL2) + gain(sumG - leftG, sumH - leftH, lambdaL1, lambdaL2);
  }
  if (sum * gainUnit <= load<f64>(out)) return;
  store<f64>(out, sum * gainUnit);
  store<f64>(out, <f64>bin, 8);
  store<f64>(out, missingLeft ? 1 : 0, 16);
}
