// The exact two-sample distribution of Kolmogorov and Smirnov: the share of lattice paths from (0, 0) to (n1, n2) that leave a band
// around the diagonal (Hodges, "The significance probability of the Smirnov two-sample test", 1958).

/**
 * Chance of a distance of at least `distance` between the empirical distributions of two samples of one population.
 * @param n1 sample sizes, at least 1; time grows with their product times the distance
 * @param distance in [0, 1], a multiple of 1 / lcm(n1, n2) but for rounding
 */
export function twoSamplePaths(n1: number, n2: number, distance: number): number {
  const divisor = greatestCommonDivisor(n1, n2);
  const steps = Math.round(distance * (n1 / divisor) * n2);
  if (steps === 0) return 1;
  if (n1 === n2) return outsideSquare(n1, steps);
  return Math.min(1, outsideBand(Math.max(n1, n2), Math.min(n1, n2), steps, divisor));
}

/** By reflection, as a product of terms that do not cancel. */
function outsideSquare(n: number, steps: number): number {
  let chance = 0;
  for (let k = Math.floor(n / steps); k >= 0; k--) {
    let term = 1;
    for (let j = 0; j < steps; j++) term *= (n - k * steps - j) / (n + k * steps + j + 1);
    chance = term * (1 - chance);
  }
  return Math.min(1, 2 * chance);
}

/** Chances of having been outside, column by column, of the points inside the band; a point outside has chance 1. */
function outsideBand(m: number, n: number, steps: number, divisor: number): number {
  const across = n / divisor;
  const up = m / divisor;
  const chances = new Float64Array(n + 1).fill(1);
  chances.fill(0, 0, Math.min(Math.ceil(steps / up), n + 1));
  for (let i = 1; i <= m; i++) {
    const from = Math.min(Math.max(Math.floor((across * i - steps) / up) + 1, 0), n);
    const to = Math.min(Math.ceil((across * i + steps) / up), n + 1);
    if (to <= from) return 1;
    let below = from === 0 ? 0 : 1;
    for (let j = from; j < to; j++) {
      below = ((chances[j] as number) * i + below * j) / (i + j);
      chances[j] = below;
    }
    if (from > 0) chances[from - 1] = 1;
  }
  return chances[n] as number;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
