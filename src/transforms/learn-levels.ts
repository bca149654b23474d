import { TabwrightError } from '../core/tabwright-error.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import type { CategoryColumn } from './category-levels.js';

/** A column's categories with how often they were seen. */
export interface LearnedLevels extends CategoryColumn {
  /** Rows of each level; none is 0. */
  readonly counts: readonly number[];
  /** Rows with no value. */
  readonly nMissing: number;
}

/**
 * The distinct values of a column: strings by code unit, numbers by size, false before true.
 * @throws COLUMN_INVALID for dates
 */
export function learnLevels(step: string, name: string, column: Column): LearnedLevels {
  if (column instanceof DateColumn) {
    throw new TabwrightError('COLUMN_INVALID', `${step}: column ${name} must hold categories, got dates`);
  }
  if (column instanceof DictionaryColumn) return fromCodes(name, 'string', column.codes, column.values);
  if (column instanceof BooleanColumn) return fromCodes(name, 'boolean', column.codes, ['false', 'true']);
  return fromNumbers(name, column);
}

function fromCodes(
  name: string,
  type: 'string' | 'boolean',
  codes: Int32Array | Int8Array,
  values: readonly string[],
): LearnedLevels {
  const counts = new Map<string, number>();
  const byCode = new Float64Array(values.length);
  let nMissing = 0;
  for (const code of codes) {
    if (code < 0) nMissing += 1;
    else byCode[code] = (byCode[code] as number) + 1;
  }
  values.forEach((value, code) => {
    if (byCode[code] !== 0) counts.set(value, byCode[code] as number);
  });
  const levels = [...counts.keys()].sort();
  return { name, type, levels, counts: levels.map((level) => counts.get(level) as number), nMissing };
}

function fromNumbers(name: string, values: Float64Array): LearnedLevels {
  const counts = new Map<number, number>();
  let nMissing = 0;
  for (const value of values) {
    if (Number.isNaN(value)) nMissing += 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts.keys()].sort((a, b) => a - b);
  const levels = sorted.map(String);
  return { name, type: 'number', levels, counts: sorted.map((value) => counts.get(value) as number), nMissing };
}
