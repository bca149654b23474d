// Gains of thresholds from the sums of a histogram. All of a column's bins are compared in single precision, four at a time; the
// gain of the one that is chosen comes in double precision.

/** Sums up to and with each of four lanes. */
@inline
export function runningSums(x: v128): v128 {
  const zero = i32x4.splat(0);
  const pairs = i32x4.add(x, v128.shuffle<i32>(zero, x, 3, 4, 5, 6));
  return i32x4.add(pairs, v128.shuffle<i32>(zero, pairs, 2, 3, 4, 5));
}

@inline
export function lastLane(x: v128): v128 {
  return v128.shuffle<i32>(x, x, 3, 3, 3, 3);
}

/** Gradient sums squared over hessian sums, `l1` and `l2` being penalties in quantized units. */
@inline
export function gains(g: v128, h: v128, l1: v128, l2: v128): v128 {
  const size = v128.and(f32x4.convert_i32x4_s(g), i32x4.splat(0x7fffffff));
  const x = f32x4.pmax(f32x4.sub(size, l1), f32x4.splat(0));
  return f32x4.div(f32x4.mul(x, x), f32x4.add(f32x4.convert_i32x4_s(h), l2));
}

/**
 * What a split gains over none, as `gains` of both sides less that of their sum would be without `l1`, times the weight of both:
 * (gl hr - gr hl)^2 / (hl hr). Both sides weigh something.
 */
@inline
export function gainsOfSplit(leftG: v128, leftH: v128, rightG: v128, rightH: v128, l2: v128): v128 {
  const left = f32x4.add(f32x4.convert_i32x4_s(leftH), l2);
  const right = f32x4.add(f32x4.convert_i32x4_s(rightH), l2);
  const cross = f32x4.sub(
    f32x4.mul(f32x4.convert_i32x4_s(leftG), right),
    f32x4.mul(f32x4.convert_i32x4_s(rightG), left),
  );
  return f32x4.mul(cross, f32x4.div(cross, f32x4.mul(left, right)));
}

/** `gains` of one pair of sums, in double precision; 0 where nothing weighs. */
export function gain(g: i32, h: i32, lambdaL1: f64, lambdaL2: f64): f64 {
  const x = max(abs(<f64>g) - lambdaL1, 0);
  const weight = <f64>h + lambdaL2;
  return weight > 0 ? (x * x) / weight : 0;
}

/** The bin of the largest of four gains, the first of equals; 0 where none is above 0. */
@inline
export function firstOfBest(best: v128, bins: v128): i32 {
  let found = f32x4.extract_lane(best, 0);
  let bin = i32x4.extract_lane(bins, 0);
  for (let lane = 1; lane < 4; lane++) {
    best = v128.shuffle<i32>(best, best, 1, 2, 3, 0);
    bins = v128.shuffle<i32>(bins, bins, 1, 2, 3, 0);
    const other = f32x4.extract_lane(best, 0);
    const otherBin = i32x4.extract_lane(bins, 0);
    if (other < found || (other == found && otherBin > bin)) continue;
    found = other;
    bin = otherBin;
  }
  return found > 0 ? bin : 0;
}

/** Sum of bins [0, last]. */
export function sumBins(bins: usize, last: i32): i32 {
  let four = i32x4.splat(0);
  let bin = 0;
  for (; bin + 3 <= last; bin += 4) four = i32x4.add(four, v128.load(bins + (<usize>bin << 2)));
  const sums = runningSums(four);
  let sum = i32x4.extract_lane(sums, 3);
  for (; bin <= last; bin++) sum += load<i32>(bins + (<usize>bin << 2));
  return sum;
}
