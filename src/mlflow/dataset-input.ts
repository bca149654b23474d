import type { TrackedDataset } from '../core/tracker.js';
import { mlflowSignature } from '../schema/mlflow-signature.js';
import type { MlflowDatasetInput } from './runs.js';

/** A dataset in MLflow's forms: columns and types as its schema, the number of rows as its profile. */
export function datasetInput({ name, digest, context, nRows, spec }: TrackedDataset): MlflowDatasetInput {
  return {
    name: name.slice(0, 500),
    digest: digest.slice(0, 36),
    context,
    source: JSON.stringify({ uri: name }),
    schema: JSON.stringify({ mlflow_colspec: JSON.parse(mlflowSignature(spec).inputs) }),
    profile: JSON.stringify({ num_rows: nRows, num_features: spec.fields.length }),
  };
}
