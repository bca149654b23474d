// Predictions as CSV, one line a row in the order of the request. The writer is loaded at the first CSV answer.
import type { Prediction } from '../core/predictor.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';

/** CSV text with the columns score, label, version, model and, for several classes, one probability a class. */
export async function predictionsCsv(predictions: readonly Prediction[]): Promise<string> {
  const { formatCsv } = await import('../loaders/write-csv.js');
  const { makeTable } = await import('../table/make-table.js');
  const classes = Object.keys(predictions[0]?.probabilities ?? {});
  return formatCsv(
    makeTable([
      ['score', numbers(predictions, ({ score }) => score)],
      ['label', strings(predictions, ({ label }) => label)],
      ['version', numbers(predictions, ({ version }) => version)],
      ['model', strings(predictions, ({ model }) => model)],
      ...classes.map((label): [string, Column] => [
        `probability_${label}`,
        numbers(predictions, ({ probabilities }) => probabilities?.[label]),
      ]),
    ]),
  );
}

function numbers(predictions: readonly Prediction[], of: (prediction: Prediction) => number | undefined): Float64Array {
  return Float64Array.from(predictions, (prediction) => of(prediction) ?? Number.NaN);
}

function strings(predictions: readonly Prediction[], of: (prediction: Prediction) => unknown): DictionaryColumn {
  const cells = predictions.map(of);
  const labels = [...new Set(cells)].filter((cell) => cell !== null);
  const codes = new Map<unknown, number>(labels.map((label, code) => [label, code]));
  return new DictionaryColumn(
    Int32Array.from(cells, (cell) => codes.get(cell) ?? -1),
    labels.map(String),
  );
}
