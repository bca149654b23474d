// From a row object to a model's outputs: the one path that golden rows, scripts, commands and requests share.
import type { Cell } from '../core/cell.js';
import type { FeatureMatrix } from '../core/feature-matrix.js';
import type { FeatureSpec } from '../core/feature-spec.js';
import type { FittedModel } from '../core/model.js';
import type { FittedTransformer } from '../core/transformer.js';
import type { RuleListener } from '../schema/row-reader.js';
import { rowReader } from '../schema/row-reader.js';
import { rowEncoder } from '../transforms/row-encoder.js';

/**
 * Reads, encodes and scores one row into `out` [nOutputs]; returns false, with `out` untouched, where the row breaks a rule.
 * @throws CATEGORY_UNKNOWN where the pipeline refuses unseen categories
 */
export type RowScorer = (row: Readonly<Record<string, unknown>>, out: Float64Array, onBroken?: RuleListener) => boolean;

/**
 * Compiles the scorer. It reuses its buffers, so one scorer scores one row at a time.
 * @param values OUT [nFeatures of the model]: the encoded row that was scored last
 */
export function rowScorer(
  spec: FeatureSpec,
  pipeline: FittedTransformer,
  model: FittedModel,
  values: Float64Array = new Float64Array(model.features.length),
): RowScorer {
  const read = rowReader(spec);
  const encode = rowEncoder(
    pipeline,
    spec.fields.map((field) => field.name),
  );
  const predictRow = model.predictRow?.bind(model) ?? throughMatrix(model);
  const cells: Cell[] = spec.fields.map(() => null);
  return (row, out, onBroken) => {
    if (!read(row, cells, onBroken)) return false;
    encode(cells, values);
    predictRow(values, out);
    return true;
  };
}

/** For models with no row path: a matrix of one row. */
function throughMatrix(model: FittedModel): (values: Float64Array, out: Float64Array) => void {
  const columns = model.features.map(() => new Float64Array(1));
  const matrix: FeatureMatrix = { nRows: 1, features: model.features, columns };
  return (values, out) => {
    for (let i = 0; i < columns.length; i++) (columns[i] as Float64Array)[0] = values[i] as number;
    model.predict(matrix, out);
  };
}
