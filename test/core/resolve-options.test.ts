import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OptionSpec, optionsTable } from '../../src/core/options-table.js';
import { resolveOptions } from '../../src/core/resolve-options.js';

const table = optionsTable('fit', {
  rate: { type: 'number', exclusiveMin: 0, max: 1, default: 0.1, aliases: ['eta'], doc: 'Step.' },
  leaves: { type: 'integer', min: 2, default: 31, aliases: ['num_leaves', 'maxLeaves'], doc: 'Leaves.' },
  bias: { type: 'boolean', default: true, doc: 'Bias.' },
  column: { type: 'string', default: undefined, doc: 'Column.' },
  policy: { type: 'choice', choices: ['error', 'ignore'], default: 'error', doc: 'Policy.' },
  columns: { type: 'list', default: ['a'], doc: 'Columns.' },
  weights: { type: 'numbers', min: 0, default: undefined, doc: 'Weights.' },
});
const DEFAULTS = {
  rate: 0.1,
  leaves: 31,
  bias: true,
  column: undefined,
  policy: 'error',
  columns: ['a'],
  weights: undefined,
};

const refusal = (code: string, message: string) => expect.objectContaining({ code, message });

test('gives the defaults for no input, for an empty one, and for undefined values', () => {
  expect(resolveOptions(table)).toEqual(DEFAULTS);
  expect(resolveOptions(table, {})).toEqual(DEFAULTS);
  expect(resolveOptions(table, { rate: undefined, eta: undefined })).toEqual(DEFAULTS);
});

test('takes values under their own name and under other spellings', () => {
  const given = { eta: 1, num_leaves: 2, bias: false, column: '', policy: 'ignore', columns: [], weights: { a: 0 } };
  expect(resolveOptions(table, given)).toEqual({
    rate: 1,
    leaves: 2,
    bias: false,
    column: '',
    policy: 'ignore',
    columns: [],
    weights: { a: 0 },
  });
});

test('freezes what it gives and leaves the caller its own object', () => {
  const given = { columns: ['b'], weights: { a: 1 } };
  const resolved = resolveOptions(table, given);
  expect([resolved, resolved.columns, resolved.weights].every(Object.isFrozen)).toBe(true);
  given.columns.push('c');
  given.weights.a = 2;
  expect(resolved).toMatchObject({ columns: ['b'], weights: { a: 1 } });
  expect(Object.isFrozen(given)).toBe(false);
});

test.each([
  ['numleaves', '; did you mean num_leaves?'],
  ['polcy', '; did you mean policy?'],
  ['constructor', ''],
  ['somethingElse', ''],
])('refuses the unknown option %s', (name, hint) => {
  const message = `fit: there is no option ${name}${hint}`;
  expect(() => resolveOptions(table, { [name]: undefined })).toThrowError(refusal('OPTION_UNKNOWN', message));
});

test('refuses one option under two names', () => {
  const given = { num_leaves: 3, maxLeaves: 3 };
  const message = 'fit: leaves is given under two names';
  expect(() => resolveOptions(table, given)).toThrowError(refusal('OPTION_INVALID', message));
});

test.each([
  [{ rate: 0 }, 'rate must be a number in (0, 1], got 0'],
  [{ eta: 2 }, 'rate must be a number in (0, 1], got 2'],
  [{ rate: '0.5' }, 'rate must be a number in (0, 1], got "0.5"'],
  [{ rate: Number.NaN }, 'rate must be a number in (0, 1], got NaN'],
  [{ leaves: 1 }, 'leaves must be an integer >= 2, got 1'],
  [{ leaves: 2.5 }, 'leaves must be an integer >= 2, got 2.5'],
  [{ leaves: 2 ** 53 }, 'leaves must be an integer >= 2, got 9007199254740992'],
  [{ bias: 1 }, 'bias must be true or false, got 1'],
  [{ column: 7 }, 'column must be a string, got 7'],
  [{ column: null }, 'column must be a string, got null'],
  [{ policy: 'skip' }, 'policy must be one of error, ignore, got "skip"'],
  [{ policy: 'x'.repeat(50) }, `policy must be one of error, ignore, got "${'x'.repeat(40)}…"`],
  [{ columns: 'a' }, 'columns must be a list of strings, got "a"'],
  [{ columns: ['a', 1] }, 'columns must be a list of strings, got array'],
  [{ weights: { a: -1 } }, 'weights must be numbers >= 0 by name, got object'],
  [{ weights: [1] }, 'weights must be numbers >= 0 by name, got array'],
  [{ weights: null }, 'weights must be numbers >= 0 by name, got null'],
])('refuses %j', (given, message) => {
  expect(() => resolveOptions(table, given)).toThrowError(refusal('OPTION_INVALID', `fit: ${message}`));
});

test.each<[Partial<OptionSpec>, string]>([
  [{ min: 0, max: 1 }, ' in [0, 1]'],
  [{ exclusiveMin: 0, exclusiveMax: 1 }, ' in (0, 1)'],
  [{ min: 0, exclusiveMax: 1 }, ' in [0, 1)'],
  [{ exclusiveMin: 0 }, ' > 0'],
  [{ max: 9 }, ' <= 9'],
  [{ exclusiveMax: 9 }, ' < 9'],
  [{}, ''],
])('says the bounds %j in words', (bounds, words) => {
  const bounded = optionsTable('fit', { x: { type: 'number', default: 0.5, doc: 'X.', ...bounds } as OptionSpec });
  expect(() => resolveOptions(bounded, { x: 'no' })).toThrowError(`fit: x must be a number${words}, got "no"`);
});

test('takes a number exactly where it is within the bounds', () => {
  const bound = fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined });
  const bounds = fc.record({ min: bound, max: bound, exclusiveMin: bound, exclusiveMax: bound });
  fc.assert(
    fc.property(bounds, fc.integer({ min: -6, max: 6 }), ({ min, max, exclusiveMin, exclusiveMax }, value) => {
      const given = Object.entries({ min, max, exclusiveMin, exclusiveMax }).filter(([, limit]) => limit !== undefined);
      const spec = { type: 'number', default: 0, doc: 'X.', ...Object.fromEntries(given) } as OptionSpec;
      const fits =
        (min === undefined || value >= min) &&
        (max === undefined || value <= max) &&
        (exclusiveMin === undefined || value > exclusiveMin) &&
        (exclusiveMax === undefined || value < exclusiveMax);
      const resolve = () => resolveOptions(optionsTable('fit', { x: spec }), { x: value });
      if (fits) expect(resolve()).toEqual({ x: value });
      else expect(resolve).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
    }),
    { numRuns: 300 },
  );
});
