import { describe, expectTypeOf, test } from 'vitest';
import tabwrightExpress from '../../adapters/express.js';
import type { Predictor } from '../../src/core/predictor.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';

interface Prospect {
  readonly age: number | null;
  readonly plan: 'free' | 'pro';
}

describe('ServingOptions', () => {
  test('take predictors of any row type', () => {
    expectTypeOf<{ predictors: { typed: Predictor<Prospect>; untyped: Predictor } }>().toExtend<ServingOptions>();
  });

  test('have the options of the table, with their choices', () => {
    expectTypeOf<ServingOptions['unexpectedErrors']>().toEqualTypeOf<'answer' | 'host' | undefined>();
    expectTypeOf<ServingOptions['maxBatchRows']>().toEqualTypeOf<number | undefined>();
  });

  test('are what the adapters take', () => {
    expectTypeOf(tabwrightExpress).toBeCallableWith({ predictors: {}, title: 'Scores' });
  });
});
