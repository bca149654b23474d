// Fits the preprocessing and the model on some rows: the same step inside every fold and for the final model.
import type { FittedModel, Model, TrainingData } from '../core/model.js';
import type { RunControl } from '../core/progress.js';
import type { FittedTransformer, Transformer } from '../core/transformer.js';
import { takeRows } from '../table/take-rows.js';
import { fitTransform } from '../transforms/fit-transform.js';
import { tableToMatrix, transformedMatrix } from '../transforms/table-to-matrix.js';
import { heldOutRows } from './held-out-rows.js';
import { pickRows } from './pick-rows.js';
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
 * Fits on the given rows only, all where absent: what the pipeline learns comes from no other row. A model that stops early
 * does so by {@link heldOutRows} of them, of which the pipeline learns nothing either.
 * @param rows Uint32Array of row positions
 */
export async function fitRows(
  recipe: Recipe,
  data: PreparedData,
  rows: Uint32Array | undefined,
  { signal, onProgress }: RunControl,
): Promise<FittedPair> {
  const control = { signal, onProgress, seed: recipe.seed };
  if (recipe.model.stopsEarly !== true) {
    const { pipeline, train } = fitPipeline(recipe, data, rows);
    return { pipeline, model: await recipe.model.fit(train, control) };
  }
  const { train: learned, test: held } = heldOutRows(data, rows, recipe.seed);
  const { pipeline, train } = fitPipeline(recipe, data, learned);
  const validation: TrainingData = {
    ...train,
    features: tableToMatrix(pipeline, takeRows(data.table, held)),
    target: pickRows(data.target, held),
    weights: data.weights && pickRows(data.weights, held),
  };
  return { pipeline, model: await recipe.model.fit(train, { ...control, validation }) };
}

function fitPipeline(
  recipe: Recipe,
  data: PreparedData,
  rows: Uint32Array | undefined,
): { pipeline: FittedTransformer; train: TrainingData } {
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
  return { pipeline, train };
}

/** Scores the given rows. @returns Float64Array [rows * nOutputs], row-major */
export function scoreRows({ pipeline, model }: FittedPair, data: PreparedData, rows: Uint32Array): Float64Array {
  return model.predict(tableToMatrix(pipeline, takeRows(data.table, rows)));
}
