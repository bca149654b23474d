// Three models for the adapters to serve: binary with missing cells and text, several classes, regression.
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import type { Predictor } from '../../src/core/predictor.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';

const prospectSpec: FeatureSpec = {
  fields: [
    { name: 'age', type: 'integer', nullable: true },
    { name: 'plan', type: 'string', nullable: false },
    { name: 'trial', type: 'boolean', nullable: true },
  ],
  target: { column: 'converted', task: 'binary', classes: ['no', 'yes'], positive: 'yes' },
};

/** Scores 0.25 where age is missing, 0.1 for an age of 0, else 0.75; 0.9 for the plan "Größe 🚀". */
export function prospect(): Predictor {
  return stubPredictor({
    name: 'prospect-conversion',
    spec: prospectSpec,
    score: ({ age, plan }) => (plan === 'Größe 🚀' ? 0.9 : age === null ? 0.25 : age === 0 ? 0.1 : 0.75),
  });
}

export function penguin(): Predictor {
  const target = { column: 'species', task: 'multiclass', classes: ['Adelie', 'Chinstrap', 'Gentoo'] } as const;
  return stubPredictor({
    name: 'penguin',
    spec: { fields: [{ name: 'mass', type: 'number', nullable: false }], target },
    score: () => 0.5,
  });
}

export function diamond(): Predictor {
  return stubPredictor({
    name: 'diamond',
    spec: {
      fields: [{ name: 'carat', type: 'number', nullable: false }],
      target: { column: 'price', task: 'regression' },
    },
    score: ({ carat }) => Number(carat) / 3,
  });
}

/** A predictor that fails in a way nobody foresaw. */
export function broken(): Predictor {
  return stubPredictor({
    name: 'broken',
    score: () => {
      throw new Error('secret: row 4711 of /srv/private');
    },
  });
}
