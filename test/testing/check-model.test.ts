// A check suite must be able to fail: each promise is broken once, and must be the one that is named.
import { describe, expect, test } from 'vitest';
import type { FittedModel, Model } from '../../src/core/model.js';
import { constant } from '../../src/models/constant.js';
import { readConstant } from '../../src/models/fitted-constant.js';
import { linearModelReader } from '../../src/models/fitted-linear-model.js';
import { logistic } from '../../src/models/logistic.js';
import type { ModelPromise } from '../../src/testing/check-model.js';
import { checkModel } from '../../src/testing/check-model.js';
import { readStubModel, stubModel } from '../../src/testing/stub-model.js';

const reader = linearModelReader('logistic');

/** A logistic model for two classes whose fitted form is changed, methods bound to the original. */
function changed(change: (fitted: FittedModel) => Partial<FittedModel>): () => Model {
  return () => {
    const model = logistic();
    return {
      ...model,
      tasks: ['binary'],
      async fit(train, options) {
        const fitted = await model.fit(train, options);
        const { kind, task, features, nOutputs } = fitted;
        const whole: FittedModel = {
          kind,
          task,
          features,
          nOutputs,
          predict: (matrix, out) => fitted.predict(matrix, out),
          toFiles: () => fitted.toFiles(),
        };
        return { ...whole, ...change(fitted) };
      },
    };
  };
}

/** A logistic model for two classes whose fit is changed. */
function fitting(fit: (model: Model) => Model['fit']): () => Model {
  return () => ({ ...logistic(), tasks: ['binary'], fit: fit(logistic()) });
}

const BROKEN: readonly (readonly [ModelPromise, string, () => Model])[] = [
  ['scores have the declared shape', 'two outputs declared', changed(() => ({ nOutputs: 2 }))],
  ['scores have the declared shape', 'another task', changed(() => ({ task: 'regression' }))],
  ['scores have the declared shape', 'features renamed', changed(() => ({ features: [] }))],
  [
    'probabilities are in [0, 1] and sum to 1',
    'log-odds instead',
    changed((fitted) => ({ predict: (matrix) => fitted.predict(matrix).map((p) => Math.log(p / (1 - p))) })),
  ],
  ['a given output array is used', 'it is not', changed((fitted) => ({ predict: (matrix) => fitted.predict(matrix) }))],
  [
    'one row scores as in a batch',
    'by position',
    changed((fitted) => ({
      predict(matrix, out) {
        const scores = fitted.predict(matrix, out);
        for (const [i, score] of scores.entries()) scores[i] = score / (1 + i);
        return scores;
      },
    })),
  ],
  [
    'predictRow gives the bits of predict',
    'one bit off',
    changed((fitted) => ({
      predictRow(values, out) {
        fitted.predictRow?.(values, out);
        out[0] = (out[0] as number) * (1 + Number.EPSILON);
      },
    })),
  ],
  ['files give the same model', 'of another model', changed(() => ({ toFiles: otherFiles }))],
  ['importance is one number a feature', 'one in all', changed(() => ({ importance: () => new Float64Array(1) }))],
  ['importance is one number a feature', 'negative', changed(() => ({ importance: () => Float64Array.of(1, 2, -1) }))],
  [
    'the same seed gives the same model',
    'a model by the clock',
    fitting((model) => async (train, options) => {
      const noise = Math.random() / 1000;
      return model.fit(
        { ...train, target: train.target, weights: train.target.map((_, row) => (row === 0 ? 1 + noise : 1)) },
        options,
      );
    }),
  ],
  [
    'inputs are not changed',
    'the target',
    fitting((model) => async (train, options) => {
      const fitted = await model.fit(train, options);
      train.target[5] = 1 - (train.target[5] as number);
      return fitted;
    }),
  ],
  [
    'weights count like repeated rows',
    'ignored',
    fitting(
      (model) =>
        ({ weights: _, ...train }, options) =>
          model.fit(train, options),
    ),
  ],
  ['an aborted fit ends', 'it goes on', fitting((model) => (train) => model.fit(train))],
  [
    'missing values are refused or scored',
    'taken for 0',
    fitting((model) => (train, options) => {
      const columns = train.features.columns.map((column) => Float64Array.from(column, (value) => value || 0));
      return model.fit({ ...train, features: { ...train.features, columns } }, options);
    }),
  ],
  ['a target of one class is refused', 'it is not', () => ({ ...stubModel(), tasks: ['binary'] })],
];

function otherFiles() {
  const bytes = JSON.stringify({
    format: 1,
    kind: 'logistic',
    task: 'binary',
    nClasses: 2,
    features: ['strong', 'weak', 'noise'].map((name) => ({ name, kind: 'numeric' })),
    intercepts: [0],
    coefficients: [0, 0, 0],
    deviations: [1, 1, 1],
  });
  return new Map([['model.json', new TextEncoder().encode(bytes)]]);
}

describe('a model is caught that breaks the promise', () => {
  test.each(BROKEN)('"%s": %s', async (promise, _, make) => {
    const earlier =
      make().kind === 'stub'
        ? { 'broken files are refused': 'not of interest', 'an aborted fit ends': 'nor this' }
        : {};
    const read = make().kind === 'stub' ? readStubModel : reader;
    await expect(checkModel(make, { reader: read, skip: earlier })).rejects.toThrow(`binary: ${promise}: `);
  });

  test('"broken files are refused": read all the same', async () => {
    const fitted = await logistic().fit(await trainingOf());
    await expect(
      checkModel(() => ({ ...logistic(), tasks: ['binary'] }), { reader: (files) => lenient(files, fitted) }),
    ).rejects.toThrow('broken files are refused');
  });
});

test('a skipped promise is not checked', async () => {
  const make = changed(() => ({ importance: () => new Float64Array(1) }));
  await checkModel(make, { reader, skip: { 'importance is one number a feature': 'to see that it is left out' } });
});

test('a model that keeps its promises passes', () => checkModel(constant, { reader: readConstant }));

test('a model without tasks is refused', async () => {
  await expect(checkModel(() => ({ ...constant(), tasks: [] }), { reader: readConstant })).rejects.toThrow(
    'declares no task',
  );
});

async function trainingOf() {
  const { modelData } = await import('../../src/testing/model-data.js');
  return modelData('binary', { nRows: 20, seed: 1 });
}

function lenient(files: Parameters<typeof reader>[0], instead: FittedModel): FittedModel {
  try {
    return reader(files);
  } catch {
    return instead;
  }
}
