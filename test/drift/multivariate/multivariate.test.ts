// Drift that no column shows by itself: two columns that move together in the reference and apart in the current rows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../../src/core/random.js';
import { detectDrift } from '../../../src/drift/detect-drift.js';
import { aucInterval } from '../../../src/drift/multivariate/auc-interval.js';
import { domainClassifier } from '../../../src/drift/multivariate/domain-classifier.js';
import { reconstructionDrift } from '../../../src/drift/multivariate/reconstruction-drift.js';
import { driftReference } from '../../../src/drift/reference/make-drift-reference.js';
import { auc } from '../../../src/evaluation/roc.js';
import { gradientBoosting } from '../../../src/models/gradient-boosting.js';
import { logistic } from '../../../src/models/logistic.js';
import { DictionaryColumn } from '../../../src/table/dictionary-column.js';
import { makeTable } from '../../../src/table/make-table.js';

function rows(random: Random, n: number, together: number) {
  const left = Float64Array.from({ length: n }, () => random.normal());
  const right = left.map((value) => together * value + Math.sqrt(1 - together ** 2) * random.normal());
  const third = left.map((value, i) => (i % 50 === 0 ? Number.NaN : (value + random.normal()) / Math.SQRT2));
  const codes = Int32Array.from({ length: n }, () => random.integer(3));
  return makeTable([
    ['left', left],
    ['right', right],
    ['third', third],
    ['city', new DictionaryColumn(codes, ['Bern', 'Uri', 'Zug'])],
  ]);
}

const random = createRandom(3);
const samples = rows(random, 2000, 0.95);
const fields = [
  ...['left', 'right', 'third'].map((name) => ({ name, type: 'number', nullable: true }) as const),
  { name: 'city', type: 'string', nullable: true } as const,
];
const reference = driftReference(samples, { fields });
const same = rows(random, 1000, 0.95);
const apart = rows(random, 1000, 0);
const model = gradientBoosting({ numIterations: 30, numThreads: 1 });

describe('drift of all columns together', () => {
  test('is found by a classifier and by reconstruction where every column by itself is as it was', async () => {
    const classifier = await domainClassifier({ reference, samples, current: apart, model, folds: 3 });
    const reconstruction = reconstructionDrift({ reference, samples, current: apart });
    expect(classifier.isDrifted).toBe(true);
    expect(classifier.interval[0]).toBeGreaterThan(0.7);
    expect(classifier.interval[0]).toBeLessThan(classifier.auc);
    expect(
      classifier.importance
        .slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['left', 'right']);
    expect(reconstruction.isDrifted).toBe(true);
    const report = detectDrift({ reference, current: apart, multivariate: { classifier, reconstruction } });
    expect(report).toMatchObject({
      isDrifted: true,
      drifted: { count: 0 },
      multivariate: { classifier, reconstruction },
    });
  });

  test('is not found where nothing changed, and the same seed finds the same', async () => {
    const classifier = await domainClassifier({ reference, samples, current: same, model, folds: 3 });
    expect(classifier.isDrifted).toBe(false);
    expect(classifier.interval[0]).toBeLessThan(0.5);
    expect(await domainClassifier({ reference, samples, current: same, model, folds: 3 })).toEqual(classifier);
    expect(reconstructionDrift({ reference, samples, current: same }).isDrifted).toBe(false);
  });

  test('is asked of a model that takes the columns as they are, and of enough rows', async () => {
    await expect(domainClassifier({ reference, samples, current: same, model: logistic() })).rejects.toThrow(
      'domainClassifier: model must be binary and take missing values and categories',
    );
    const few = rows(random, 10, 0);
    await expect(domainClassifier({ reference, samples, current: few, model })).rejects.toThrow(
      '20 rows or more, got 10',
    );
    expect(() => reconstructionDrift({ reference, samples, current: few })).toThrow('100 rows or more, got 10');
  });
});

describe('aucInterval', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 40 });
  test('has the AUC of the scores in its middle', () => {
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        const found = aucInterval(Float64Array.from(positives), Float64Array.from(negatives));
        const target = Float64Array.from([...positives.map(() => 1), ...negatives.map(() => 0)]);
        expect(found.auc).toBeCloseTo(auc(target, Float64Array.from([...positives, ...negatives])), 12);
        expect(found.interval[0]).toBeLessThanOrEqual(found.auc);
        expect(found.interval[1]).toBeGreaterThanOrEqual(found.auc);
      }),
    );
  });

  test('covers the true AUC in about 95 of 100 samples', () => {
    const draw = createRandom(8);
    // Normal scores a unit apart: AUC = Phi(1 / sqrt 2).
    const truth = 0.7602499389065233;
    let covered = 0;
    for (let round = 0; round < 400; round++) {
      const positives = Float64Array.from({ length: 80 }, () => draw.normal() + 1);
      const negatives = Float64Array.from({ length: 60 }, () => draw.normal());
      const [low, high] = aucInterval(positives, negatives).interval;
      if (low <= truth && truth <= high) covered += 1;
    }
    expect(Math.abs(covered - 380)).toBeLessThan(4 * Math.sqrt(400 * 0.95 * 0.05));
  });
});
