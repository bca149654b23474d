import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import type { JsonObject } from '../../src/core/json.js';
import type { FittedTransformer } from '../../src/core/transformer.js';
import { fittedPipeline } from '../../src/transforms/fitted-pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';

const invalid = expect.objectContaining({ code: 'BUNDLE_INVALID' });
const column = { name: 'x', type: 'string', levels: ['a'], ownMissing: false, dropFirst: false };
const oneHot = { kind: 'oneHot', missing: 'ignore', unknown: 'ignore', columns: [column] };
const ordinal = { kind: 'ordinal', output: 'numeric', unknown: 'error', columns: [{ ...column, type: 'number' }] };
const scale = { kind: 'standardScale', columns: [{ name: 'x', mean: 0, scale: 1 }] };
const fill = { kind: 'impute', columns: [{ name: 'x', fill: 1 }] };

const withColumn = (json: { columns: readonly object[] }, change: object): unknown => ({
  ...json,
  columns: [{ ...json.columns[0], ...change }],
});

describe('readTransformer', () => {
  test.each([
    ['no object', null, 'transformer must be an object, got null'],
    ['a list', [], 'transformer must be an object, got array'],
    ['no kind', {}, 'transformer.kind must be a string, got undefined'],
    ['no columns', { kind: 'impute' }, 'impute.columns must be a list, got undefined'],
    [
      'a column that is no object',
      { ...scale, columns: [3] },
      'standardScale.columns[0] must be an object, got number',
    ],
    ['a column twice', { ...scale, columns: [...scale.columns, ...scale.columns] }, 'a list of different columns'],
    ['a fill of another type', withColumn(fill, { fill: true }), 'impute.columns[0].fill must be a finite number'],
    ['a fill that is missing', withColumn(fill, { fill: undefined }), 'got undefined'],
    ['a mean as a string', withColumn(scale, { mean: '0' }), 'standardScale.columns[0].mean must be a finite number'],
    ['an infinite mean', withColumn(scale, { mean: Number.POSITIVE_INFINITY }), 'got Infinity'],
    ['a scale of 0', withColumn(scale, { scale: 0 }), 'standardScale.columns[0].scale must be greater than 0'],
    ['another policy', { ...oneHot, unknown: 'guess' }, 'oneHot.unknown must be one of ignore, error, other'],
    ['a flag as a number', withColumn(oneHot, { dropFirst: 1 }), 'dropFirst must be true or false, got number'],
    ['levels that repeat', withColumn(oneHot, { levels: ['a', 'a'] }), 'levels must be a list of different strings'],
    ['levels that are numbers', withColumn(oneHot, { levels: [1] }), 'levels must be a list of different strings'],
    ['a level that is no number', ordinal, 'ordinal.columns[0].levels must be a list of numbers as strings'],
    ['a number written otherwise', withColumn(ordinal, { levels: ['1.0'] }), 'a list of numbers as strings'],
    ['a level that is no boolean', withColumn(ordinal, { type: 'boolean' }), 'a list of "true" and "false"'],
    ['a column type', withColumn(ordinal, { type: 'date' }), 'type must be one of string, number, boolean'],
    ['steps that are no list', { kind: 'pipeline', steps: {} }, 'transformer.steps must be a list, got object'],
    ['a bad step', { kind: 'pipeline', steps: [scale, null] }, 'transformer must be an object, got null'],
    ['steps that do not fit', { kind: 'pipeline', steps: [oneHot, scale] }, 'the stored pipeline step does not fit'],
    ['names that meet', { ...oneHot, columns: [column, { ...column, name: 'x=a' }] }, 'the stored oneHot step'],
  ])('refuses %s', (_, json, words) => {
    expect(() => readTransformer(json)).toThrow(invalid);
    expect(() => readTransformer(json)).toThrow(words);
  });

  test('refuses pipelines nested without end', () => {
    let nested: object = scale;
    for (let depth = 0; depth < 10_000; depth++) nested = { kind: 'pipeline', steps: [nested] };
    expect(() => readTransformer(nested)).toThrow(invalid);
  });

  test('names a kind that has no reader', () => {
    for (const kind of ['embed', 'constructor', '__proto__']) {
      expect(() => readTransformer({ kind })).toThrow(expect.objectContaining({ code: 'MODEL_KIND_UNKNOWN' }));
    }
  });

  test('reads a step of the user by its kind, also inside a pipeline', () => {
    const none: FittedTransformer = { ...fittedPipeline([]), kind: 'none' };
    const seen: JsonObject[] = [];
    const readers = {
      none: (json: JsonObject) => {
        seen.push(json);
        return none;
      },
    };
    expect(readTransformer({ kind: 'none', size: 3 }, readers)).toBe(none);
    readTransformer({ kind: 'pipeline', steps: [{ kind: 'none', size: 4 }] }, readers);
    expect(seen.map(({ size }) => size)).toEqual([3, 4]);
  });

  test('says BUNDLE_INVALID when a reader of the user fails', () => {
    const failing = () => {
      throw new RangeError('no');
    };
    expect(() => readTransformer({ kind: 'none' }, { none: failing })).toThrow(invalid);
  });

  test('never throws anything but an error with a code, whatever the JSON', () => {
    const valid = [oneHot, ordinal, scale, fill, { kind: 'pipeline', steps: [scale] }];
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.string(), fc.jsonValue(), fc.nat(), (json, key, value, at) => {
        const text = JSON.stringify(json);
        const keys = [...text.matchAll(/"(\w+)":/g)].map((match) => match[1] as string);
        const chosen = [...keys, key][at % (keys.length + 1)] as string;
        const broken = JSON.parse(text, (each, held) => (each === chosen ? value : held));
        try {
          readTransformer(broken);
        } catch (error) {
          expect(isTabwrightError(error)).toBe(true);
        }
      }),
    );
  });
});

const SOURCES = join(import.meta.dirname, '../../src/transforms');

/** Packages that a file loads at run time, itself or through the files it imports. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/^import (?!type )[^;]*? from '([^']+)';$/gm)) {
    const found = from as string;
    if (found.startsWith('node:')) continue;
    if (!found.startsWith('.')) packages.add(found);
    else for (const each of packagesOf(join(dirname(file), found.replace(/\.js$/, '.ts')), seen)) packages.add(each);
  }
  return packages;
}

test('no file of the transforms loads a package', () => {
  for (const file of readdirSync(SOURCES)) expect([...packagesOf(join(SOURCES, file))], file).toEqual([]);
});
