import type { ColumnProfile } from '../column-profile-types.js';

/** The type of a column in a word or two. */
export function columnTypeName({ type, numeric, dates, storage }: ColumnProfile): string {
  switch (type) {
    case 'numeric':
      return numeric?.isInteger === true ? 'integer' : 'number';
    case 'categorical':
      return storage === 'number' ? 'category (numbers)' : 'category';
    case 'boolean':
      return storage === 'boolean' ? 'true or false' : 'two values';
    case 'datetime':
      return dates?.isDateOnly === true ? 'date' : 'date and time';
    default:
      return type;
  }
}
