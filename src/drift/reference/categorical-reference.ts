// A column of categories as counts of the most frequent ones.
import { BooleanColumn } from '../../table/boolean-column.js';
import type { DictionaryColumn } from '../../table/dictionary-column.js';
import type { CategoricalReference } from './drift-reference.js';

/** So many categories are listed by name at most, and none with a longer name than this. */
const MAX_CATEGORIES = 200;
const MAX_NAME_LENGTH = 200;

/** @param missing strings that mean missing */
export function categoricalReference(
  name: string,
  column: DictionaryColumn | BooleanColumn,
  missing: ReadonlySet<string>,
): CategoricalReference {
  const counts = countsByName(column, missing);
  const present = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const ordered = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const listed = ordered.filter(([category]) => category.length <= MAX_NAME_LENGTH).slice(0, MAX_CATEGORIES);
  const listedCount = listed.reduce((sum, [, count]) => sum + count, 0);
  return {
    kind: 'categorical',
    name,
    type: column instanceof BooleanColumn ? 'boolean' : 'string',
    nMissing: column.length - present,
    categories: listed.map(([category]) => category),
    counts: listed.map(([, count]) => count),
    other: { count: present - listedCount, distinct: ordered.length - listed.length },
  };
}

function countsByName(column: DictionaryColumn | BooleanColumn, missing: ReadonlySet<string>): Map<string, number> {
  const values = column instanceof BooleanColumn ? ['false', 'true'] : column.values;
  const tokens = column instanceof BooleanColumn ? new Set<string>() : missing;
  const counts = new Float64Array(values.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const found = new Map<string, number>();
  for (const [code, value] of values.entries()) {
    const count = counts[code] as number;
    if (count > 0 && !tokens.has(value)) found.set(value, count);
  }
  return found;
}
