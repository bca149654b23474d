/** Autocorrelations at lags 0 to `nLags`, each sum over all n values (Box and Jenkins); NaN-free values, not all equal. */
export function autocorrelation(values: Float64Array, nLags: number): number[] {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const centred = values.map((value) => value - mean);
  const covariances = Array.from({ length: nLags + 1 }, (_, lag) => {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += (centred[i] as number) * (centred[i - lag] as number);
    return sum;
  });
  const variance = covariances[0] as number;
  return covariances.map((covariance) => (variance > 0 ? covariance / variance : 0));
}

/** Partial autocorrelations from autocorrelations, by the recursion of Durbin and Levinson (Yule-Walker, without adjustment). */
export function partialAutocorrelation(acf: readonly number[]): number[] {
  const partial = [1];
  let coefficients: number[] = [];
  for (let lag = 1; lag < acf.length; lag++) {
    const before = coefficients;
    const numerator = before.reduce((rest, phi, i) => rest - phi * (acf[lag - 1 - i] as number), acf[lag] as number);
    const denominator = before.reduce((rest, phi, i) => rest - phi * (acf[i + 1] as number), 1);
    const last = denominator > 0 ? numerator / denominator : 0;
    coefficients = [...before.map((phi, i) => phi - last * (before[lag - 2 - i] as number)), last];
    partial.push(last);
  }
  return partial;
}
