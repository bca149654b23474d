// The one-sided one-sample distribution of Smirnov, exactly: binomial terms by Loader's saddle-point form ("Fast and accurate
// computation of binomial probabilities", 2000), which keeps its digits where logarithms of factorials would cancel.

/** ln(n!) less Stirling's formula, by n; the asymptotic series from 16 on. */
const SMALL_ERRORS = [
  0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.0118967099458917, 0.0104112652619721, 0.009255462182712733, 0.008330563433362871,
  0.00757367548795184, 0.00694284010720953, 0.006408994188004207, 0.005951370112758848, 0.005554733551962801,
];
/** Terms below the largest by so many powers of e add nothing. */
const NEGLIGIBLE = 45;

/**
 * Chance that the largest excess of an empirical distribution of n values over the true one is at least x.
 * @param n whole, at least 1
 * @param x in [0, 1]
 */
export function smirnovTail(n: number, x: number): number {
  if (x <= 0) return 1;
  if (x >= 1) return 0;
  const last = Math.floor(n * (1 - x));
  let sum = (1 - x) ** n;
  let largest = Number.NEGATIVE_INFINITY;
  for (let v = 1; v <= last; v++) {
    const logTerm = logOfTerm(n, x, v);
    if (logTerm > largest) largest = logTerm;
    else if (logTerm < largest - NEGLIGIBLE && v > n / 2) break;
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** ln of x * C(n, v) * (x + v / n)^(v - 1) * (1 - x - v / n)^(n - v). */
function logOfTerm(n: number, x: number, v: number): number {
  const rest = n - v;
  const share = x + v / n;
  const left = rest - n * x;
  if (rest === 0 || left <= 0) return Number.NEGATIVE_INFINITY;
  const errors = stirlingError(n) - stirlingError(v) - stirlingError(rest);
  const excess = n * x;
  const deviance = excess - v * Math.log1p(excess / v) + (-excess - rest * Math.log1p(-excess / rest));
  return errors - deviance + 0.5 * Math.log(n / (2 * Math.PI * v * rest)) + Math.log(x / share);
}

function stirlingError(n: number): number {
  const small = SMALL_ERRORS[n];
  if (small !== undefined) return small;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}
