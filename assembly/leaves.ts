// Leaf sums from unrounded gradients, and scores moved by leaf values: rows in order, each with the number of its leaf, because
// rows of a leaf lie far apart.

/** leafOf[row] = leaf for the listed rows. */
export function markRows(rows: usize, count: i32, leaf: u32, leafOf: usize): void {
  const end = rows + (<usize>count << 2);
  for (let at = rows; at < end; at += 4) store<u32>(leafOf + ((<usize>load<u32>(at)) << 2), leaf);
}

/**
 * Adds gradient and hessian of rows [from, to) to their leaf's pair of doubles at `sums`, as integers of `scale`, exact in doubles and
 * so the same in any order.
 */
export function sumByLeaf(
  gradients: usize,
  leafOf: usize,
  from: i32,
  to: i32,
  scaleG: f64,
  scaleH: f64,
  sums: usize,
): void {
  const scale = f64x2.replace_lane(f64x2.splat(scaleG), 1, scaleH);
  const half = f64x2.splat(0.5);
  for (let i = <usize>from; i < <usize>to; i++) {
    const steps = f64x2.floor(f64x2.add(f64x2.mul(v128.load(gradients + (i << 4)), scale), half));
    const sum = sums + ((<usize>load<u32>(leafOf + (i << 2))) << 4);
    v128.store(sum, f64x2.add(v128.load(sum), steps));
  }
}

/** scores[row] += values[leafOf[row]] for rows [from, to). */
export function addByLeaf(scores: usize, leafOf: usize, from: i32, to: i32, values: usize): void {
  for (let i = <usize>from; i < <usize>to; i++) {
    const score = scores + (i << 3);
    const value = load<f64>(values + ((<usize>load<u32>(leafOf + (i << 2))) << 3));
    store<f64>(score, load<f64>(score) + value);
  }
}
