// Every file of test/fixtures/csv: what it reads to, or the error it gives, stands beside it.
import { readdirSync, readFileSync } from 'node:fs';
import type { ColumnTable } from 'arquero';
import { describe, expect, it } from 'vitest';
import { type ParseCsvOptions, parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { BooleanColumn } from '../../../src/table/boolean-column.js';
import { DateColumn } from '../../../src/table/date-column.js';
import { DictionaryColumn } from '../../../src/table/dictionary-column.js';
import { readColumn } from '../../../src/table/read-column.js';

const FOLDER = new URL('../../fixtures/csv/', import.meta.url);

interface Expected {
  readonly options?: ParseCsvOptions;
  readonly types?: Required<ParseCsvOptions>['types'];
  /** Missing cells are null, dates ISO. */
  readonly columns?: Readonly<Record<string, { readonly type: string; readonly cells: readonly unknown[] }>>;
  readonly error?: { readonly code: string; readonly message: string };
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.csv'));

describe('a CSV file', () => {
  it.each(files)('%s', (file) => {
    const expected: Expected = JSON.parse(readFileSync(new URL(file.replace('.csv', '.json'), FOLDER), 'utf8'));
    const parse = () =>
      parseCsv(readFileSync(new URL(file, FOLDER)), { ...expected.options, types: expected.types, name: file });
    if (expected.error !== undefined) expect(parse).toThrow(expect.objectContaining(expected.error));
    else expect(Object.entries(described(parse()))).toEqual(Object.entries(expected.columns ?? {}));
  });
});

function described(table: ColumnTable): Required<Expected>['columns'] {
  return Object.fromEntries(
    table.columnNames().map((name) => {
      const column = readColumn(table, name);
      return [name, { type: typeOf(column), cells: JSON.parse(JSON.stringify([...column])) }];
    }),
  );
}

function typeOf(column: unknown): string {
  if (column instanceof DictionaryColumn) return 'string';
  if (column instanceof BooleanColumn) return 'boolean';
  return column instanceof DateColumn ? 'date' : 'number';
}
