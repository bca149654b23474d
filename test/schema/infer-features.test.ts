import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { conformTable } from '../../src/schema/conform-table.js';
import { inferFeatures } from '../../src/schema/infer-features.js';

const N = 40;
const numbers = (make: (row: number) => unknown) => Array.from({ length: N }, (_, row) => make(row));

describe('inferFeatures', () => {
  it('finds types and missing values', () => {
    const given = table({
      whole: numbers((row) => row % 7),
      gaps: numbers((row) => (row === 3 ? null : row % 5)),
      real: numbers((row) => row / 3),
      text: numbers((row) => (row % 2 === 0 ? 'a' : 'b')),
      flag: numbers((row) => row % 3 === 0),
    });
    expect(inferFeatures(given).spec.fields).toEqual([
      { name: 'whole', type: 'integer', nullable: false },
      { name: 'gaps', type: 'integer', nullable: true },
      { name: 'real', type: 'number', nullable: false },
      { name: 'text', type: 'string', nullable: false },
      { name: 'flag', type: 'boolean', nullable: false },
    ]);
  });

  it('leaves out what cannot be a feature, and says why', () => {
    const given = table({
      id: numbers((row) => `c${row}`),
      row: numbers((row) => row + 1),
      same: numbers(() => 'x'),
      zero: numbers(() => 0),
      nothing: numbers(() => null),
      day: numbers((row) => new Date(row)),
      kept: numbers((row) => row % 2),
    });
    const { fields, ignored } = inferFeatures(given).spec;
    expect(fields.map(({ name }) => name)).toEqual(['kept']);
    expect(ignored).toEqual([
      { name: 'id', reason: 'every value differs, like an id' },
      { name: 'row', reason: 'a row number' },
      { name: 'same', reason: 'one value only' },
      { name: 'zero', reason: 'one value only' },
      { name: 'nothing', reason: 'no value at all' },
      { name: 'day', reason: 'a date or date-time; derive date parts from it' },
    ]);
  });

  it('keeps target and excluded columns out of the features', () => {
    const given = table({ y: numbers((row) => row % 2), w: numbers((row) => row), x: numbers((row) => row % 9) });
    const { spec } = inferFeatures(given, { target: { column: 'y', positive: 1 }, exclude: ['w'] });
    expect(spec.fields.map(({ name }) => name)).toEqual(['x']);
    expect(spec.target).toEqual({ column: 'y', task: 'binary', positive: 1 });
  });

  it.each([
    ['binary', numbers((row) => (row % 2 === 0 ? 'no' : 'yes'))],
    ['multiclass', numbers((row) => `k${row % 3}`)],
    ['regression', numbers((row) => row * 1.5)],
  ])('infers a %s task', (task, y) => {
    expect(
      inferFeatures(table({ y, x: numbers((row) => row % 4) }), { target: { column: 'y' } }).spec.target?.task,
    ).toBe(task);
  });

  it('infers a schema that its own table conforms to', () => {
    const given = table({
      a: numbers((row) => row / 7),
      b: numbers((row) => (row % 5 === 0 ? null : 'v')),
      c: numbers((row) => (row % 3 ? 'p' : 'q')),
    });
    expect(() => conformTable(given, inferFeatures(given), 'data')).not.toThrow();
  });

  it('names a target that is not there', () => {
    expect(() => inferFeatures(table({ a: [1, 2] }), { target: { column: 'y' } })).toThrow(
      expect.objectContaining({ code: 'COLUMN_MISSING' }),
    );
  });

  it('refuses a table with no rows', () => {
    expect(() => inferFeatures(table({ a: [] }))).toThrow(expect.objectContaining({ code: 'DATA_EMPTY' }));
  });
});
