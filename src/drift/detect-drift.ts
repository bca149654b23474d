// Drift of a table against a reference, or of one raw sample against another.
import type { ColumnTable } from 'arquero';
import { resolveOptions } from '../core/resolve-options.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import type { ColumnSamples } from './compare/column-samples.js';
import { compareTallies } from './compare/compare-tallies.js';
import { valueSamples } from './compare/value-samples.js';
import type { DriftOptions } from './drift-options.js';
import { driftOptions } from './drift-options.js';
import type { DriftModel, DriftReport, MultivariateDrift } from './drift-report.js';
import { pairedCounts } from './measures/paired-counts.js';
import { sortedNumbers } from './measures/sorted-numbers.js';
import type { DriftReference, NumericReference } from './reference/drift-reference.js';
import type { Scored } from './window/reference-counters.js';
import { ReferenceCounters } from './window/reference-counters.js';

/** What to compare, and how. */
export interface DriftRequest extends DriftOptions {
  readonly reference: DriftReference;
  /** Rows with the reference's columns; one that is not there counts as missing in all of them. */
  readonly current: ColumnTable;
  /** The rows that the reference was made from: numbers are then compared value by value, not by the reference's bins. */
  readonly samples?: ColumnTable | undefined;
  /** Measures over all columns at once, of `domainClassifier` and `reconstructionDrift`; either calls the whole drifted. */
  readonly multivariate?: Partial<MultivariateDrift> | undefined;
  /** The model that the reference belongs to; named in the report. */
  readonly model?: DriftModel | undefined;
  /** The scores and predicted labels of the current rows, in their order. */
  readonly predictions?: readonly Scored[] | undefined;
}

/**
 * The drift of a table: in time that grows with its rows only, or, where the reference's rows are given too, by the exact tests.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @throws COLUMN_INVALID where a column's cells are of several kinds
 */
export function detectDrift(request: DriftRequest): DriftReport {
  const { reference, current, samples, multivariate, model = null, predictions, ...options } = request;
  const settings = resolveOptions(driftOptions, options);
  const table = plainTable(current);
  const counters = new ReferenceCounters(reference);
  const tallies = counters.tallies();
  counters.addColumns(counters.columnsOf(table), 0, table.numRows(), tallies);
  for (const prediction of predictions ?? []) counters.addScored(prediction, tallies);
  const beside = {
    model,
    multivariate: { classifier: null, reconstruction: null, ...multivariate },
    samples: samples && exactSamples(reference, plainTable(samples), table),
  };
  return compareTallies(reference, tallies, settings, { nRows: table.numRows(), from: null, to: null }, beside);
}

/** Both samples of each column of numbers that has values in both. */
function exactSamples(
  { columns }: DriftReference,
  reference: ColumnTable,
  current: ColumnTable,
): Map<string, ColumnSamples> {
  const found = new Map<string, ColumnSamples>();
  const names = new Set(current.columnNames());
  for (const column of columns) {
    if (column.kind !== 'numeric' || !names.has(column.name)) continue;
    const samples = exactColumn(column, reference, current);
    if (samples !== undefined) found.set(column.name, samples);
  }
  return found;
}

function exactColumn(
  column: NumericReference,
  reference: ColumnTable,
  current: ColumnTable,
): ColumnSamples | undefined {
  const [before, now] = [readColumn(reference, column.name), readColumn(current, column.name)];
  if (!(before instanceof Float64Array) || !(now instanceof Float64Array)) return undefined;
  const counts = pairedCounts(sortedNumbers(before), sortedNumbers(now));
  return counts.nReference === 0 || counts.nCurrent === 0 ? undefined : valueSamples(counts, column);
}
