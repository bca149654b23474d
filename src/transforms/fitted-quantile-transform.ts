// Numbers as their rank among the training values: the applying half of quantile-transform.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedNumberMap } from './fitted-number-map.js';
import { jsonFields } from './json-fields.js';
import { normalQuantile } from './normal-quantile.js';

export const QUANTILE_OUTPUTS = ['uniform', 'normal'] as const;

/** Ranks nearer to 0 and 1 than this get the normal quantile at it: about 5.2 standard deviations. */
const NORMAL_END = 1e-7 - Number.EPSILON;
const NORMAL_LOW = normalQuantile(NORMAL_END);
const NORMAL_HIGH = normalQuantile(1 - NORMAL_END);

/** A column's quantiles at equally spaced ranks from 0 to 1. */
export interface QuantileColumn {
  readonly name: string;
  /** Ascending, all of one range that is finite; none where the column had no value. */
  readonly quantiles: readonly number[];
}

/** What the step learned. */
export interface QuantileState {
  readonly output: (typeof QUANTILE_OUTPUTS)[number];
  readonly columns: readonly QuantileColumn[];
}

/** Makes the fitted step. */
export function fittedQuantileTransform({ output, columns }: QuantileState): FittedTransformer {
  return fittedNumberMap(
    { kind: 'quantileTransform', output, columns: columns.map(({ name, quantiles }) => ({ name, quantiles })) },
    columns.map(({ name, quantiles }) => ({
      name,
      map: output === 'uniform' ? (value) => rank(quantiles, value) : (value) => normalScore(rank(quantiles, value)),
    })),
  );
}

/** @throws BUNDLE_INVALID */
export function readQuantileTransform(json: JsonObject): FittedTransformer {
  const fields = jsonFields('quantileTransform', json);
  const columns = fields.columns('columns').map((column) => {
    const quantiles = column.numbers('quantiles');
    const ascending = quantiles.every((value, i) => i === 0 || value >= (quantiles[i - 1] as number));
    if (!ascending || !Number.isFinite((quantiles.at(-1) ?? 0) - (quantiles[0] ?? 0))) {
      throw column.invalid('quantiles', 'a list of ascending numbers of a finite range');
    }
    return { name: column.text('name'), quantiles };
  });
  return fittedQuantileTransform({ output: fields.choice('output', QUANTILE_OUTPUTS), columns });
}

/** The rank that a position among `n` stands for. */
export function rankAt(position: number, n: number): number {
  return position === n - 1 && n > 1 ? 1 : position * (1 / Math.max(1, n - 1));
}

/** Rank in [0, 1]; of a value that quantiles repeat, the middle of its ranks, except at the two ends. NaN without quantiles. */
function rank(quantiles: readonly number[], value: number): number {
  const n = quantiles.length;
  if (n === 0) return Number.NaN;
  if (value <= (quantiles[0] as number)) return 0;
  if (value >= (quantiles[n - 1] as number)) return 1;
  return 0.5 * (rankFromBelow(quantiles, value) + rankFromAbove(quantiles, value));
}

function rankFromBelow(quantiles: readonly number[], value: number): number {
  const index = countWhere(quantiles, (quantile) => quantile <= value) - 1;
  const base = quantiles[index] as number;
  const start = rankAt(index, quantiles.length);
  if (base === value) return start;
  const part = (value - base) / ((quantiles[index + 1] as number) - base);
  return start + part * (rankAt(index + 1, quantiles.length) - start);
}

function rankFromAbove(quantiles: readonly number[], value: number): number {
  const index = countWhere(quantiles, (quantile) => quantile < value);
  const base = quantiles[index] as number;
  const end = rankAt(index, quantiles.length);
  if (base === value) return end;
  const part = (base - value) / (base - (quantiles[index - 1] as number));
  return end - part * (end - rankAt(index - 1, quantiles.length));
}

/** How many of the ascending quantiles, from the first, hold the condition. */
function countWhere(quantiles: readonly number[], holds: (quantile: number) => boolean): number {
  let low = 0;
  let high = quantiles.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(quantiles[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function normalScore(share: number): number {
  if (share <= NORMAL_END) return NORMAL_LOW;
  return share >= 1 - NORMAL_END ? NORMAL_HIGH : normalQuantile(share);
}
