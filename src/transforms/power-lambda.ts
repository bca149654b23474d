// The exponent of a power transform by maximum likelihood (Box and Cox, 1964; Yeo and Johnson, 2000).
import { columnMoments } from './column-moments.js';
import type { PowerMethod } from './fitted-power-transform.js';
import { yeoJohnson } from './fitted-power-transform.js';
import { minimum } from './minimum.js';

/** Half of the exponents of a double: powers below e to this have squares that neither overflow nor vanish. */
const MAX_EXPONENT = 336;
/** Headroom for values that were not in training, as scipy has it. */
const LARGEST_FACTOR = 20;
const TOLERANCE = 1.48e-8;

/**
 * The lambda under which the transformed values are most likely normal; 1 where they do not vary.
 * @param values Finite, none missing; above 0 for Box-Cox
 */
export function powerLambda(method: PowerMethod, values: Float64Array): number {
  if (values.every((value) => value === values[0])) return 1;
  const logs = values.map(method === 'boxCox' ? Math.log : (value) => Math.sign(value) * Math.log1p(Math.abs(value)));
  const sum = logs.reduce((total, log) => total + log, 0);
  // Where no value is below 0, either method is a Box-Cox of e to these logarithms.
  const oneSided = logs.every((log) => log >= 0) || method === 'boxCox';
  const negativeLikelihood = (lambda: number): number => {
    const { variance } = columnMoments(
      oneSided ? logs.map((log) => spread(log, lambda)) : values.map((value) => yeoJohnson(value, lambda)),
    );
    const found = (values.length / 2) * Math.log(variance) - (lambda - 1) * sum;
    // A variance that vanished in rounding is no sign of a perfect fit.
    return Number.isFinite(found) ? found : Number.POSITIVE_INFINITY;
  };
  const [low, high] = method === 'boxCox' ? boxCoxBounds(logs) : yeoJohnsonBounds(values);
  return minimum(negativeLikelihood, low, high, TOLERANCE) + 0;
}

/** Box-Cox without its constant 1 / lambda, which changes no variance but would cost it digits. */
function spread(log: number, lambda: number): number {
  if (Math.abs(lambda) < 1e-3) return lambda === 0 ? log : Math.expm1(lambda * log) / lambda;
  return Math.exp(lambda * log) / lambda;
}

function boxCoxBounds(logs: Float64Array): readonly [number, number] {
  const widest = logs.reduce((most, log) => Math.max(most, Math.abs(log)), 0);
  const bound = MAX_EXPONENT / (widest + Math.log(LARGEST_FACTOR));
  return [-bound, bound];
}

function yeoJohnsonBounds(values: Float64Array): readonly [number, number] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const bound = MAX_EXPONENT / Math.log1p(Math.min(LARGEST_FACTOR * largest, Number.MAX_VALUE));
  if (values.every((value) => value < 0)) return [2 - bound, 2 + bound];
  return values.some((value) => value < 0)
    ? [Math.max(2 - bound, -bound), Math.min(2 + bound, bound)]
    : [-bound, bound];
}
