// The whole training path on real files beside scikit-learn's: the same folds, encoding and penalty, the same scores.
import { expect, test } from 'vitest';
import type { Task } from '../../src/core/feature-spec.js';
import { makeSplits } from '../../src/evaluation/make-splits.js';
import { resolveValidation } from '../../src/evaluation/validation-options.js';
import { csv } from '../../src/loaders/csv/csv.js';
import { encodeTarget } from '../../src/schema/encode-target.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { describeGiven } from './describe-given.js';
import { PEER_DATA, peerData } from './peer-data.js';
import { runPython } from './run-python.js';

interface Case {
  readonly file: string;
  readonly target: string;
  readonly task: Task;
  readonly positive?: string;
  readonly model: string;
}

const CASES: readonly Case[] = [
  { file: 'adult.csv', target: 'income', task: 'binary', positive: '>50K', model: 'logistic' },
  { file: 'telco-churn.csv', target: 'Churn', task: 'binary', positive: 'Yes', model: 'logistic' },
  { file: 'penguins.csv', target: 'species', task: 'multiclass', model: 'logistic' },
  { file: 'diamonds.csv', target: 'price', task: 'regression', model: 'linear' },
];
const SEED = 3;

/**
 * Both minimise the same convex function, each to its own stopping rule. Where classes are nearly separable (penguins) the
 * function is flat and their log losses stop about 1e-5 apart: half a unit of the fourth digit is what the docs promise.
 */
const TOLERANCE = 5e-5;

for (const { file, target, task, positive, model } of CASES) {
  describeGiven(`training on ${file}`, { given: peerData(file), needs: PEER_DATA }, (path) => {
    test('gives the scores of scikit-learn on the same folds', async () => {
      const loader = csv(path);
      const { data: table } = await loader.load();
      const validation = { folds: 5 };
      const { values } = encodeTarget(table, { column: target, task, ...(positive === undefined ? {} : { positive }) });
      const folds = makeSplits(resolveValidation(validation), {
        nRows: values.length,
        task,
        target: values,
        seed: SEED,
      });
      const result = await createTrainer({ registry: memoryRegistry() }).train({
        name: 'peer',
        data: table,
        target: { column: target, task, positive },
        model,
        validation,
        seed: SEED,
      });
      const sklearn = runPython('training_sklearn.py', {
        path,
        target,
        task,
        positive,
        alpha: result.model.params.l2 ?? 0,
        features: result.features.fields.map(({ name }) => name),
        folds: folds.map(({ train, test }) => ({ train: [...train], test: [...test] })),
      }) as Readonly<Record<string, readonly number[]>>;
      for (const [metric, scores] of Object.entries(sklearn)) {
        const ours = result.metrics[metric]?.folds ?? [];
        scores.forEach((score, fold) => {
          expect(
            Math.abs((ours[fold] ?? Number.NaN) - score) / Math.max(1, score),
            `${metric} of fold ${fold}`,
          ).toBeLessThan(TOLERANCE);
        });
      }
    });
  });
}
