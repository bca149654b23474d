// Periods that stand out in the spectrum of a series: its trend is taken out, Hann's window laid over it, and the power of the fast
// Fourier transform (Cooley and Tukey, 1965) summed over each peak.
import type { SeriesStatistics } from '../column-profile-types.js';

const MAX_PERIODS = 3;
/** A season comes back so many times at least. */
const MIN_CYCLES = 3;
/** A peak stands so far above the power around it. */
const PROMINENCE = 4;
const MIN_SHARE = 0.02;
const NEIGHBOURHOOD = 10;

/** The strongest periods, in rows, with their share of the power. */
export function seasonalPeriods(values: Float64Array): SeriesStatistics['periods'] {
  const n = values.length;
  const power = spectrum(values);
  const size = 2 * power.length;
  const lobe = Math.max(2, Math.ceil((2 * size) / n));
  const total = power.reduce((sum, value) => sum + value, 0);
  const found: { period: number; share: number }[] = [];
  const left = power.slice();
  left.fill(0, 0, Math.ceil((MIN_CYCLES * size) / n));
  while (total > 0 && found.length < MAX_PERIODS) {
    const peak = left.reduce((best, value, k) => (value > (left[best] as number) ? k : best), 0);
    const height = left[peak] as number;
    if (height <= 0) break;
    const share = sumAround(left, peak, lobe) / total;
    const around = sumAround(power, peak, NEIGHBOURHOOD * lobe) - sumAround(power, peak, lobe);
    const isPeak = height > (PROMINENCE * around) / (2 * (NEIGHBOURHOOD - 1) * lobe);
    if (share < MIN_SHARE) break;
    if (isPeak) found.push({ period: size / (peak + offset(power, peak)), share });
    left.fill(0, Math.max(0, peak - lobe), peak + lobe + 1);
  }
  return found;
}

function sumAround(power: Float64Array, peak: number, reach: number): number {
  return power.subarray(Math.max(0, peak - reach), peak + reach + 1).reduce((sum, value) => sum + value, 0);
}

/** Where between bins the peak is, by the parabola through three. */
function offset(power: Float64Array, peak: number): number {
  const before = power[peak - 1] ?? 0;
  const at = power[peak] as number;
  const after = power[peak + 1] ?? 0;
  const bend = before - 2 * at + after;
  return bend < 0 ? (0.5 * (before - after)) / bend : 0;
}

/** Power at the frequencies k / size, k below half the size, a power of two. */
function spectrum(values: Float64Array): Float64Array {
  const n = values.length;
  const size = 2 ** Math.ceil(Math.log2(n));
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  const rise = values.reduce((sum, value, i) => sum + (value - mean) * (i - middle), 0);
  const slope = rise / ((n * (n * n - 1)) / 12);
  for (let i = 0; i < n; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / n);
    real[i] = ((values[i] as number) - mean - slope * (i - middle)) * window;
  }
  transform(real, imaginary);
  return new Float64Array(size / 2).map((_, k) => (real[k] as number) ** 2 + (imaginary[k] as number) ** 2);
}

/** In place; the length is a power of two. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(real, i, j);
      swap(imaginary, i, j);
    }
  }
  for (let length = 2; length <= n; length *= 2) {
    for (let k = 0; k < length / 2; k++) {
      const angle = (-2 * Math.PI * k) / length;
      butterflies(real, imaginary, { length, k, cos: Math.cos(angle), sin: Math.sin(angle) });
    }
  }
}

interface Butterfly {
  readonly length: number;
  readonly k: number;
  readonly cos: number;
  readonly sin: number;
}

function butterflies(real: Float64Array, imaginary: Float64Array, { length, k, cos, sin }: Butterfly): void {
  for (let a = k; a < real.length; a += length) {
    const b = a + length / 2;
    const x = (real[b] as number) * cos - (imaginary[b] as number) * sin;
    const y = (real[b] as number) * sin + (imaginary[b] as number) * cos;
    real[b] = (real[a] as number) - x;
    imaginary[b] = (imaginary[a] as number) - y;
    real[a] = (real[a] as number) + x;
    imaginary[a] = (imaginary[a] as number) + y;
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const held = values[i] as number;
  values[i] = values[j] as number;
  values[j] = held;
}
