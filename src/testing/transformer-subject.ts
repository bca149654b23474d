// What the promises of a preprocessing step are tried on.
import type { ColumnTable } from 'arquero';
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer, TargetVector, Transformer } from '../core/transformer.js';

/** A step that was fitted and stored. */
export interface TransformerSubject {
  readonly make: () => Transformer;
  readonly table: ColumnTable;
  readonly target: TargetVector | undefined;
  readonly fitted: FittedTransformer;
  /** The fitted step, read back from its JSON. */
  readonly copy: FittedTransformer;
}

/** What a step is after it was written to a file and read again. */
export function jsonOf(fitted: FittedTransformer): JsonObject {
  return JSON.parse(JSON.stringify(fitted.toJSON())) as JsonObject;
}
