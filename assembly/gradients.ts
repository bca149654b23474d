// Gradient and hessian of each row, written as pairs of doubles; `weights` is 0 where every row counts 1.
import { exp2lanes } from './exp';

/**
 * Log loss: p - y and p (1 - p) with p = 1 / (1 + exp(-score)), the score held within +-700. Rows [from, to) with `from` even; raises
 * the pair at `largest` to the largest |gradient| and |hessian|.
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
  let most = v128.load(largest);
  const one = f64x2.splat(1);
  const limit = f64x2.splat(700);
  for (let i = <usize>from; i < <usize>to; i += 2) {
    const s = f64x2.min(f64x2.max(v128.load(scores + (i << 3)), f64x2.neg(limit)), limit);
    const p = f64x2.div(one, f64x2.add(one, exp2lanes(f64x2.neg(s))));
    let g = f64x2.sub(p, v128.load(target + (i << 3)));
    let h = f64x2.mul(p, f64x2.sub(one, p));
    if (weights) {
      const w = v128.load(weights + (i << 3));
      g = f64x2.mul(g, w);
      h = f64x2.mul(h, w);
    }
    const first = v128.shuffle<f64>(g, h, 0, 2);
    const second = v128.shuffle<f64>(g, h, 1, 3);
    v128.store(out + (i << 4), first);
    most = f64x2.max(most, f64x2.abs(first));
    if (i + 1 == <usize>to) break;
    v128.store(out + (i << 4) + 16, second);
    most = f64x2.max(most, f64x2.abs(second));
  }
  v128.store(largest, most);
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
  for (let i = <usize>from; i < <usize>to; i++) most = f64x2.max(most, f64x2.abs(v128.load(gradients + (i << 4))));
  v128.store(largest, most);
}
