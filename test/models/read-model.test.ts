// Model files are untrusted: whatever is in them, reading gives a model that scores or one error with a code.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/core/feature-spec.js';
import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import { createModel } from '../../src/models/create-model.js';
import { readModel } from '../../src/models/read-model.js';
import { modelData } from '../../src/testing/model-data.js';
import { readStubModel, stubModel } from '../../src/testing/stub-model.js';

const CASES: readonly (readonly [string, Task])[] = [
  ['logistic', 'binary'],
  ['logistic', 'multiclass'],
  ['linear', 'regression'],
  ['constant', 'multiclass'],
];
const data = (task: Task) => modelData(task, { nRows: 40, seed: 1 });
const filesOf = async (kind: string, task: Task) => (await createModel(kind).fit(data(task))).toFiles();
const json = (value: unknown) => new Map([['model.json', new TextEncoder().encode(JSON.stringify(value))]]);

async function modelJson(kind: string, task: Task): Promise<Record<string, unknown>> {
  const bytes = (await filesOf(kind, task)).get('model.json');
  return JSON.parse(new TextDecoder().decode(bytes));
}

test.each(CASES)('a %s model of a %s task comes back with the same scores', async (kind, task) => {
  const fitted = await createModel(kind).fit(data(task));
  const { features } = data(task);
  expect(readModel(kind, fitted.toFiles()).predict(features)).toEqual(fitted.predict(features));
});

describe('a reader', () => {
  test('of a custom kind is used', async () => {
    const files = (await stubModel(0.25).fit(data('binary'))).toFiles();
    expect(readModel('stub', files, { stub: readStubModel }).predict(data('binary').features)[0]).toBe(0.25);
  });

  test('of a custom kind comes before the built-in one', async () => {
    const stub = await stubModel().fit(data('binary'));
    expect(readModel('logistic', new Map(), { logistic: () => stub })).toBe(stub);
  });

  test('is not found by the name of something every object has', () => {
    for (const kind of ['toString', '__proto__', 'constructor']) {
      expect(() => readModel(kind, new Map())).toThrow(expect.objectContaining({ code: 'MODEL_KIND_UNKNOWN' }));
    }
  });

  test('that is missing is named, with the nearest spelling', () => {
    expect(() => readModel('logistc', new Map())).toThrow('did you mean logistic?');
  });
});

describe('a model.json is refused', () => {
  const replacements: readonly (readonly [string, string, unknown])[] = [
    ['another format', 'format', 2],
    ['another kind', 'kind', 'linear'],
    ['an unknown task', 'task', 'ranking'],
    ['a task of another kind of model', 'task', 'regression'],
    ['the wrong number of classes', 'nClasses', 3],
    ['features that are no list', 'features', {}],
    ['a feature without a name', 'features', [{ kind: 'numeric' }]],
    ['a feature of an unknown kind', 'features', [{ name: 'a', kind: 'text' }]],
    ['levels that are no strings', 'features', [{ name: 'a', kind: 'categorical', levels: [1] }]],
    ['fewer features than coefficients', 'features', [{ name: 'a', kind: 'numeric' }]],
    ['two features of one name', 'features', new Array(3).fill({ name: 'a', kind: 'numeric' })],
    ['a coefficient missing', 'coefficients', [1, 2]],
    ['a coefficient that is null', 'coefficients', [1, null, 3]],
    ['a coefficient that is text', 'coefficients', [1, '2', 3]],
    ['no intercepts', 'intercepts', undefined],
    ['a deviation too many', 'deviations', [1, 1, 1, 1]],
  ];

  test.each(replacements)('with %s', async (_, key, value) => {
    const files = json({ ...(await modelJson('logistic', 'binary')), [key]: value });
    expect(() => readModel('logistic', files)).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
  });

  test('where it is absent, no text or no JSON object', () => {
    const contents = [undefined, Uint8Array.of(0xff, 0xfe), '', '[]', 'null', '{"format":1', '3'];
    for (const content of contents) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const files = new Map(bytes === undefined ? [] : [['model.json', bytes]]);
      expect(() => readModel('logistic', files)).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
    }
  });

  test('with a name that is no UTF-8', async () => {
    const bytes = (await filesOf('logistic', 'binary')).get('model.json')?.slice() as Uint8Array;
    const at = new TextDecoder().decode(bytes).indexOf('strong');
    bytes[at] = 0xff;
    expect(() => readModel('logistic', new Map([['model.json', bytes]]))).toThrow('model.json must be JSON');
  });

  test('with probabilities of a constant model that are none', async () => {
    const files = json({ ...(await modelJson('constant', 'multiclass')), scores: [2, -1, 0] });
    expect(() => readModel('constant', files)).toThrow('probabilities in [0, 1]');
  });

  test('with names of the prototype, which change nothing else', async () => {
    const text = JSON.stringify(await modelJson('linear', 'regression')).replace('{', '{"__proto__":{"polluted":1},');
    readModel('linear', new Map([['model.json', new TextEncoder().encode(text)]]));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

test('a model.json with any bytes changed is refused with a code or scores', async () => {
  const original = (await filesOf('logistic', 'multiclass')).get('model.json') as Uint8Array;
  const changes = fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(changes, (edits) => {
      const bytes = original.slice();
      for (const [at, byte] of edits) bytes[at] = byte;
      const features = data('multiclass').features;
      try {
        const model = readModel('logistic', new Map([['model.json', bytes]]));
        model.predict({ ...features, features: model.features });
      } catch (error) {
        expect(isTabwrightError(error)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
