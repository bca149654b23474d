import type { FieldType } from '../core/feature-spec.js';

/** The type declared for a column; names of members that every object has are no declarations. */
export function declaredType(types: Readonly<Record<string, FieldType>>, name: string): FieldType | undefined {
  return Object.hasOwn(types, name) ? types[name] : undefined;
}
