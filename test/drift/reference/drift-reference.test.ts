import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.js';
import type { DriftReference, NumericReference } from '../../../src/drift/reference/drift-reference.js';
import { driftReference } from '../../../src/drift/reference/make-drift-reference.js';
import { numericReference } from '../../../src/drift/reference/numeric-reference.js';
import { readDriftReference } from '../../../src/drift/reference/read-drift-reference.js';
import { DictionaryColumn } from '../../../src/table/dictionary-column.js';
import { makeTable } from '../../../src/table/make-table.js';
import { sampleSpec, sampleTable } from '../sample-table.js';

const target = { column: 'bought', task: 'multiclass', classes: ['a', 'b', 'c'] } as const;
const outcomes = {
  target: Float64Array.of(0, 2, 2),
  predictions: Float64Array.of(0.5, 0.3, 0.2, 0, 0, 1, 0.3, 0.4, 0.3),
};
const full = driftReference(sampleTable(createRandom(1), 500), { ...sampleSpec, target }, outcomes);

describe('driftReference', () => {
  test('comes back from its JSON as it was', () => {
    expect(readDriftReference(JSON.parse(JSON.stringify(full)))).toEqual(full);
  });

  test('has the same size for ten times as many rows', () => {
    const sizes = [2000, 20_000].map((nRows) => {
      const text = JSON.stringify(driftReference(sampleTable(createRandom(1), nRows), sampleSpec));
      return text.length;
    });
    expect((sizes[1] as number) / (sizes[0] as number)).toBeLessThan(1.1);
  });

  test('lists at most 200 categories, the most frequent ones, none of them by a very long name', () => {
    const names = [...Array.from({ length: 300 }, (_, i) => `c${i}`), 'x'.repeat(500)];
    const codes = Int32Array.from({ length: 1000 }, (_, i) => (i < 400 ? 7 : i % 301));
    const table = makeTable([['c', new DictionaryColumn(codes, names)]]);
    const [column] = driftReference(table, { fields: [{ name: 'c', type: 'string', nullable: true }] }).columns;
    expect(column).toMatchObject({ categories: { length: 200, 0: 'c7' } });
    expect(column).toMatchObject({ other: { distinct: 101 } });
    expect(column?.kind === 'categorical' && column.counts[0]).toBeGreaterThanOrEqual(400);
  });

  test('keeps scores, predicted classes and true ones', () => {
    expect(full.score?.bounds).toEqual([0.4, 0.5, 1]);
    expect(full.prediction).toMatchObject({ categories: ['a', 'b', 'c'], counts: [1, 1, 1] });
    expect(full.target).toMatchObject({ name: 'bought', categories: ['c', 'a'], counts: [2, 1] });
    const regression = { ...sampleSpec, target: { column: 'y', task: 'regression' } } as const;
    const found = driftReference(sampleTable(createRandom(1), 5), regression, { target: Float64Array.of(1, 2, 2) });
    expect(found).toMatchObject({ score: null, prediction: null, target: { kind: 'numeric', bounds: [1, 2] } });
  });

  test('refuses a column of another type than its field, and takes one with no value at all', () => {
    const table = makeTable([['city', Float64Array.of(1, 2)]]);
    const spec = { fields: [{ name: 'city', type: 'string', nullable: true }] } as const;
    expect(() => driftReference(table, spec)).toThrow('column city must be of type string');
    const empty = makeTable([['city', Float64Array.of(Number.NaN, Number.NaN)]]);
    expect(driftReference(empty, spec).columns[0]).toMatchObject({ kind: 'categorical', nMissing: 2, categories: [] });
  });
});

describe('numericReference', () => {
  const values = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 300 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    {
      maxLength: 600,
    },
  );

  test('counts every value once, in ascending bins, whatever the order of the rows', () => {
    fc.assert(
      fc.property(values, (given) => {
        const column = numericReference('x', Float64Array.from([...given, Number.NaN]));
        expect(column.counts.reduce((sum, count) => sum + count, 0)).toBe(given.length);
        expect(column.nMissing).toBe(1);
        expect(column.bounds).toEqual([...new Set(column.bounds)].sort((a, b) => a - b));
        expect(numericReference('x', Float64Array.from([Number.NaN, ...given.reverse()]))).toEqual(column);
        readDriftReference({ ...full, columns: [JSON.parse(JSON.stringify(column))] });
      }),
    );
  });

  test('has a bin of its own for each of few values, and for a value that half the rows have', () => {
    expect(numericReference('x', Float64Array.of(3, 1, 3, 2))).toMatchObject({
      isEveryValue: true,
      bounds: [1, 2, 3],
      counts: [1, 1, 2],
    });
    const random = createRandom(2);
    const spiked = Float64Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? 0 : random.next() - 0.5));
    const { bounds, counts } = numericReference('x', spiked);
    expect(counts[bounds.indexOf(0)]).toBe(1000);
  });
});

describe('readDriftReference', () => {
  const numeric = full.columns[0] as NumericReference;
  const withColumn = (change: object): unknown => ({ ...full, columns: [{ ...numeric, ...change }] });
  test.each<[string, unknown]>([
    ['reference must be an object', []],
    ['format must be tabwright.reference/1', { ...full, format: 'x' }],
    ['nRows must be a count', { ...full, nRows: -1 }],
    ['columns must be a list', { ...full, columns: {} }],
    ['names of columns must differ', { ...full, columns: [numeric, numeric] }],
    ['columns[0].kind must be numeric, categorical or datetime', withColumn({ kind: 'x' })],
    ['columns[0].bounds must be ascending numbers', withColumn({ bounds: [2, 1] })],
    [
      'columns[0].bounds must be a list of at most 1000',
      withColumn({ bounds: Array.from({ length: 1001 }, (_, i) => i) }),
    ],
    ['columns[0] must have one count for each bound', withColumn({ counts: [1] })],
    ['columns[0] must have a minimum, a mean and a deviation just where it has values', withColumn({ deviation: -1 })],
    ['columns[0].minimum must not be above the first bound', withColumn({ minimum: 1e9 })],
    ['columns[0].counts[0] must be a count', withColumn({ counts: numeric.counts.map(() => 0.5) })],
    ['score.kind must be numeric', { ...full, score: full.columns[3] }],
    [
      'prediction must have categories that differ, with one count for each',
      { ...full, prediction: { ...full.prediction, counts: [] } },
    ],
  ])('refuses what could not be one: %s', (message, json) => {
    const read = (): DriftReference => readDriftReference(json);
    expect(read).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID', message: `reference.json: ${message}` }));
  });
});
