// Numbers as the bin they fall into: the applying half of bin.ts.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedNumberMap } from './fitted-number-map.js';
import { jsonFields } from './json-fields.js';

export const BIN_OUTPUTS = ['numeric', 'categorical'] as const;

/** A column with the edges between its bins. */
export interface BinColumn {
  readonly name: string;
  /** Strictly ascending; an edge belongs to the bin above it. */
  readonly edges: readonly number[];
}

/** What the step learned or was given. */
export interface BinState {
  readonly output: (typeof BIN_OUTPUTS)[number];
  readonly columns: readonly BinColumn[];
}

/** Makes the fitted step. */
export function fittedBin({ output, columns }: BinState): FittedTransformer {
  return fittedNumberMap(
    { kind: 'bin', output, columns: columns.map(({ name, edges }) => ({ name, edges })) },
    columns.map(({ name, edges }) => ({ name, map: binOf(edges), feature: feature(output, name, edges) })),
  );
}

/** @throws BUNDLE_INVALID */
export function readBin(json: JsonObject): FittedTransformer {
  const fields = jsonFields('bin', json);
  const columns = fields.columns('columns').map((column) => {
    const edges = column.numbers('edges');
    if (!isAscending(edges)) throw column.invalid('edges', 'a list of ascending numbers');
    return { name: column.text('name'), edges };
  });
  return fittedBin({ output: fields.choice('output', BIN_OUTPUTS), columns });
}

/** Whether each number is above the one before it. */
export function isAscending(edges: readonly number[]): boolean {
  return edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number));
}

function binOf(edges: readonly number[]): (value: number) => number {
  const sorted = Float64Array.from(edges);
  return (value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function feature(output: BinState['output'], name: string, edges: readonly number[]): ModelFeature {
  if (output === 'numeric') return { name, kind: output };
  const levels = Array.from({ length: edges.length + 1 }, (_, bin) => label(edges[bin - 1], edges[bin]));
  return { name, kind: output, levels };
}

function label(low: number | undefined, high: number | undefined): string {
  if (low === undefined) return high === undefined ? 'any' : `< ${high}`;
  return high === undefined ? `>= ${low}` : `${low} to < ${high}`;
}
