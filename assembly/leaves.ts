// Leaf sums from unrounded gradients, and scores moved by leaf values.

/**
 * Sums gradient and hessian of the listed rows as integers of `scale`, exact in doubles and so the same in any order; writes two
 * doubles to `out`.
 */
export function sumRows(gradients: usize, rows: usize, count: i32, scaleG: f64, scaleH: f64, out: usize): void {
  const scale = f64x2.replace_lane(f64x2.splat(scaleG), 1, scaleH);
  const half = f64x2.splat(0.5);
  const end = rows + (<usize>count << 2);
  let sum = f64x2.splat(0);
  for (let at = rows; at < end; at += 4) {
    const pair = v128.load(gradients + ((<usize>load<u32>(at)) << 4));
    sum = f64x2.add(sum, f64x2.floor(f64x2.add(f64x2.mul(pair, scale), half)));
  }
  v128.store(out, sum);
}

/** scores[row] += value for the listed rows. */
export function addToScores(scores: usize, rows: usize, count: i32, value: f64): void {
  const end = rows + (<usize>count << 2);
  for (let at = rows; at < end; at += 4) {
    const p = scores + ((<usize>load<u32>(at)) << 3);
    store<f64>(p, load<f64>(p) + value);
  }
}
