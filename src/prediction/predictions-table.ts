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

type Predictions = readonly (Prediction | undefined)[];

/** Columns beside the scores. */
export interface PredictionColumns {
  /** Gives the id of the prediction at a position; no column `id` where absent. */
  readonly idOf?: ((row: number) => string) | undefined;
  /** Why rows have no prediction, in the order of those rows; no column `error` where absent. */
  readonly refused?: readonly RefusedRow[] | undefined;
}

/** One row a prediction, in order, with missing cells where there is none. Probability columns are named `probability_<class>`. */
export function predictionsTable(
  predictions: Predictions,
  spec: FeatureSpec,
  { idOf, refused }: PredictionColumns = {},
): ColumnTable {
  const classes = (spec.target?.classes ?? []).map(String);
  const nRows = predictions.length;
  const columns: [string, Column][] = [];
  if (idOf !== undefined) columns.push(['id', strings(nRows, idOf)]);
  columns.push(['score', numbers(predictions, ({ score }) => score)]);
  if (classes.length > 0) columns.push(['label', strings(nRows, (row) => labelText(predictions[row]))]);
  if (classes.length > 2) {
    for (const label of classes) {
      columns.push([
        `probability_${label}`,
        numbers(predictions, ({ probabilities }) => probabilities?.[label] ?? Number.NaN),
      ]);
    }
  }
  columns.push(['model', strings(nRows, (row) => predictions[row]?.model)]);
  columns.push(['version', numbers(predictions, ({ version }) => version)]);
  const errors = refused && errorTexts(predictions, refused);
  if (errors !== undefined) columns.push(['error', strings(nRows, (row) => errors[row])]);
  return makeTable(columns);
}

/** Every broken rule of a row in words: "age must be >= 16, got number; plan is required, got null". */
export function problemsText(problems: readonly Problem[]): string {
  return problems.map(({ column, rule, kind }) => `${column} ${rule}, got ${kind}`.trimStart()).join('; ');
}

function labelText(prediction: Prediction | undefined): string | undefined {
  return prediction === undefined ? undefined : String(prediction.label);
}

function errorTexts(predictions: Predictions, refused: readonly RefusedRow[]): (string | undefined)[] {
  let nRefused = 0;
  return predictions.map((prediction) => {
    return prediction === undefined ? problemsText(refused[nRefused++]?.problems ?? []) : undefined;
  });
}

function numbers(predictions: Predictions, pick: (prediction: Prediction) => number): Float64Array {
  const column = new Float64Array(predictions.length);
  for (let row = 0; row < column.length; row++) {
    const prediction = predictions[row];
    column[row] = prediction === undefined ? Number.NaN : pick(prediction);
  }
  return column;
}

/** Cells by row; most are as the one before. */
function strings(nRows: number, cellAt: (row: number) => string | undefined): DictionaryColumn {
  const known = new Map<string, number>();
  const values: string[] = [];
  const codes = new Int32Array(nRows);
  let last: string | undefined;
  let lastCode = -1;
  for (let row = 0; row < nRows; row++) {
    const cell = cellAt(row);
    if (cell !== last) {
      lastCode = cell === undefined ? -1 : (known.get(cell) ?? values.push(cell) - 1);
      if (cell !== undefined) known.set(cell, lastCode);
      last = cell;
    }
    codes[row] = lastCode;
  }
  return new DictionaryColumn(codes, values);
}
