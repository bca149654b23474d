// A monitor over stand-in models for tests, and truths that follow a seeded relation.
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import type { Predictor } from '../../src/core/predictor.js';
import { createRandom } from '../../src/core/random.js';
import type { Monitor, MonitorInput } from '../../src/monitoring/monitor.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';

export const spec: FeatureSpec = {
  fields: [
    { name: 'x', type: 'number', nullable: true },
    { name: 'plan', type: 'string', nullable: true },
  ],
  target: { column: 'y', task: 'binary', classes: ['no', 'yes'], positive: 'yes' },
};

/** Answers with `x` as the probability of yes. */
export function scoring(more: Partial<FeatureSpec> = {}): Predictor {
  return stubPredictor({ name: 'prospects', spec: { ...spec, ...more }, score: ({ x }) => Number(x) });
}

/** A monitor of one model named `m`. */
export function watch(input: Partial<MonitorInput> = {}): Promise<Monitor> {
  return monitor({ predictors: { m: scoring() }, ...input });
}

export interface Row extends Record<string, unknown> {
  readonly x: number;
  readonly plan: string;
}

/** Rows with uniform scores, and truths that are yes as often as the scores promise. */
export function rows(n: number, seed = 1): { readonly row: Row; readonly truth: string }[] {
  const { next: random } = createRandom(seed);
  return Array.from({ length: n }, () => {
    const x = random();
    return { row: { x, plan: random() < 0.3 ? 'pro' : 'free' }, truth: random() < x ? 'yes' : 'no' };
  });
}

/** Predicts and tells the monitor. */
export function answer(watching: Monitor, predictor: Predictor, id: string, row: Record<string, unknown>): void {
  watching.predicted('m', id, row, predictor.predictOne(row));
}
