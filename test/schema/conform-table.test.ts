import { table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import { conformTable } from '../../src/schema/conform-table.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';

const spec: FeatureSpec = {
  fields: [
    { name: 'age', type: 'integer', nullable: true, min: 0 },
    { name: 'plan', type: 'string', nullable: false, levels: ['free', 'pro'] },
    { name: 'active', type: 'boolean', nullable: true },
    { name: 'seen', type: 'datetime', nullable: true },
  ],
};

describe('conformTable', () => {
  it('gives typed columns in the order of the schema, without the others', () => {
    const given = table({
      extra: [1, 2],
      seen: ['2024-01-01', null],
      plan: ['free', 'pro'],
      age: [3, null],
      active: [1, 0],
    });
    const conformed = conformTable(given, { spec }, 'data');
    expect(conformed.columnNames()).toEqual(['age', 'plan', 'active', 'seen']);
    expect(conformed.column('age')).toEqual(Float64Array.of(3, Number.NaN));
    expect(conformed.column('plan')).toBeInstanceOf(DictionaryColumn);
    expect(conformed.column('active')).toBeInstanceOf(BooleanColumn);
    expect(conformed.object(0)).toEqual({ age: 3, plan: 'free', active: true, seen: new Date(Date.UTC(2024, 0, 1)) });
  });

  it('names every column, rule, kind, count and first rows at once', () => {
    const given = table({ age: [-1, 2.5, -3], plan: ['free', null, 'gold'], active: ['yes', 'no', null] });
    expect(() => conformTable(given, { spec }, 'data')).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        problems: [
          { column: 'age', rule: 'must be >= 0', kind: 'number', count: 2, rows: [0, 2] },
          { column: 'age', rule: 'must be an integer', kind: 'number', count: 1, rows: [1] },
          { column: 'plan', rule: 'is required', kind: 'null', count: 1, rows: [1] },
          { column: 'plan', rule: 'must be one of the 2 declared values', kind: 'string', count: 1, rows: [2] },
          { column: 'active', rule: 'must be true or false', kind: 'string', count: 2, rows: [0, 1] },
          { column: 'seen', rule: 'is not a column of the table', kind: 'undefined', count: 3, rows: [0] },
        ],
      }),
    );
  });

  it('reports the words in a column that would be numbers without them', () => {
    const numeric: FeatureSpec = { fields: [{ name: 'a', type: 'number', nullable: true }] };
    const problem = (rows: number[]) => [
      { column: 'a', rule: 'must be a number', kind: 'string', count: rows.length, rows },
    ];
    const check = (a: (string | null)[]) => () => conformTable(table({ a }), { spec: numeric }, 'data');
    expect(check(['1', 'many', null, '2.5'])).toThrow(expect.objectContaining({ problems: problem([1]) }));
    expect(check(['1', null, ' '])).toThrow(expect.objectContaining({ problems: problem([2]) }));
  });

  it('reads numbers in a column that a missing-value token made strings', () => {
    const numeric: FeatureSpec = { fields: [{ name: 'a', type: 'number', nullable: true }], missing: ['unknown'] };
    const conformed = conformTable(table({ a: ['31', 'unknown', '2.5'] }), { spec: numeric }, 'data');
    expect(conformed.column('a')).toEqual(Float64Array.of(31, Number.NaN, 2.5));
  });

  it('shows no value in its message', () => {
    const given = table({ secret: ['s3cr3t'] });
    const numeric: FeatureSpec = { fields: [{ name: 'secret', type: 'number', nullable: false }] };
    expect(() => conformTable(given, { spec: numeric }, 'data')).toThrow(/^(?!.*s3cr3t)/);
  });

  it('refuses Infinity', () => {
    const numeric: FeatureSpec = { fields: [{ name: 'a', type: 'number', nullable: true }] };
    expect(() => conformTable(table({ a: [1, Number.POSITIVE_INFINITY] }), { spec: numeric }, 'data')).toThrow(
      /a must be finite/,
    );
  });

  it('takes a column with no value at all for any nullable field', () => {
    const nullable: FeatureSpec = { fields: [{ name: 'a', type: 'string', nullable: true }] };
    const conformed = conformTable(table({ a: [null, null] }), { spec: nullable }, 'data');
    expect(conformed.column('a')).toBeInstanceOf(DictionaryColumn);
  });

  it('works on the visible rows of a filtered and ordered table', () => {
    const numeric: FeatureSpec = { fields: [{ name: 'a', type: 'number', nullable: false }] };
    const given = table({ a: [3, -1, 2] })
      .filter((row: { a: number }) => row.a > 0)
      .orderby('a');
    expect(conformTable(given, { spec: numeric }, 'data').column('a')).toEqual(Float64Array.of(2, 3));
  });

  it("runs the schema's own refinements on every row", () => {
    const schema = defineFeatures({
      row: z.object({ a: z.number(), b: z.number() }).refine((row) => row.a < row.b, { path: ['b'], message: 'a < b' }),
    });
    expect(() => conformTable(table({ a: [1, 5, 6], b: [2, 3, 4] }), schema, 'data')).toThrow(
      expect.objectContaining({ problems: [{ column: 'b', rule: 'a < b', kind: 'number', count: 2, rows: [1, 2] }] }),
    );
  });
});
