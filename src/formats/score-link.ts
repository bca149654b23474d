// From raw scores to outputs, in the precision of the library that a model comes from.

import { exp, sigmoid } from '../core/exp.js';
import { expFloat32 } from './exp-float32.js';

export const LINK_NAMES = ['identity', 'sigmoid', 'softmax', 'exp', 'softplus', 'signedSquare', 'positive'] as const;

/** The functions that objectives apply to raw scores; `sigmoid`, `exp` and the like treat each score by itself. */
export type LinkName = (typeof LINK_NAMES)[number];

/** How raw scores become outputs: divided, then through the function. */
export interface ScoreLink {
  readonly name: LinkName;
  /** What a sum of trees is divided by: the number of rounds where trees are averaged, else 1. */
  readonly divisor: number;
  /** Factor of the score inside a sigmoid. */
  readonly slope: number;
  /** `float32` where each operation is rounded, as XGBoost does. */
  readonly precision: 'float32' | 'float64';
}

/** The largest exponent that XGBoost's logistic function takes. */
const MAX_EXPONENT_32 = Math.fround(88.7);

/** A link in float64 without a divisor. */
export function scoreLink(name: LinkName, parts: Partial<ScoreLink> = {}): ScoreLink {
  return { name, divisor: 1, slope: 1, precision: 'float64', ...parts };
}

/** Turns the raw scores of one row into outputs, in place. */
export function applyScoreLink({ name, divisor, slope, precision }: ScoreLink, scores: Float64Array): void {
  const float32 = precision === 'float32';
  if (divisor !== 1) for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / divisor;
  if (name === 'identity') return;
  if (name === 'softmax') {
    softmax(scores, float32);
    return;
  }
  for (let k = 0; k < scores.length; k++) scores[k] = linked(name, slope, scores[k] as number, float32);
}

function linked(name: Exclude<LinkName, 'identity' | 'softmax'>, slope: number, x: number, float32: boolean): number {
  switch (name) {
    case 'sigmoid':
      return float32 ? sigmoid32(x) : sigmoid(slope * x);
    case 'exp':
      return float32 ? expFloat32(x) : exp(x);
    case 'softplus':
      return Math.log1p(exp(x));
    case 'signedSquare':
      return Math.sign(x) * x * x;
    case 'positive':
      return x > 0 ? 1 : 0;
  }
}

function sigmoid32(x: number): number {
  const e = expFloat32(Math.min(-x, MAX_EXPONENT_32));
  return Math.fround(1 / Math.fround(e + 1));
}

function softmax(scores: Float64Array, float32: boolean): void {
  const rounded = float32 ? Math.fround : (value: number): number => value;
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) largest = Math.max(largest, scores[k] as number);
  let total = 0;
  for (let k = 0; k < scores.length; k++) {
    const shifted = rounded((scores[k] as number) - largest);
    const e = float32 ? expFloat32(shifted) : exp(shifted);
    scores[k] = e;
    total += e;
  }
  const divisor = rounded(total);
  for (let k = 0; k < scores.length; k++) scores[k] = rounded((scores[k] as number) / divisor);
}
