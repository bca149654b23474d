// The promise that a fitted step gives the same bits on every path: table, row, and both again after JSON.
import type { ColumnTable } from 'arquero';
import type { Cell } from '../core/cell.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer, RowSlots } from '../core/transformer.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { readColumn } from '../table/read-column.js';
import { takeRows } from '../table/take-rows.js';
import { withColumns } from '../table/with-columns.js';
import type { Promises } from './promises.js';
import { expectCode, expectEqual } from './promises.js';
import { comparable, tableCells } from './table-cells.js';
import type { TransformerSubject } from './transformer-subject.js';

/** What encoding one row gives: cells by output, or the code of the error. */
type Outcome = readonly Cell[] | string;

/** Encodes one row's input cells to its output cells. */
type RowPath = (cells: readonly Cell[]) => readonly Cell[];

export const pathPromises: Promises<TransformerSubject> = {
  'the row step agrees with transform to the bit'({ fitted, table }) {
    comparePaths(fitted, table, compileRow(fitted, fitted.inputs, inPlace));
  },

  'the row step agrees with transform where it writes to other positions than it reads'({ fitted, table }) {
    comparePaths(fitted, table, compileRow(fitted, fitted.inputs, apart));
  },

  'the row step of a step read from JSON agrees with transform to the bit'({ fitted, copy, table }) {
    comparePaths(fitted, table, compileRow(copy, fitted.inputs, inPlace));
  },

  'transform of a step read from JSON gives the same bits'({ fitted, copy, table }) {
    for (const [words, rows] of probes(fitted.inputs, table)) {
      expectEqual(`the outputs for ${words}`, tableOutcomes(copy, rows), tableOutcomes(fitted, rows));
    }
  },

  async 'a row step without an input column is refused with COLUMN_MISSING'({ fitted, table }) {
    for (const name of fitted.inputs) {
      const columns = table.columnNames().filter((each) => each !== name);
      await expectCode(`rowStep without column ${name}`, 'COLUMN_MISSING', () => compileRow(fitted, columns, inPlace));
    }
  },
};

function comparePaths(fitted: FittedTransformer, table: ColumnTable, encode: RowPath): void {
  for (const [words, rows] of probes(fitted.inputs, table)) {
    const cells = tableCells(rows, fitted.inputs);
    tableOutcomes(fitted, rows).forEach((expected, row) => {
      const found = outcome(() => encode(cells[row] ?? []));
      expectEqual(`the outputs for ${words}, row ${row}`, found, expected);
    });
  }
}

/** The columns of a row that the paths must agree on: those that the step keeps, then those that it writes. */
function columnsLeft({ keeps = [], outputs }: FittedTransformer): readonly string[] {
  return [...keeps, ...outputs.map(({ name }) => name)];
}

/** What transform makes of each row: of all at once, or one by one where it refuses some of them. */
function tableOutcomes(fitted: FittedTransformer, rows: ColumnTable): readonly Outcome[] {
  const names = columnsLeft(fitted);
  const encode = (table: ColumnTable): readonly Cell[][] => tableCells(fitted.transform(table), names);
  try {
    return encode(rows);
  } catch (error) {
    if (!isTabwrightError(error)) throw error;
  }
  return Array.from({ length: rows.numRows() }, (_, row) =>
    outcome(() => encode(takeRows(rows, Uint32Array.of(row)))[0] ?? []),
  );
}

/** @throws what is no error of the library: a step refuses rows by code */
function outcome(encode: () => readonly Cell[]): Outcome {
  try {
    return encode().map(comparable);
  } catch (error) {
    if (isTabwrightError(error)) return error.code;
    throw error;
  }
}

/** The table itself, and its first row with one input cell changed at a time. */
function* probes(inputs: readonly string[], table: ColumnTable): Generator<[string, ColumnTable]> {
  yield ['the table', table];
  const first = takeRows(table, Uint32Array.of(0));
  for (const name of inputs) {
    for (const [words, column] of probeColumns(readColumn(table, name))) {
      yield [`${words} in column ${name}`, withColumns(first, [[name, column]])];
    }
  }
}

function probeColumns(column: Column): readonly (readonly [string, Column])[] {
  const untyped = ['missing, in a column with no value at all,', Float64Array.of(Number.NaN)] as const;
  if (column instanceof DictionaryColumn) {
    const unseen = new DictionaryColumn(Int32Array.of(0), ['checkTransformer: a category never seen']);
    return [untyped, ['missing', new DictionaryColumn(Int32Array.of(-1), [])], ['a category never seen', unseen]];
  }
  if (column instanceof BooleanColumn) {
    return [untyped, ...[-1, 0, 1].map((code) => [`code ${code}`, new BooleanColumn(Int8Array.of(code))] as const)];
  }
  if (column instanceof DateColumn) {
    return [untyped, ...[Number.NaN, 0].map((ms) => [`time ${ms}`, new DateColumn(Float64Array.of(ms))] as const)];
  }
  const values = [-0, 1 / 3, -1e300, Number.MIN_VALUE, Number.POSITIVE_INFINITY];
  return [untyped, ...values.map((value) => [`the number ${value}`, Float64Array.of(value)] as const)];
}

/** Where a step writes a column: over its old cell, or past all others. */
const inPlace = (known: number | undefined, size: number): number => known ?? size;
const apart = (_: number | undefined, size: number): number => size;

/** The row path over one array that is used again for every row, as serving does it; one more cell must stay as it is. */
function compileRow(fitted: FittedTransformer, columns: readonly string[], place: typeof inPlace): RowPath {
  const positions = new Map(columns.map((name, position) => [name, position]));
  const bystander = columns.length;
  let size = columns.length + 1;
  const slots: RowSlots = {
    read(column) {
      const position = positions.get(column);
      if (position !== undefined) return position;
      throw new TabwrightError('COLUMN_MISSING', `column ${column} is not in the row`);
    },
    write(column) {
      const position = place(positions.get(column), size);
      positions.set(column, position);
      size = Math.max(size, position + 1);
      return position;
    },
  };
  const step = fitted.rowStep(slots);
  const outputs = columnsLeft(fitted).map((name) => slots.read(name));
  const row = new Array<Cell>(size).fill(null);
  return (cells) => {
    for (let i = 0; i < columns.length; i++) row[i] = cells[i];
    row[bystander] = 'untouched';
    step(row);
    expectEqual('the cell of another column', row[bystander], 'untouched');
    return outputs.map((position) => row[position]);
  };
}
