// phi_k: the correlation of a bivariate normal that, binned like the table over [-5, 5], would have its chi-squared (Baak et al., "A new
// correlation coefficient between categorical, ordinal and interval variables with Pearson characteristics", 2020).
import type { Contingency } from './contingency.js';

const RANGE = 5;
/** Steps of the angle whose sine is the correlation. */
const N_STEPS = 64;
/** Gauss-Legendre of two points on [0, 1]. */
const NODES = [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)];

/** For a shape of table, the square roots of chi-squared over n at each step; they grow with the correlation. */
const curves = new Map<string, Float64Array>();

/** In [0, 1]; NaN where one side has one group only. */
export function phiK({ nX, nY, total, chiSquared }: Contingency): number {
  if (nX < 2 || nY < 2) return Number.NaN;
  const pedestal = (nX - 1) * (nY - 1);
  const most = total * Math.min(nX - 1, nY - 1);
  if (chiSquared <= pedestal) return 0;
  if (chiSquared >= most || pedestal >= most) return 1;
  const key = `${Math.min(nX, nY)} ${Math.max(nX, nY)}`;
  const curve = curves.get(key) ?? curveOf(Math.min(nX, nY), Math.max(nX, nY));
  curves.set(key, curve);
  const share = (chiSquared - pedestal) / (most - pedestal);
  return Math.sin(angleAt(curve, Math.sqrt(share) * (curve[N_STEPS] as number)));
}

/** The angle where the curve has a height, by the cubic through the four steps around it. */
function angleAt(curve: Float64Array, height: number): number {
  let step = curve.findIndex((other) => other >= height);
  step = Math.min(Math.max(step - 2, 0), N_STEPS - 3);
  let angle = 0;
  for (let i = step; i < step + 4; i++) {
    let weight = 1;
    for (let j = step; j < step + 4; j++) {
      if (j !== i) weight *= (height - (curve[j] as number)) / ((curve[i] as number) - (curve[j] as number));
    }
    angle += (weight * i * Math.PI) / 2 / N_STEPS;
  }
  return Math.min(Math.PI / 2, Math.max(0, angle));
}

/**
 * The density of the normal at a corner of bins is the derivative of its distribution by the correlation (Plackett, 1954), so that the
 * bins' shares are sums over the angle of differences of it.
 */
function curveOf(nX: number, nY: number): Float64Array {
  const curve = new Float64Array(N_STEPS + 1);
  const free = freeShares(nX, nY);
  const shares = free.slice();
  const step = Math.PI / 2 / N_STEPS;
  for (let i = 1; i < N_STEPS; i++) {
    for (const node of NODES) addDensities(shares, nX, nY, (i - 1 + node) * step, step / 2);
    curve[i] = Math.sqrt(distance(shares, free));
  }
  curve[N_STEPS] = Math.sqrt(distance(equalShares(nX, nY), free));
  return curve;
}

function edge(i: number, n: number): number {
  return -RANGE + (2 * RANGE * i) / n;
}

function distance(shares: Float64Array, free: Float64Array): number {
  return shares.reduce((sum, share, at) => sum + (share - (free[at] as number)) ** 2 / (free[at] as number), 0);
}

function freeShares(nX: number, nY: number): Float64Array {
  const shares = new Float64Array(nX * nY);
  for (let x = 0; x < nX; x++) {
    for (let y = 0; y < nY; y++) {
      shares[x * nY + y] = between(edge(x, nX), edge(x + 1, nX)) * between(edge(y, nY), edge(y + 1, nY));
    }
  }
  return shares;
}

/** Of a correlation of 1. */
function equalShares(nX: number, nY: number): Float64Array {
  const shares = new Float64Array(nX * nY);
  for (let x = 0; x < nX; x++) {
    for (let y = 0; y < nY; y++) {
      const low = Math.max(edge(x, nX), edge(y, nY));
      const high = Math.min(edge(x + 1, nX), edge(y + 1, nY));
      shares[x * nY + y] = low < high ? between(low, high) : 0;
    }
  }
  return shares;
}

function addDensities(shares: Float64Array, nX: number, nY: number, angle: number, weight: number): void {
  const rho = Math.sin(angle);
  const scale = 2 * Math.cos(angle) ** 2;
  const corners = new Float64Array((nX + 1) * (nY + 1));
  for (let x = 0; x <= nX; x++) {
    const h = edge(x, nX);
    for (let y = 0; y <= nY; y++) {
      const k = edge(y, nY);
      corners[x * (nY + 1) + y] = (weight / (2 * Math.PI)) * Math.exp(-(h * h + k * k - 2 * rho * h * k) / scale);
    }
  }
  for (let x = 0; x < nX; x++) {
    for (let y = 0; y < nY; y++) {
      const at = x * (nY + 1) + y;
      const above = at + nY + 1;
      const sum = (corners[above + 1] as number) - (corners[above] as number) - (corners[at + 1] as number);
      shares[x * nY + y] = (shares[x * nY + y] as number) + sum + (corners[at] as number);
    }
  }
}

/** Share of the standard normal between two numbers, by the tail that loses no digits. */
function between(low: number, high: number): number {
  return low >= 0
    ? upperTail(low) - upperTail(high)
    : high <= 0
      ? upperTail(-high) - upperTail(-low)
      : 1 - upperTail(-low) - upperTail(high);
}

/** Of x >= 0: Abramowitz and Stegun's continued fraction 26.2.14 from 3 on, the series of 26.2.11 below. */
function upperTail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 3) {
    let fraction = x;
    for (let n = 60; n > 0; n--) fraction = x + n / fraction;
    return density / fraction;
  }
  let term = x;
  let sum = x;
  for (let n = 3; term > 1e-18 * sum; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 - density * sum;
}
