// What the table path of a fitted step promises.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { FittedTransformer } from '../core/transformer.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import type { Promises } from './promises.js';
import { expectCode, expectEqual } from './promises.js';
import { tableCells } from './table-cells.js';
import type { TransformerSubject } from './transformer-subject.js';

/** A column that no step was fitted on, put beside the others to see that it is left alone. */
const BYSTANDER = 'checkTransformer bystander';

export const tablePromises: Promises<TransformerSubject> = {
  'transform leaves its table as it was and keeps the number of rows'({ fitted, table }) {
    const cells = tableCells(table);
    const result = fitted.transform(table);
    expectEqual('the table after transform', tableCells(table), cells);
    expectEqual('the number of rows', result.numRows(), table.numRows());
  },

  'transform puts outputs in the place of inputs of their name, appends the others in order and, unless it keeps them, takes other inputs out'({
    fitted,
    table,
  }) {
    const given = withColumns(table, [[BYSTANDER, new Float64Array(table.numRows())]]);
    const names = columnNamesAfter(fitted, given.columnNames());
    expectEqual('the columns', fitted.transform(given).columnNames(), names);
  },

  'transform passes other columns on by reference'({ fitted, table }) {
    const given = withColumns(table, [[BYSTANDER, new Float64Array(table.numRows())]]);
    const result = fitted.transform(given);
    const touched = touchedColumns(fitted);
    for (const name of given.columnNames().filter((each) => !touched.has(each))) {
      expectEqual(`column ${name} is the same object`, result.column(name) === given.column(name), true);
    }
  },

  'outputs hold what they declare'({ fitted, table }) {
    const result = fitted.transform(table);
    for (const feature of fitted.outputs) checkOutput(feature, readColumn(result, feature.name));
  },

  async 'a missing input column is refused with COLUMN_MISSING'({ fitted, table }) {
    for (const name of fitted.inputs) {
      await expectCode(`transform without column ${name}`, 'COLUMN_MISSING', () => {
        fitted.transform(withColumns(table, [], [name]));
      });
    }
  },
};

function touchedColumns({ inputs, keeps = [], outputs }: FittedTransformer): ReadonlySet<string> {
  return new Set([...inputs.filter((name) => !keeps.includes(name)), ...outputs.map(({ name }) => name)]);
}

function columnNamesAfter(fitted: FittedTransformer, before: readonly string[]): readonly string[] {
  const outputs = new Set(fitted.outputs.map(({ name }) => name));
  const removed = new Set(fitted.inputs.filter((name) => !outputs.has(name) && !fitted.keeps?.includes(name)));
  return [...new Set([...before.filter((name) => !removed.has(name)), ...outputs])];
}

function checkOutput({ name, kind, levels }: ModelFeature, column: Column): void {
  if (kind === 'numeric') {
    const holds = column instanceof Float64Array || column instanceof BooleanColumn;
    expectEqual(`numeric output ${name} holds numbers`, holds, true);
    return;
  }
  if (levels === undefined) return;
  const isPosition = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < levels.length;
  const holds = column instanceof Float64Array && column.every((value) => Number.isNaN(value) || isPosition(value));
  expectEqual(`categorical output ${name} holds positions in its levels, or NaN`, holds, true);
}
