// Predictions as a table, for files and bodies: ids where there are some, score, label, one probability a class where there are several, model and version.
import type { ColumnTable } from 'arquero';
import type { FeatureSpec } from '../core/feature-spec.js';
import type { Prediction } from '../core/predictor.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { makeTable } from '../table/make-table.js';

/**
 * One row a prediction, in order. Probability columns are named `probability_<class>`.
 * @param idOf gives the id of the prediction at a position; no column of ids where absent
 */
export function predictionsTable(
  predictions: readonly Prediction[],
  spec: FeatureSpec,
  idOf?: (row: number) => string,
): ColumnTable {
  const classes = (spec.target?.classes ?? []).map(String);
  const columns: [string, Column][] = [];
  if (idOf !== undefined) columns.push(['id', strings(predictions.map((_, row) => idOf(row)))]);
  columns.push(['score', numbers(predictions, ({ score }) => score)]);
  if (classes.length > 0) columns.push(['label', strings(predictions.map(({ label }) => String(label)))]);
  if (classes.length > 2) {
    for (const label of classes) {
      columns.push([
        `probability_${label}`,
        numbers(predictions, ({ probabilities }) => probabilities?.[label] ?? Number.NaN),
      ]);
    }
  }
  columns.push(['model', strings(predictions.map(({ model }) => model))]);
  columns.push(['version', numbers(predictions, ({ version }) => version)]);
  return makeTable(columns);
}

function numbers(predictions: readonly Prediction[], pick: (prediction: Prediction) => number): Float64Array {
  return Float64Array.from(predictions, pick);
}

function strings(cells: readonly string[]): DictionaryColumn {
  const values = [...new Set(cells)];
  const codes = new Map(values.map((value, code) => [value, code]));
  return new DictionaryColumn(
    Int32Array.from(cells, (cell) => codes.get(cell) ?? -1),
    values,
  );
}
