import type { CategoryColumn, LevelType } from './category-levels.js';
import type { JsonFields } from './json-fields.js';

const LEVEL_TYPES = ['string', 'number', 'boolean'] as const satisfies readonly LevelType[];

/** The categories of a stored column. @throws BUNDLE_INVALID, also where a level is not of the column's type */
export function readCategoryColumn(column: JsonFields): CategoryColumn {
  const type = column.choice('type', LEVEL_TYPES);
  const levels = column.names('levels');
  if (type === 'number' && levels.some((level) => Number.isNaN(Number(level)) || String(Number(level)) !== level)) {
    throw column.invalid('levels', 'a list of numbers as strings');
  }
  if (type === 'boolean' && levels.some((level) => level !== 'true' && level !== 'false')) {
    throw column.invalid('levels', 'a list of "true" and "false"');
  }
  return { name: column.text('name'), type, levels };
}
