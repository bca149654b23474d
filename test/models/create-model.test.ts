import { describe, expect, test } from 'vitest';
import { createModel, modelKinds } from '../../src/models/create-model.js';
import { modelData } from '../../src/testing/model-data.js';

describe.each(modelKinds)('$kind', (entry) => {
  test('is made by its name, with every option at its default', () => {
    const model = createModel(entry.kind);
    expect(model.kind).toBe(entry.kind);
    expect(model.tasks).toEqual(entry.tasks);
    expect(entry.options.name).toBe(entry.kind);
    const defaults = Object.entries(entry.options.specs).map(([name, spec]) => [name, spec.default]);
    expect(model.params).toEqual(Object.fromEntries(defaults));
  });

  test('refuses an unknown option', () => {
    expect(() => createModel(entry.kind, { depht: 3 })).toThrow(expect.objectContaining({ code: 'OPTION_UNKNOWN' }));
  });

  test('can be made again from its params', () => {
    const { params } = createModel(entry.kind);
    expect(createModel(entry.kind, JSON.parse(JSON.stringify(params))).params).toEqual(params);
  });
});

test('takes options', () => expect(createModel('logistic', { l2: 0.5 }).params.l2).toBe(0.5));

describe('every option changes the fitted model or how it was found', () => {
  const changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    logistic: {
      l2: 5,
      intercept: false,
      balanced: true,
      classWeights: { 1: 3 },
      solver: 'lbfgs',
      tolerance: 0.1,
      maxIterations: 1,
    },
    linear: { l2: 5, intercept: false },
  };
  const outcome = async (kind: string, params: Readonly<Record<string, unknown>>) => {
    const model = createModel(kind, params);
    const fitted = await model.fit(modelData(model.tasks[0] ?? 'binary', { nRows: 100, seed: 1 }));
    return { file: fitted.toFiles().get('model.json'), summary: fitted.summary };
  };

  test.each(Object.keys(changes))('%s', async (kind) => {
    const { options } = modelKinds.find((entry) => entry.kind === kind) ?? { options: { specs: {} } };
    expect(Object.keys(changes[kind] ?? {})).toEqual(Object.keys(options.specs));
    const plain = await outcome(kind, {});
    for (const [name, value] of Object.entries(changes[kind] ?? {})) {
      expect(await outcome(kind, { [name]: value }), name).not.toEqual(plain);
    }
  });
});

describe('an unknown kind is refused', () => {
  test.each([
    ['Logistic', 'did you mean logistic?'],
    ['ml-xgboost', 'did you mean mlXgboost?'],
    ['neuralNetwork', 'the kinds are logistic, linear'],
    ['__proto__', 'the kinds are'],
  ])('%s: %s', (kind, hint) => {
    expect(() => createModel(kind)).toThrow(
      expect.objectContaining({ code: 'MODEL_KIND_UNKNOWN', message: expect.stringContaining(hint) }),
    );
  });
});
