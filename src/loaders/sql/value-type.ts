import type { FieldType } from '../../core/feature-spec.js';

/** What a column holds: integers are numbers. */
export type ValueType = Exclude<FieldType, 'integer'>;

/** What holds values of a declared type. */
export function valueType(declared: FieldType): ValueType {
  return declared === 'integer' ? 'number' : declared;
}
