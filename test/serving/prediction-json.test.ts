import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { predictionJson, predictionSchema } from '../../src/serving/prediction-json.js';

const label = fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const prediction = fc.record(
  {
    score: fc.double(),
    label,
    version: fc.integer({ min: 1 }),
    model: fc.string(),
    probabilities: fc.dictionary(fc.string(), fc.double({ min: 0, max: 1 })),
  },
  { requiredKeys: ['score', 'label', 'version', 'model'] },
);

describe('predictionJson', () => {
  test('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.string(), prediction, (id, given) => {
        expect(predictionJson(id, given)).toBe(JSON.stringify({ id, ...given }));
      }),
    );
  });

  test('keeps every bit of a score', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (score) => {
        const text = predictionJson('p', { score, label: null, version: 1, model: 'm' });
        expect(JSON.parse(text).score).toBe(score === 0 ? 0 : score);
      }),
    );
  });

  test('writes the same members in the same order, whatever else the object has', () => {
    const given = { model: 'm', secret: 1, version: 2, label: 'a', score: 1 };
    expect(predictionJson('p', given)).toBe('{"id":"p","score":1,"label":"a","version":2,"model":"m"}');
  });
});

describe('predictionSchema', () => {
  test('lists the classes, whatever their kind', () => {
    const target = { column: 'y', task: 'binary', classes: [0, 1], positive: 1 } as const;
    expect(predictionSchema({ fields: [], target })).toMatchObject({ properties: { label: { enum: [0, 1] } } });
  });

  test('has probabilities for several classes only', () => {
    const classes = ['a', 'b', 'c'];
    const several = predictionSchema({ fields: [], target: { column: 'y', task: 'multiclass', classes } });
    expect(several.required).toContain('probabilities');
    const regression = predictionSchema({ fields: [], target: { column: 'y', task: 'regression' } });
    expect(regression.properties).not.toHaveProperty('probabilities');
  });
});
