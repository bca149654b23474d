import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkAlias,
  checkModelName,
  checkReason,
  checkTags,
  isModelName,
  parseModelReference,
} from '../../src/core/model-reference.js';

const checkTagName = (tag: string) => checkTags({ [tag]: 'x' });
const NAME_INVALID = expect.objectContaining({ code: 'NAME_INVALID' });
const ROUTE_WORDS = ['batch', 'health', 'metrics', 'docs', 'admin', 'predict', 'explain', 'feedback', 'v2'];
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/).filter((text) => !ROUTE_WORDS.includes(text));
const alias = name.filter((text) => text !== 'latest' && !/^v?\d+$/.test(text));

test('takes a bare name as its champion', () => {
  fc.assert(
    fc.property(name, (model) => {
      expect(parseModelReference(model)).toEqual({ name: model, alias: 'champion' });
    }),
  );
});

test('takes name@alias and name/version apart', () => {
  fc.assert(
    fc.property(name, alias, fc.nat(), (model, pointer, version) => {
      expect(parseModelReference(`${model}@${pointer}`)).toEqual({ name: model, alias: pointer });
      expect(parseModelReference(`${model}/${version}`)).toEqual({ name: model, version });
    }),
  );
});

test.each(['', '@', '/', '/1', '@champion', 'a@', 'a@b@c', 'a/b', 'a/1/2', 'a/-1', 'a/1.5', 'a/1@b', 'a@b\n', 'a/'])(
  'refuses the reference %j',
  (reference) => {
    expect(() => parseModelReference(reference)).toThrowError(NAME_INVALID);
  },
);

test('names the three forms where a reference has none of them', () => {
  expect(() => parseModelReference('a/b')).toThrowError(
    'model reference must be name, name@alias or name/version, got "a/b"',
  );
});

test.each(['', '.', '..', '.a', '-a', '_a', 'a b', 'a/b', 'a:b', 'é', 'a\n', 'a'.repeat(129)])(
  'refuses %j as the name of a model, an alias or a tag',
  (text) => {
    for (const check of [checkModelName, checkAlias, checkTagName])
      expect(() => check(text)).toThrowError(NAME_INVALID);
    expect(isModelName(text)).toBe(false);
  },
);

test('takes 128 letters, digits, dots, underscores and hyphens', () => {
  for (const text of ['a'.repeat(128), '0', 'A.b_c-9']) expect(() => checkModelName(text)).not.toThrow();
});

test.each(ROUTE_WORDS)('refuses the route word %s as a model name, not as an alias or tag', (word) => {
  expect(() => checkModelName(word)).toThrowError(`model name must not be a word of the routes, got "${word}"`);
  expect(isModelName(word)).toBe(false);
  expect(() => checkTagName(word)).not.toThrow();
  if (word !== 'v2') expect(() => checkAlias(word)).not.toThrow();
});

test.each(['latest', '1', '007', 'v1', 'v12'])(
  'refuses the alias %s, which MLflow reserves or reads as a number',
  (text) => {
    expect(() => checkAlias(text)).toThrowError(NAME_INVALID);
  },
);

test.each(['latest-good', 'v1.2', 'version1', 'V1', '1a'])('takes the alias %s', (text) => {
  expect(() => checkAlias(text)).not.toThrow();
});

test('cuts a long name short in the message', () => {
  expect(() => checkModelName('!'.repeat(1000))).toThrowError(`got "${'!'.repeat(60)}…"`);
});

test('refuses tag values and reasons that are no strings, which could not be read back', () => {
  for (const value of [5, null, undefined, {}]) {
    expect(() => checkTags({ rows: value })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(() => checkReason(value)).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
  }
});
