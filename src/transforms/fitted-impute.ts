// Missing cells filled with what was learned: the applying half of impute.ts, light enough for a process that only predicts.
import type { Cell } from '../core/cell.js';
import type { JsonObject } from '../core/json.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer, RowSlots, RowStep } from '../core/transformer.js';
import { valueKind } from '../core/value-kind.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { cellNumber } from './cell-number.js';
import { columnKind } from './column-kind.js';
import { columnNumbers } from './column-numbers.js';
import { jsonFields } from './json-fields.js';

/** What a column's missing cells become. */
export interface ImputeColumn {
  readonly name: string;
  /** A number makes a column of numbers, a string one of strings; null takes the column out. */
  readonly fill: number | string | null;
}

/** Makes the fitted step. Its outputs of strings are categorical features that have no levels yet. */
export function fittedImpute(columns: readonly ImputeColumn[]): FittedTransformer {
  const kept = columns.filter(({ fill }) => fill !== null);
  const dropped = columns.filter(({ fill }) => fill === null).map(({ name }) => name);
  return {
    kind: 'impute',
    inputs: columns.map(({ name }) => name),
    outputs: kept.map(({ name, fill }) => ({ name, kind: typeof fill === 'number' ? 'numeric' : 'categorical' })),
    transform(table) {
      const plain = plainTable(table);
      for (const name of dropped) readColumn(plain, name);
      const filled = kept.map((column): [string, Column] => [
        column.name,
        fillColumn(readColumn(plain, column.name), column),
      ]);
      return withColumns(plain, filled, dropped);
    },
    rowStep(slots) {
      for (const name of dropped) slots.read(name);
      return rowStep(kept, slots);
    },
    toJSON: () => ({ kind: 'impute', columns: columns.map(({ name, fill }) => ({ name, fill })) }),
  };
}

/** @throws BUNDLE_INVALID */
export function readImpute(json: JsonObject): FittedTransformer {
  const columns = jsonFields('impute', json).columns('columns');
  return fittedImpute(columns.map((column) => ({ name: column.text('name'), fill: column.scalar('fill') })));
}

function fillColumn(column: Column, { name, fill }: ImputeColumn): Column {
  return typeof fill === 'number' ? fillNumbers(column, name, fill) : fillStrings(column, name, fill as string);
}

function fillNumbers(column: Column, name: string, fill: number): Float64Array {
  const numbers = columnNumbers(column, 'impute', name);
  if (!numbers.some(Number.isNaN)) return numbers;
  return numbers.map((value) => (Number.isNaN(value) ? fill : value));
}

function fillStrings(column: Column, name: string, fill: string): DictionaryColumn {
  if (!(column instanceof DictionaryColumn)) {
    const kind = columnKind(column);
    if (kind === 'nothing') return new DictionaryColumn(new Int32Array(column.length), [fill]);
    throw new TabwrightError('COLUMN_INVALID', `impute: column ${name} must hold strings, got ${kind}`);
  }
  if (!column.codes.includes(-1)) return column;
  const known = column.values.indexOf(fill);
  const code = known < 0 ? column.values.length : known;
  const values = known < 0 ? [...column.values, fill] : column.values;
  return new DictionaryColumn(
    column.codes.map((each) => (each < 0 ? code : each)),
    values,
  );
}

function rowStep(columns: readonly ImputeColumn[], slots: RowSlots): RowStep {
  const plans = columns.map(({ name, fill }) => ({ name, fill, from: slots.read(name), to: slots.write(name) }));
  return (cells) => {
    for (const { name, fill, from, to } of plans) {
      cells[to] =
        typeof fill === 'number' ? filledNumber(cells[from], name, fill) : filledString(cells[from], name, fill);
    }
  };
}

function filledNumber(cell: Cell, name: string, fill: number): number {
  const value = cellNumber(cell, 'impute', name);
  return Number.isNaN(value) ? fill : value;
}

function filledString(cell: Cell, name: string, fill: string | null): string | null {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined || Number.isNaN(cell)) return fill;
  throw new TabwrightError('VALUE_INVALID', `impute: column ${name} must be a string, got ${valueKind(cell)}`);
}
