// Columns as JSON carries them to and from Python, and how close two of them must be.
import type { ColumnTable } from 'arquero';
import { expect } from 'vitest';
import { readColumn } from '../../src/table/read-column.js';
import { columnNumbers } from '../../src/transforms/column-numbers.js';

/** Rows as null where missing, which is how JSON carries them. */
export type Cells = readonly (number | null)[];

export function cells(table: ColumnTable, name: string): Cells {
  const numbers = columnNumbers(readColumn(table, name), 'test', name);
  return Array.from(numbers, (value) => (Number.isNaN(value) ? null : value));
}

export function columns(table: ColumnTable, names: readonly string[]): readonly Cells[] {
  return names.map((name) => cells(table, name));
}

/** Relative to the value, or to 1 where it is smaller. */
export function expectClose(found: readonly Cells[], expected: readonly Cells[] | undefined, tolerance: number): void {
  expect(found.map((column) => column.length)).toEqual(expected?.map((column) => column.length));
  let worst = 0;
  expected?.forEach((column, i) => {
    column.forEach((value, row) => {
      const other = found[i]?.[row] ?? null;
      const apart = value === null || other === null ? Number(value !== other) : Math.abs(value - other);
      worst = Math.max(worst, apart / Math.max(1, Math.abs(value ?? 0)));
    });
  });
  expect(worst).toBeLessThanOrEqual(tolerance);
}
