// A feature spec as an MLflow model signature: column names and types of what goes in and comes out.
import type { FeatureSpec, Field, Task } from '../core/feature-spec.js';

/** MLflow's own form: JSON texts inside the MLmodel file. */
export interface MlflowSignature {
  readonly inputs: string;
  readonly outputs: string;
  readonly params: null;
}

/** The signature of a spec with a target. An integer that may be missing is a double: pandas has no missing integer. */
export function mlflowSignature(spec: FeatureSpec): MlflowSignature {
  const inputs = spec.fields.map((field) => ({ type: mlflowType(field), name: field.name, required: !field.nullable }));
  return { inputs: JSON.stringify(inputs), outputs: JSON.stringify(outputs(spec.target?.task)), params: null };
}

function mlflowType(field: Field): string {
  switch (field.type) {
    case 'integer':
      return field.nullable ? 'double' : 'long';
    case 'number':
      return 'double';
    default:
      return field.type;
  }
}

function outputs(task: Task | undefined): { type: string; name: string; required: boolean }[] {
  const score = { type: 'double', name: 'score', required: true };
  return task === 'regression' ? [score] : [score, { type: 'string', name: 'label', required: true }];
}
