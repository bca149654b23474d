import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { optionsJsonSchema } from '../../src/core/options-json-schema.js';
import { type OptionSpec, optionsTable } from '../../src/core/options-table.js';
import { resolveOptions } from '../../src/core/resolve-options.js';

test('describes each option under its own name, with bounds, choices, default and doc', () => {
  const table = optionsTable('fit', {
    rate: { type: 'number', exclusiveMin: 0, max: 1, default: 0.1, aliases: ['eta'], doc: 'Step.' },
    policy: { type: 'choice', choices: ['error', 'ignore'], default: undefined, doc: 'Policy.' },
    bias: { type: 'boolean', default: false, doc: 'Bias.' },
  });
  expect(optionsJsonSchema(table)).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      rate: { type: 'number', exclusiveMinimum: 0, maximum: 1, default: 0.1, description: 'Step.' },
      policy: { type: 'string', enum: ['error', 'ignore'], description: 'Policy.' },
      bias: { type: 'boolean', default: false, description: 'Bias.' },
    },
  });
});

const bound = fc.integer({ min: -3, max: 3 });
const bounds = fc.oneof(
  fc.record({ min: bound, max: bound }),
  fc.record({ exclusiveMin: bound }),
  fc.record({ exclusiveMax: bound }),
  fc.constant({}),
);
const described = { default: undefined, doc: 'An option.' };
const spec: fc.Arbitrary<OptionSpec> = fc.oneof(
  bounds.map((limits) => ({ type: 'number' as const, ...limits, ...described })),
  bounds.map((limits) => ({ type: 'integer' as const, ...limits, ...described })),
  bounds.map((limits) => ({ type: 'numbers' as const, ...limits, ...described })),
  fc.constantFrom(
    { type: 'boolean' as const, ...described },
    { type: 'string' as const, ...described },
    { type: 'list' as const, ...described },
    { type: 'choice' as const, choices: ['a', 'b'], ...described },
  ),
);
const number = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constantFrom(0.5, -2.5));
const scalar = fc.oneof(number, fc.constantFrom('a', 'c', '', true, null));
const value = fc.oneof(
  number,
  scalar,
  fc.array(scalar, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('x', 'y'), scalar, { maxKeys: 2 }),
  fc.dictionary(fc.constantFrom('x', 'y'), number, { maxKeys: 2 }),
);

test('a JSON Schema validator takes exactly what the options take', () => {
  fc.assert(
    fc.property(spec, fc.constantFrom('option', 'other'), value, (option, name, given) => {
      const table = optionsTable('fit', { option });
      const validator = z.fromJSONSchema(optionsJsonSchema(table) as Parameters<typeof z.fromJSONSchema>[0]);
      const resolves = () => resolveOptions(table, { [name]: given });
      if (validator.safeParse({ [name]: given }).success) expect(resolves).not.toThrow();
      else expect(resolves).toThrow();
    }),
    { numRuns: 2000 },
  );
});
