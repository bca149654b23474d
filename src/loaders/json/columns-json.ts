// JSON of the form { column: [values] } as a table.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import { makeTable } from '../../table/make-table.js';
import { declaredType } from '../declared-type.js';
import { JsonColumn, type Scalar } from './json-column.js';
import type { RowsRequest } from './json-rows.js';
import { losesDigits } from './loses-digits.js';
import { malformedJson } from './record-text.js';

/**
 * The table of an object that has an array a column.
 * @throws JSON_MALFORMED, COLUMN_INVALID
 */
export function columnsJson(text: string, { name: file, types }: RowsRequest): ColumnTable {
  const columns = Object.entries(parsed(text, file)).map(([name, values]) => {
    if (!Array.isArray(values)) throw invalid(file, name, `must be an array of values, got ${valueKind(values)}`);
    const declared = declaredType(types, name);
    const column = new JsonColumn(declared, undefined);
    for (const [row, value] of (values as unknown[]).entries()) {
      if (value === null) continue;
      if (typeof value === 'object') throw invalid(file, name, `must hold no nested values, got ${valueKind(value)}`);
      const isLong = Number.isInteger(value) && !Number.isSafeInteger(value) && declared === undefined;
      if (isLong && losesDigits(text)) {
        throw invalid(
          file,
          name,
          'has an integer past 2^53 that a double does not hold; write it as a string, or declare it a number',
        );
      }
      column.set(row, value as Scalar);
    }
    return [name, column.finish(values.length).column] as const;
  });
  return makeTable(columns);
}

function parsed(text: string, file: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw malformedJson(file, 1, 'starts an object that is not valid JSON');
  }
}

function invalid(file: string, column: string, rule: string): TabwrightError {
  return new TabwrightError('COLUMN_INVALID', `${file}: column ${column} ${rule}`);
}
