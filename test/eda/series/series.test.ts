// Autocorrelation by its definition; unit roots and seasons of series that are made to have them.
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import { autocorrelation, partialAutocorrelation } from '../../../src/eda/series/autocorrelation.js';
import { dickeyFuller } from '../../../src/eda/series/dickey-fuller.js';
import { seasonalPeriods } from '../../../src/eda/series/seasonal-periods.js';

function noise(n: number, seed = 1): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => random.normal());
}

/** Each value a share of the one before, and noise. */
function autoregression(share: number, n: number): Float64Array {
  const values = noise(n);
  for (let i = 1; i < n; i++) values[i] = (values[i] as number) + share * (values[i - 1] as number);
  return values;
}

describe('autocorrelation', () => {
  test('is 1 at lag 0 and falls by the share of an autoregression', () => {
    const acf = autocorrelation(autoregression(0.7, 50_000), 5);
    expect(acf[0]).toBe(1);
    for (const [lag, value] of acf.entries()) expect(Math.abs(value - 0.7 ** lag)).toBeLessThan(0.03);
  });

  test('is that share at lag 1 alone where it is partial', () => {
    const pacf = partialAutocorrelation(autocorrelation(autoregression(0.7, 50_000), 6));
    expect(pacf[1]).toBeCloseTo(0.7, 1);
    for (const value of pacf.slice(2)) expect(Math.abs(value)).toBeLessThan(0.03);
  });
});

describe('the Dickey-Fuller test', () => {
  test('finds noise stationary and a random walk not', () => {
    expect(dickeyFuller(noise(2000))?.p).toBeLessThan(0.001);
    expect(dickeyFuller(autoregression(1, 2000))?.p).toBeGreaterThan(0.05);
  });

  test('does not mind units or an offset', () => {
    const values = autoregression(0.9, 500);
    const test = dickeyFuller(values);
    const moved = dickeyFuller(values.map((value) => 1e6 + 1000 * value));
    expect(moved?.lags).toBe(test?.lags);
    expect(moved?.statistic).toBeCloseTo(test?.statistic as number, 5);
  });

  test('has nothing to say of a constant or of three values', () => {
    expect(dickeyFuller(new Float64Array(100).fill(3))).toBeNull();
    expect(dickeyFuller(Float64Array.from([1, 2, 4]))).toBeNull();
  });
});

describe('seasons', () => {
  test.each([7, 24, 365.25])('of %f rows are found under noise and a trend', (period) => {
    const n = 4000;
    const random = createRandom(2);
    const values = Float64Array.from(
      { length: n },
      (_, i) => 3 * Math.sin((2 * Math.PI * i) / period) + i / 500 + random.normal(),
    );
    const [first] = seasonalPeriods(values);
    expect(Math.abs((first?.period ?? 0) / period - 1)).toBeLessThan(0.02);
    expect(first?.share).toBeGreaterThan(0.5);
  });

  test('are not in noise', () => {
    expect(seasonalPeriods(noise(4000)).filter(({ share }) => share > 0.05)).toEqual([]);
  });
});
