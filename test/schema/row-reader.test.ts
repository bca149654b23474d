import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Cell } from '../../src/core/cell.js';
import type { Field } from '../../src/core/feature-spec.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { rowReader } from '../../src/schema/row-reader.js';

function read(field: Field, value: unknown, missing?: readonly string[]) {
  const cells: Cell[] = [];
  const broken: string[] = [];
  const spec = { fields: [field], ...(missing === undefined ? {} : { missing }) };
  const holds = rowReader(spec)({ [field.name]: value }, cells, (column, rule, kind) =>
    broken.push(`${column} ${rule}, got ${kind}`),
  );
  return { holds, cell: cells[0], broken };
}

const number: Field = { name: 'a', type: 'number', nullable: true };
const required: Field = { name: 'a', type: 'number', nullable: false };

describe('rowReader', () => {
  it.each([
    ['null', null],
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['an empty string', ''],
  ])('takes %s for missing, not for zero', (_, value) => {
    expect(read(number, value)).toEqual({ holds: true, cell: null, broken: [] });
    expect(read(required, value)).toMatchObject({ holds: false, broken: [expect.stringContaining('a is required')] });
  });

  it('takes declared tokens for missing, and only those', () => {
    expect(read(number, 'NA', ['NA']).holds).toBe(true);
    expect(read(number, '', ['NA']).broken).toEqual(['a must be a number, got string']);
  });

  it.each<[Field['type'], unknown, string]>([
    ['number', '3', 'a must be a number, got string'],
    ['number', true, 'a must be a number, got boolean'],
    ['number', [1], 'a must be a number, got array'],
    ['number', Number.POSITIVE_INFINITY, 'a must be finite, got Infinity'],
    ['integer', 1.5, 'a must be an integer, got number'],
    ['boolean', 1, 'a must be true or false, got number'],
    ['string', 1, 'a must be a string, got number'],
    ['datetime', 'yesterday', 'a must be an ISO 8601 date or date-time, got string'],
    ['datetime', '2023-02-30', 'a must be an ISO 8601 date or date-time, got string'],
    ['datetime', '0001-13-01', 'a must be an ISO 8601 date or date-time, got string'],
  ])('refuses a wrong value of a %s field, showing its kind alone', (type, value, message) => {
    expect(read({ name: 'a', type, nullable: true }, value).broken).toEqual([message]);
  });

  it('reads dates as epoch milliseconds, UTC where no offset is given', () => {
    const field: Field = { name: 'a', type: 'datetime', nullable: false };
    expect(read(field, '2024-02-29').cell).toBe(Date.UTC(2024, 1, 29));
    expect(read(field, '2024-02-29 10:30:00').cell).toBe(Date.UTC(2024, 1, 29, 10, 30));
    expect(read(field, '2024-02-29T10:30:00+02:00').cell).toBe(Date.UTC(2024, 1, 29, 8, 30));
    expect(read(field, new Date(5)).cell).toBe(5);
  });

  it('reports every broken field of a row', () => {
    const { spec } = defineFeatures({ row: z.object({ a: z.int().min(3), b: z.enum(['x', 'y']), c: z.boolean() }) });
    const broken: string[] = [];
    rowReader(spec)({ a: 2, b: 'z' }, [], (column, rule) => broken.push(`${column} ${rule}`));
    expect(broken).toEqual(['a must be >= 3', 'b must be one of the 2 declared values', 'c is required']);
  });

  it('never reads inherited properties', () => {
    const field: Field = { name: 'toString', type: 'string', nullable: true };
    expect(read({ ...field }, undefined).cell).toBeNull();
    expect(rowReader({ fields: [field] })({}, [])).toBe(true);
  });

  it('agrees with Zod on which rows are valid', () => {
    const row = z.object({
      n: z.number().min(-5).lt(5).nullable(),
      i: z.int().min(0).max(9),
      s: z.enum(['a', 'b']).nullable(),
      t: z.string().min(1).max(3),
      b: z.boolean(),
    });
    const reader = rowReader({ ...defineFeatures({ row }).spec, missing: [] });
    const value = fc.oneof(
      fc.constantFrom<unknown>(null, 'a', 'b', 'abcd', true, 0, 4, 9.5, -6, 5),
      fc.double({ noNaN: true }),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.record({ n: value, i: value, s: value, t: value, b: value }), (candidate) => {
        expect(reader(candidate, [])).toBe(row.safeParse(candidate).success);
      }),
      { numRuns: 2000 },
    );
  });
});
