import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineFeatures } from '../../src/schema/define-features.js';

const target = { column: 'y', task: 'binary' } as const;

describe('defineFeatures', () => {
  it('reads every kind of field with its checks', () => {
    const { spec } = defineFeatures({
      row: z.object({
        age: z.int().min(16).max(120).nullable(),
        income: z.number().gt(0).optional(),
        plan: z.enum(['free', 'pro']),
        channel: z.union([z.literal('web'), z.literal('shop')]).nullable(),
        note: z.string().min(1).max(5).regex(/^a/),
        active: z.boolean(),
        seen: z.iso.datetime().nullish(),
      }),
      target,
    });
    expect(spec).toEqual({
      fields: [
        { name: 'age', type: 'integer', nullable: true, min: 16, max: 120 },
        { name: 'income', type: 'number', nullable: true, exclusiveMin: 0 },
        { name: 'plan', type: 'string', nullable: false, levels: ['free', 'pro'] },
        { name: 'channel', type: 'string', nullable: true, levels: ['web', 'shop'] },
        { name: 'note', type: 'string', nullable: false, minLength: 1, maxLength: 5, pattern: '^a' },
        { name: 'active', type: 'boolean', nullable: false },
        { name: 'seen', type: 'datetime', nullable: true },
      ],
      target,
    });
  });

  it('keeps no validator of its own where the fields say everything', () => {
    expect(defineFeatures({ row: z.object({ a: z.number().min(0) }) }).refine).toBeUndefined();
  });

  it('keeps refinements, and names the column and rule they refuse', () => {
    const row = z
      .object({ from: z.number(), to: z.number() })
      .refine((r) => r.from <= r.to, { message: 'from <= to', path: ['to'] });
    const { refine } = defineFeatures({ row });
    expect(refine?.({ from: 1, to: 2 })).toEqual([]);
    expect(refine?.({ from: 3, to: 2 })).toEqual([{ column: 'to', rule: 'from <= to' }]);
  });

  it('leaves numeric enums to the schema', () => {
    const { refine, spec } = defineFeatures({ row: z.object({ doors: z.literal([2, 4]) }) });
    expect(spec.fields[0]).toMatchObject({ name: 'doors', type: 'number' });
    expect(refine?.({ doors: 3 })).toHaveLength(1);
  });

  it.each([
    ['a default', z.object({ a: z.number().default(0) }), /property a must not have a default/],
    ['a nested object', z.object({ a: z.object({ b: z.number() }) }), /property a must be a number/],
    ['a list', z.object({ a: z.array(z.number()) }), /property a must be a number/],
    ['a mixed union', z.object({ a: z.union([z.string(), z.number()]) }), /property a must be a number/],
    ['a Date object', z.object({ a: z.date() }), /z\.iso\.datetime/],
    ['no property', z.object({}), /at least one property/],
    ['a scalar', z.number(), /must be an object schema/],
  ])('refuses %s', (_, row, message) => {
    expect(() => defineFeatures({ row })).toThrow(
      expect.objectContaining({ code: 'SCHEMA_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it.each([
    ['a transform', z.object({ a: z.string().transform((text) => text.length) })],
    ['trimming', z.object({ a: z.string().trim() })],
    ['a coercion', z.object({ a: z.coerce.number() })],
    ['a preprocessing step', z.object({ a: z.preprocess(Number, z.number()) })],
  ])('refuses %s, which would change a value before it is scored', (_, row) => {
    expect(() => defineFeatures({ row: row as never })).toThrow(
      /property a must not have a default, transform or coercion/,
    );
  });

  it('leaves patterns with flags, formats and closed objects to the schema', () => {
    const flagged = defineFeatures({ row: z.object({ a: z.string().regex(/^abc$/i) }) });
    expect(flagged.spec.fields).toEqual([{ name: 'a', type: 'string', nullable: false }]);
    expect(flagged.refine?.({ a: 'ABC' })).toEqual([]);
    expect(flagged.refine?.({ a: 'x' })).toHaveLength(1);
    expect(defineFeatures({ row: z.object({ a: z.url() }) }).refine?.({ a: 'no url' })).toHaveLength(1);
    expect(defineFeatures({ row: z.strictObject({ a: z.number() }) }).refine?.({ a: 1, b: 2 })).toHaveLength(1);
    expect(defineFeatures({ row: z.object({ a: z.string().regex(/^[\w-.]+$/) }) }).refine?.({ a: 'x' })).toEqual([]);
  });

  it('refines rows in the form that the schema takes: missing values, tokens and days', () => {
    const optional = defineFeatures({
      row: z.object({ a: z.number().optional(), b: z.string().nullable() }).refine(() => true),
    });
    expect(optional.refine?.({ a: null, b: '' })).toEqual([]);
    const day = defineFeatures({ row: z.object({ d: z.iso.date() }).refine(() => true) });
    expect(day.refine?.({ d: '2024-02-29T00:00:00.000Z' })).toEqual([]);
  });

  it('refuses a target that is a property of the row', () => {
    expect(() => defineFeatures({ row: z.object({ y: z.number() }), target })).toThrow(
      /target y must not be a property/,
    );
  });

  it('refuses a row that is no Standard Schema', () => {
    expect(() => defineFeatures({ row: {} as never })).toThrow(expect.objectContaining({ code: 'SCHEMA_INVALID' }));
  });
});
