import type { ColumnTable } from 'arquero';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../src/core/cell.js';
import type { FittedTransformer, Transformer } from '../../src/core/transformer.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { readColumn } from '../../src/table/read-column.js';
import { withColumns } from '../../src/table/with-columns.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';

/** A step that doubles column x, with any part of it replaced. */
function doubling(broken: Partial<FittedTransformer> = {}): FittedTransformer {
  return {
    kind: 'double',
    inputs: ['x'],
    outputs: [{ name: 'x', kind: 'numeric' }],
    transform: (table) => withColumns(table, [['x', (readColumn(table, 'x') as Float64Array).map((x) => 2 * x)]]),
    rowStep(slots) {
      const from = slots.read('x');
      const to = slots.write('x');
      return (cells) => {
        cells[to] = 2 * Number(cells[from] ?? Number.NaN);
      };
    },
    toJSON: () => ({ kind: 'double' }),
    ...broken,
  };
}

const makeSample = () =>
  makeTable([
    ['x', Float64Array.of(1, Number.NaN, -0)],
    ['word', new DictionaryColumn(Int32Array.of(0, -1, 0), ['a'])],
    ['flag', new BooleanColumn(Int8Array.of(0, -1, 1))],
    ['day', new DateColumn(Float64Array.of(0, Number.NaN, 1))],
  ]);

const check = (make: () => Transformer, copy: FittedTransformer, table: ColumnTable = makeSample()) =>
  checkTransformer(make, { table, read: () => copy, target: Float64Array.of(0, 1, 0) });

const checkFitted = (broken: Partial<FittedTransformer>) => {
  const fitted = doubling(broken);
  return check(() => ({ kind: fitted.kind, fit: () => fitted }), fitted);
};

/** A row step over x that does `change` after the right thing. */
function rowStepAnd(change: (cells: Cell[], to: number) => void): Partial<FittedTransformer> {
  return {
    rowStep(slots) {
      const step = doubling().rowStep(slots);
      const to = slots.write('x');
      return (cells) => {
        step(cells);
        change(cells, to);
      };
    },
  };
}

describe('checkTransformer', () => {
  test('accepts a step that keeps its promises', async () => {
    await expect(checkFitted({})).resolves.toBeUndefined();
  });

  test.each<[string, Partial<FittedTransformer>]>([
    ['keeps the number of rows', { transform: (table) => doubling().transform(table).slice(1) }],
    ['appends the others in order', { outputs: [{ name: 'twice', kind: 'numeric' }] }],
    ['takes other inputs out', { inputs: ['x', 'word'] }],
    [
      'unless it keeps them',
      { inputs: ['x', 'word'], keeps: ['word'], transform: (table) => doubling().transform(table.select('x', 'day')) },
    ],
    [
      'the row step agrees with transform to the bit',
      {
        inputs: ['x', 'day'],
        keeps: ['day'],
        rowStep(slots) {
          const step = doubling().rowStep(slots);
          const day = slots.read('day');
          return (cells) => {
            step(cells);
            cells[day] = 0;
          };
        },
      },
    ],
    [
      'passes other columns on by reference',
      {
        transform: (table) => doubling().transform(withColumns(table, [['word', new DateColumn(new Float64Array(3))]])),
      },
    ],
    ['outputs hold what they declare', { outputs: [{ name: 'x', kind: 'categorical', levels: ['a'] }] }],
    ['a missing input column is refused', { transform: (table) => table }],
    [
      'transform leaves its table as it was',
      {
        transform(table) {
          (readColumn(table, 'x') as Float64Array).fill(3);
          return doubling().transform(table);
        },
      },
    ],
    [
      'the row step agrees with transform to the bit: the outputs for the number 0.3333333333333333 in column x',
      rowStepAnd((cells, to) => {
        if (cells[to] === 2 / 3) cells[to] = 0;
      }),
    ],
    [
      'the row step agrees with transform to the bit: the outputs for the table, row 2',
      rowStepAnd((cells, to) => {
        cells[to] = Number(cells[to]) + 0;
      }),
    ],
    [
      'the cell of another column must be',
      rowStepAnd((cells) => {
        cells[1] = null;
      }),
    ],
    [
      'where it writes to other positions than it reads',
      {
        rowStep(slots) {
          const at = slots.read('x');
          slots.write('x');
          return (cells) => {
            cells[at] = 2 * Number(cells[at] ?? Number.NaN);
          };
        },
      },
    ],
    [
      'a row step without an input column is refused',
      {
        rowStep: () => () => {},
        inputs: ['x'],
        outputs: [],
        transform: (table) => table.select('word', 'flag', 'day'),
      },
    ],
  ])('says that a promise is broken: %s', async (words, broken) => {
    await expect(checkFitted(broken)).rejects.toThrow(words);
  });

  test('says that fit writes into the table or the target', async () => {
    const writing: Transformer = {
      kind: 'double',
      fit(table, target) {
        const x = readColumn(table, 'x') as Float64Array;
        x[0] = (x[0] as number) + 1;
        target?.fill(1);
        return doubling();
      },
    };
    await expect(check(() => writing, doubling())).rejects.toThrow('fit leaves the table and the target as they were');
  });

  test.each<[string, (table: ColumnTable) => { fitted: FittedTransformer; table: ColumnTable }]>([
    ['learns what fit learns', (table) => ({ fitted: doubling({ toJSON: () => ({ kind: 'double', n: 2 }) }), table })],
    ['the columns must be', (table) => ({ fitted: doubling(), table: table.select('x') })],
    ['the number of rows must be', (table) => ({ fitted: doubling(), table: table.slice(1) })],
  ])('says that fitTransform is no fit and transform: %s', async (words, fitTransform) => {
    const step: Transformer = { kind: 'double', fit: () => doubling(), fitTransform };
    await expect(check(() => step, doubling())).rejects.toThrow(words);
  });

  test('says that fit changes the step', async () => {
    let fits = 0;
    const counting: Transformer = {
      kind: 'double',
      fit: () => {
        fits += 1;
        const nth = fits;
        return doubling({ toJSON: () => ({ kind: 'double', nth }) });
      },
    };
    await expect(check(() => counting, doubling())).rejects.toThrow('fitted again, it learns the same');
  });

  test.each<[string, Partial<FittedTransformer>]>([
    ['have one kind', { kind: 'triple' }],
    ['the same inputs, outputs and JSON', { toJSON: () => ({ kind: 'double', times: 2 }) }],
    ['transform of a step read from JSON gives the same bits', { transform: (table) => table }],
    [
      'the row step of a step read from JSON',
      rowStepAnd((cells, to) => {
        cells[to] = 1;
      }),
    ],
  ])('says that the step read from JSON is another: %s', async (words, broken) => {
    await expect(check(() => ({ kind: 'double', fit: () => doubling() }), doubling(broken))).rejects.toThrow(words);
  });
});
