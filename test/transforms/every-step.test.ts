import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import type { Transformer } from '../../src/core/transformer.js';
import { tableCells } from '../../src/testing/table-cells.js';
import { dropColumns } from '../../src/transforms/drop-columns.js';
import { fitTransform } from '../../src/transforms/fit-transform.js';
import { keepColumns } from '../../src/transforms/keep-columns.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { applied, EVERY_STEP, target, training } from './every-step.js';

/** All that a step does, as far as rows and models can see it. */
function effect(step: Transformer): unknown {
  const { fitted, table } = fitTransform(step, training, target);
  const seen = [fitted.outputs, table.columnNames(), tableCells(table)];
  try {
    const found = fitted.transform(applied);
    return [...seen, found.columnNames(), tableCells(found)];
  } catch (error) {
    return [...seen, isTabwrightError(error) ? error.code : error];
  }
}

/** The same, or the code of the error where the step cannot be fitted. */
function effectOrCode(step: Transformer): unknown {
  try {
    return effect(step);
  } catch (error) {
    if (isTabwrightError(error)) return error.code;
    throw error;
  }
}

describe.each(EVERY_STEP.map((each) => [each.table.name, each] as const))('%s', (_, { table, make, base, changes }) => {
  test('every option is tried', () => {
    expect(Object.keys(changes).sort()).toEqual(Object.keys(table.specs).sort());
  });

  test.each(Object.entries(changes))('%s changes what comes out', (option, { from, ...given }) => {
    expect(given[option]).not.toEqual(table.specs[option]?.default);
    const before = effectOrCode(make({ ...base, ...from }));
    expect(effectOrCode(make({ ...base, ...given }))).not.toEqual(before);
  });

  test('an option that it does not have is refused', () => {
    expect(() => make({ ...base, notAnOption: 1 })).toThrow(expect.objectContaining({ code: 'OPTION_UNKNOWN' }));
  });
});

const STORED = [
  ...EVERY_STEP.map(({ make, base }) => make(base)),
  dropColumns('numeric'),
  keepColumns('numeric'),
  pipeline([]),
].map((step) => step.fit(training, target).toJSON());

test('every kind that can be read is among those tried here', () => {
  const source = readFileSync('src/transforms/read-transformer.ts', 'utf8');
  const listed = /BUILT_IN[^=]*= \{([^}]*)\}/.exec(source)?.[1] as string;
  const kinds = [...listed.matchAll(/^ {2}(\w+):/gm)].map(([, kind]) => kind);
  const tried = new Set(STORED.map(({ kind }) => kind));
  expect(kinds.filter((kind) => !tried.has(kind as string) && kind !== 'pipeline')).toEqual([]);
});

test('reading what was stored and damaged gives a step, or an error with a code, and the step does no worse', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STORED), fc.jsonValue(), fc.nat(), fc.nat(), (json, value, at, times) => {
      const text = JSON.stringify(json);
      const keys = [...text.matchAll(/"(\w+)":/g)].map((match) => match[1] as string);
      const chosen = keys[at % keys.length];
      let left = times % 3;
      const broken = JSON.parse(text, (key, held) => (key === chosen && left-- <= 0 ? value : held));
      try {
        readTransformer(broken).transform(applied);
      } catch (error) {
        expect(isTabwrightError(error), String(error)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each(STORED.map((json) => [json.kind, json] as const))(
  'a stored %s without one of its fields is refused',
  (_, json) => {
    for (const key of Object.keys(json).filter((each) => each !== 'kind')) {
      const { [key]: _gone, ...rest } = json;
      expect(() => readTransformer(rest), key).toThrow(expect.objectContaining({ code: 'BUNDLE_INVALID' }));
    }
  },
);
