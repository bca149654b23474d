// Fits the preprocessing and the model on some rows: the same step inside every fold and for the final model.
import type { FittedModel, Model, TrainingData } from '../core/model.js';
import type { RunControl } from '../core/progress.js';
import type { FittedTransformer, Transformer } from '../core/transformer.js';
import { takeRows } from '../table/take-rows.js';
import { fitTransform } from '../transforms/fit-transform.js';
import { tableToMatrix, transformedMatrix } from '../transforms/table-to-matrix.js';
import type { PreparedData } from './prepare-data.js';

/** A fitted pipeline and model that belong together. */
export interface FittedPair {
  readonly pipeline: FittedTransformer;
  readonly model: FittedModel;
}

/** What to fit. */
export interface Recipe {
  readonly pipeline: Transformer;
  readonly model: Model;
  readonly seed: number;
}

/**
 * Fits on the given rows only, all where absent: what the pipeline learns comes from no other row.
 * @param rows Uint32Array of row positions
 */
export async function fitRows(
  recipe: Recipe,
  data: PreparedData,
  rows: Uint32Array | undefined,
  { signal, onProgress }: RunControl,
): Promise<FittedPair> {
  const table = rows === undefined ? data.table : takeRows(data.table, rows);
  const target = pickRows(data.target, rows);
  const { task } = data.spec.target;
  const { nClasses } = data;
  const { fitted: pipeline, table: encoded } = fitTransform(recipe.pipeline, table, target, { task, nClasses });
  const train: TrainingData = {
    features: transformedMatrix(pipeline, encoded, table.columnNames()),
    target,
    weights: data.weights && pickRows(data.weights, rows),
    task,
    nClasses,
  };
  const model = await recipe.model.fit(train, { signal, onProgress, seed: recipe.seed });
  return { pipeline, model };
}

/** Scores the given rows. @returns Float64Array [rows * nOutputs], row-major */
export function scoreRows({ pipeline, model }: FittedPair, data: PreparedData, rows: Uint32Array): Float64Array {
  return model.predict(tableToMatrix(pipeline, takeRows(data.table, rows)));
}

/** The values of some rows, all where absent. */
export function pickRows(values: Float64Array, rows: Uint32Array | undefined): Float64Array {
  return rows === undefined ? values : Float64Array.from(rows, (row) => values[row] as number);
}
