// What fitting and storing a step promise.
import type { Promises } from './promises.js';
import { expectEqual } from './promises.js';
import { tableCells } from './table-cells.js';
import type { TransformerSubject } from './transformer-subject.js';
import { jsonOf } from './transformer-subject.js';

export const fitPromises: Promises<TransformerSubject> = {
  'fit leaves the table and the target as they were'({ make, table, target }) {
    const cells = tableCells(table);
    const given = target?.slice();
    make().fit(table, target);
    expectEqual('the table after fit', tableCells(table), cells);
    expectEqual('the target after fit', target, given);
  },

  'fit changes nothing in the step: fitted again, it learns the same'({ make, table, target, fitted }) {
    const step = make();
    const first = step.fit(table, target);
    const again = step.fit(table, target);
    for (const each of [first, again]) expectEqual('the JSON of the fitted step', jsonOf(each), jsonOf(fitted));
  },

  'fitTransform learns what fit learns, makes the same columns and leaves the table and the target as they were'({
    make,
    table,
    target,
    fitted,
  }) {
    const cells = tableCells(table);
    const given = target?.slice();
    const found = make().fitTransform?.(table, target);
    if (found === undefined) return;
    expectEqual('the JSON of the fitted step', jsonOf(found.fitted), jsonOf(fitted));
    expectEqual('the columns', found.table.columnNames(), fitted.transform(table).columnNames());
    expectEqual('the number of rows', found.table.numRows(), table.numRows());
    expectEqual('the table after fitTransform', tableCells(table), cells);
    expectEqual('the target after fitTransform', target, given);
  },

  'the step, what fit returns, its JSON and its copy have one kind'({ make, fitted, copy }) {
    const { kind } = make();
    for (const each of [fitted, jsonOf(fitted), copy]) expectEqual('kind', each.kind, kind);
  },

  'a step read from JSON has the same inputs, outputs and JSON'({ fitted, copy }) {
    expectEqual('inputs', copy.inputs, fitted.inputs);
    expectEqual('keeps', copy.keeps, fitted.keeps);
    expectEqual('outputs', copy.outputs, fitted.outputs);
    expectEqual('the JSON of the copy', jsonOf(copy), jsonOf(fitted));
  },
};
