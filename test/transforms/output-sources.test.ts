// What an output is said to be made of, against what moves it: changing any other column must leave it as it is.
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../src/core/cell.js';
import type { Transformer } from '../../src/core/transformer.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { cyclical } from '../../src/transforms/cyclical.js';
import { encodedFeatures } from '../../src/transforms/encoded-features.js';
import { frequencyEncode } from '../../src/transforms/frequency-encode.js';
import { hashingEncode } from '../../src/transforms/hashing-encode.js';
import { impute } from '../../src/transforms/impute.js';
import { interactions } from '../../src/transforms/interactions.js';
import { missingIndicator } from '../../src/transforms/missing-indicator.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { outputSources } from '../../src/transforms/output-sources.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { ratio } from '../../src/transforms/ratio.js';
import { rowEncoder } from '../../src/transforms/row-encoder.js';
import { standardScale } from '../../src/transforms/standard-scale.js';

const COLUMNS = ['a', 'b', 'plan', 'plan=', 'city', 'flag'];
const ROWS: readonly Cell[][] = [
  [1, 2, 'x', 'x', 'oslo', true],
  [2, 7, 'y', 'y', 'rome', false],
  [Number.NaN, 3, null, 'x', 'oslo', true],
  [5, 4, 'x', null, null, false],
];

function strings(column: number): DictionaryColumn {
  const cells = ROWS.map((row) => row[column] as string | null);
  const values = [...new Set(cells.filter((cell) => cell !== null))];
  return new DictionaryColumn(
    Int32Array.from(cells, (cell) => values.indexOf(cell ?? '')),
    values,
  );
}

const table = makeTable([
  ['a', Float64Array.from(ROWS, (row) => row[0] as number)],
  ['b', Float64Array.from(ROWS, (row) => row[1] as number)],
  ['plan', strings(2)],
  ['plan=', strings(3)],
  ['city', strings(4)],
  ['flag', new BooleanColumn(Int8Array.from(ROWS, (row) => Number(row[5])))],
]);

const encodeRest = [impute(), ordinal({ columns: ['plan', 'plan=', 'city'] })];
const PIPELINES: readonly (readonly [string, readonly Transformer[]])[] = [
  ['one-hot', [missingIndicator({ columns: ['a'] }), impute({ columns: ['a', 'b'] }), oneHot()]],
  [
    'scaled products',
    [
      impute({ columns: ['a', 'b'] }),
      interactions({ columns: ['a', 'b'] }),
      standardScale({ columns: ['a', 'b'] }),
      ...encodeRest,
    ],
  ],
  ['cycles', [cyclical({ periods: { b: 7 } }), ...encodeRest]],
  [
    'hashes and frequencies',
    [hashingEncode({ columns: ['plan'], buckets: 4 }), frequencyEncode({ columns: ['city', 'plan='] })],
  ],
  ['a ratio', [ratio({ pairs: [['a', 'b']] }), ...encodeRest]],
];

describe('the sources of an output', () => {
  test.each(PIPELINES)('are all the columns that move it, with %s', (_, steps) => {
    const fitted = pipeline([...steps]).fit(table);
    const names = encodedFeatures(fitted, COLUMNS).map(({ name }) => name);
    const encode = rowEncoder(fitted, COLUMNS);
    const encoded = (row: readonly Cell[]) => {
      const out = new Float64Array(names.length);
      encode(row, out);
      return out;
    };
    for (const row of ROWS) {
      for (const [position, column] of COLUMNS.entries()) {
        for (const other of ROWS) {
          const before = encoded(row);
          const after = encoded(row.with(position, other[position]));
          for (const [j, name] of names.entries()) {
            if (!outputSources(fitted, name).includes(column)) expect(after[j]).toBe(before[j]);
          }
        }
      }
    }
  });

  test('are one column each where each output is made of one', () => {
    const fitted = pipeline([missingIndicator({ columns: ['a'] }), impute({ columns: ['a', 'b'] }), oneHot()]).fit(
      table,
    );
    for (const { name } of encodedFeatures(fitted, COLUMNS)) expect(outputSources(fitted, name)).toHaveLength(1);
    expect(outputSources(fitted, 'a is missing')).toEqual(['a']);
    expect(outputSources(fitted, 'plan==x')).toEqual(['plan=']);
    expect(outputSources(fitted, 'plan=y')).toEqual(['plan']);
  });
});
