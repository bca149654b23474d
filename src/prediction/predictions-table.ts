// Predictions as a table, for files and bodies: ids where there are some, score, label, one probability a class where there are
// several, model and version.
import type { ColumnTable } from 'arquero';
import type { FeatureSpec } from '../core/feature-spec.js';
import type { Prediction } from '../core/predictor.js';
import type { Problem } from '../core/problem.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { makeTable } from '../table/make-table.js';
import type { RefusedRow } from './score-table.js';

/** Columns beside the scores. */
export interface PredictionColumns {
  /** Gives the id of the prediction at a position; no column `id` where absent. */
  readonly idOf?: ((row: number) => string) | undefined;
  /** Why rows have no prediction, in the order of those rows; no column `error` where absent. */
  readonly refused?: readonly RefusedRow[] | undefined;
}

/** One row a prediction, in order, with missing cells where there is none. Probability columns are named `probability_<class>`. */
export function predictionsTable(
  predictions: readonly (Prediction | undefined)[],
  spec: FeatureSpec,
  { idOf, refused }: PredictionColumns = {},
): ColumnTable {
  const classes = (spec.target?.classes ?? []).map(String);
  const columns: [string, Column][] = [];
  if (idOf !== undefined) columns.push(['id', strings(predictions.map((_, row) => idOf(row)))]);
  columns.push(['score', numbers(predictions, ({ score }) => score)]);
  if (classes.length > 0) columns.push(['label', strings(predictions.map((each) => each && String(each.label)))]);
  if (classes.length > 2) {
    for (const label of classes) {
      columns.push([
        `probability_${label}`,
        numbers(predictions, ({ probabilities }) => probabilities?.[label] ?? Number.NaN),
      ]);
    }
  }
  columns.push(['model', strings(predictions.map((each) => each?.model))]);
  columns.push(['version', numbers(predictions, ({ version }) => version)]);
  if (refused !== undefined) columns.push(['error', strings(errorTexts(predictions, refused))]);
  return makeTable(columns);
}

/** Every broken rule of a row in words: "age must be >= 16, got number; plan is required, got null". */
export function problemsText(problems: readonly Problem[]): string {
  return problems.map(({ column, rule, kind }) => `${column} ${rule}, got ${kind}`.trimStart()).join('; ');
}

function errorTexts(
  predictions: readonly (Prediction | undefined)[],
  refused: readonly RefusedRow[],
): (string | undefined)[] {
  let nRefused = 0;
  return predictions.map((prediction) => {
    return prediction === undefined ? problemsText(refused[nRefused++]?.problems ?? []) : undefined;
  });
}

function numbers(
  predictions: readonly (Prediction | undefined)[],
  pick: (prediction: Prediction) => number,
): Float64Array {
  return Float64Array.from(predictions, (prediction) => (prediction === undefined ? Number.NaN : pick(prediction)));
}

function strings(cells: readonly (string | undefined)[]): DictionaryColumn {
  const codes = new Map<string | undefined, number>();
  const values: string[] = [];
  const column = Int32Array.from(cells, (cell) => {
    if (cell === undefined) return -1;
    let code = codes.get(cell);
    if (code === undefined) {
      code = values.push(cell) - 1;
      codes.set(cell, code);
    }
    return code;
  });
  return new DictionaryColumn(column, values);
}
