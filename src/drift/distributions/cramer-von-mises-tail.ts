// The limiting distribution of the Cramér-von Mises statistic (Csörgő and Faraway, "The exact and asymptotic distributions of
// Cramér-von Mises statistics", 1996, equation 1.3).

const SMALLEST_TERM = 1e-16;
const STEP = 1 / 32;

/** Chance of a statistic at least so large, in [0, 1]; to about 1e-13. */
export function cramerVonMisesTail(statistic: number): number {
  // Below it the distribution is under 2e-18.
  if (statistic < 0.003) return 1;
  let sum = 0;
  let gammaRatio = Math.sqrt(Math.PI);
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * statistic);
    const term = (gammaRatio * Math.sqrt(y) * besselQuarter(q)) / (Math.PI ** 1.5 * Math.sqrt(statistic));
    sum += term;
    if (term < SMALLEST_TERM) return Math.max(0, 1 - sum);
    gammaRatio *= (k + 0.5) / (k + 1);
  }
}

/** exp(-q) times the modified Bessel function K of order 1/4, by the trapezoidal rule, which converges exponentially here. */
function besselQuarter(q: number): number {
  let sum = 0.5 * Math.exp(-2 * q);
  for (let t = STEP; ; t += STEP) {
    const term = Math.exp(-q * (1 + Math.cosh(t))) * Math.cosh(t / 4);
    sum += term;
    if (term < SMALLEST_TERM * sum) return STEP * sum;
  }
}
