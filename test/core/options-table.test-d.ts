import { expectTypeOf, test } from 'vitest';
import { type OptionsInput, type OptionsOf, optionsTable } from '../../src/core/options-table.js';

const table = optionsTable('fit', {
  rate: { type: 'number', default: 0.1, doc: 'Step.' },
  seed: { type: 'integer', default: undefined, doc: 'Seed.' },
  bias: { type: 'boolean', default: true, doc: 'Bias.' },
  policy: { type: 'choice', choices: ['error', 'ignore'], default: 'error', doc: 'Policy.' },
  columns: { type: 'list', default: [], doc: 'Columns.' },
  weights: { type: 'numbers', default: undefined, doc: 'Weights.' },
});

test('a caller may leave out any option and must keep to the types', () => {
  type Input = OptionsInput<typeof table>;
  expectTypeOf<Record<never, never>>().toExtend<Input>();
  expectTypeOf<{ policy: 'ignore'; rate: undefined }>().toExtend<Input>();
  expectTypeOf<{ policy: 'skip' }>().not.toExtend<Input>();
  expectTypeOf<{ rate: string }>().not.toExtend<Input>();
});

test('resolved options are all there, undefined only where the default is', () => {
  expectTypeOf<OptionsOf<typeof table>>().toEqualTypeOf<{
    readonly rate: number;
    readonly seed: number | undefined;
    readonly bias: boolean;
    readonly policy: 'error' | 'ignore';
    readonly columns: readonly string[];
    readonly weights: Readonly<Record<string, number>> | undefined;
  }>();
});
