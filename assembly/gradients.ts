// Gradient and hessian of each row, written as pairs of doubles; `weights` is 0 where every row counts 1.
import { exp4lanes } from './exp';

/**
 * Log loss: p - y and p (1 - p) with p = 1 / (1 + exp(-score)), in single precision, of which rounding to levels keeps less. Raises
 * the pair at `largest` to the largest |gradient| and |hessian| of rows [from, to).
 */
export function binaryGradients(
  scores: usize,
  target: usize,
  weights: usize,
  out: usize,
  from: i32,
  to: i32,
  largest: usize,
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let most = v128.load(largest);
  for (let i = from; i < to; i += 4) {
    const at = <usize>i << 3;
    const score = fourFloats(scores + at);
    const y = fourFloats(target + at);
    // With e = exp(-|score|) both p and 1 - p keep their relative precision.
    const e = exp4lanes(f32x4.pmax(f32x4.neg(f32x4.abs(score)), f32x4.splat(-80)));
    const large = f32x4.div(one, f32x4.add(one, e));
    const small = f32x4.mul(e, large);
    const isPositive = f32x4.ge(score, zero);
    const p = v128.bitselect(large, small, isPositive);
    const q = v128.bitselect(small, large, isPositive);
    const g = f32x4.sub(f32x4.mul(p, f32x4.sub(one, y)), f32x4.mul(q, y));
    const h = f32x4.mul(p, q);
    const first = v128.shuffle<f32>(g, h, 0, 4, 1, 5);
    const second = v128.shuffle<f32>(g, h, 2, 6, 3, 7);
    const pair = out + (at << 1);
    const weight = weights && weights + at;
    most = storePair(pair, f64x2.promote_low_f32x4(first), weight, most);
    if (i + 1 < to) most = storePair(pair + 16, f64x2.promote_low_f32x4(upperHalf(first)), weight && weight + 8, most);
    if (i + 2 < to) most = storePair(pair + 32, f64x2.promote_low_f32x4(second), weight && weight + 16, most);
    if (i + 3 < to) most = storePair(pair + 48, f64x2.promote_low_f32x4(upperHalf(second)), weight && weight + 24, most);
  }
  v128.store(largest, most);
}

@inline
function fourFloats(at: usize): v128 {
  const low = f32x4.demote_f64x2_zero(v128.load(at));
  const high = f32x4.demote_f64x2_zero(v128.load(at, 16));
  return v128.shuffle<f64>(low, high, 0, 2);
}

@inline
function upperHalf(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 1);
}

/** Stores a pair, times the weight where there are weights; returns the larger of its sizes and `most`. */
@inline
function storePair(at: usize, pair: v128, weight: usize, most: v128): v128 {
  const weighted = weight ? f64x2.mul(pair, v128.load64_splat(weight)) : pair;
  v128.store(at, weighted);
  return f64x2.pmax(most, f64x2.abs(weighted));
}

/** Squared error: score - y and 1; `largest` as above. */
export function squaredGradients(
  scores: usize,
  target: usize,
  weights: usize,
  out: usize,
  from: i32,
  to: i32,
  largest: usize,
): void {
  for (let i = <usize>from; i < <usize>to; i++) {
    const w = weights ? load<f64>(weights + (i << 3)) : 1;
    store<f64>(out + (i << 4), (load<f64>(scores + (i << 3)) - load<f64>(target + (i << 3))) * w);
    store<f64>(out + (i << 4) + 8, w);
  }
  extent(out, from, to, largest);
}

/** Raises the pair at `largest` to the largest |gradient| and |hessian| of rows [from, to). */
export function extent(gradients: usize, from: i32, to: i32, largest: usize): void {
  let most = v128.load(largest);
  for (let i = <usize>from; i < <usize>to; i++) most = f64x2.pmax(most, f64x2.abs(v128.load(gradients + (i << 4))));
  v128.store(largest, most);
}
