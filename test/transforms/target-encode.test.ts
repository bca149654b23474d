import { describe, expect, test } from 'vitest';
import type { TargetKind } from '../../src/core/transformer.js';
import { makeTable } from '../../src/table/make-table.js';
import { checkTransformer } from '../../src/testing/check-transformer.js';
import { fitTransform } from '../../src/transforms/fit-transform.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { readTransformer } from '../../src/transforms/read-transformer.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import type { TargetEncodeOptions } from '../../src/transforms/target-encode.js';
import { targetEncode } from '../../src/transforms/target-encode.js';
import { booleans, cellsOf, numbers, strings } from './mixed-rows.js';

const table = makeTable([
  ['word', strings(['b', null, 'b', 'a', 'a', 'b'])],
  ['stars', numbers([10, 9, 9, null, 10, 9])],
  ['flag', booleans([true, null, true, false, false, true])],
]);
const binary = Float64Array.of(1, 0, 1, 0, 1, 0);
const classes = Float64Array.of(2, 0, 1, 0, 1, 2);

const given = makeTable([['word', strings(['a', 'b', null, 'new'])]]);
const encoded = (options: TargetEncodeOptions, target = binary, kind?: TargetKind) => {
  const found = targetEncode(options).fit(table, target, kind).transform(given);
  return found.columnNames().map((name) => cellsOf(found, name));
};

describe('targetEncode', () => {
  test.each<[TargetEncodeOptions, Float64Array]>([
    [{}, binary],
    [{ smoothing: 3, unknown: 'error', missing: 'keep', folds: 2 }, Float64Array.of(-3, 2.5, 0, 1e9, 4, 4)],
    [{ task: 'multiclass', columns: ['word', 'stars', 'flag'], unknown: 'missing' }, classes],
  ])('keeps the promises of a step with %o', async (options, target) => {
    await checkTransformer(() => targetEncode(options), { table, target, read: readTransformer });
  });

  test('gives a category the mean of its target, smoothed, and others the mean of all', () => {
    expect(encoded({ smoothing: 0 })).toEqual([[0.5, 2 / 3, 0, 0.5]]);
    expect(encoded({ smoothing: 3 })).toEqual([[0.5, (2 + 1.5) / 6, 1.5 / 4, 0.5]]);
    expect(encoded({ smoothing: 0, missing: 'keep', unknown: 'missing' })).toEqual([[0.5, 2 / 3, null, null]]);
    expect(() => encoded({ unknown: 'error' })).toThrow(expect.objectContaining({ code: 'CATEGORY_UNKNOWN' }));
  });

  test('makes a column a class of a multiclass target, as training or the option says', () => {
    const shares = [
      [0.5, 0, 1, 1 / 3],
      [0.5, 1 / 3, 0, 1 / 3],
      [0, 2 / 3, 0, 1 / 3],
    ];
    expect(encoded({ smoothing: 0, task: 'multiclass' }, classes)).toEqual(shares);
    expect(encoded({ smoothing: 0 }, classes, { task: 'multiclass', nClasses: 4 })).toEqual([...shares, [0, 0, 0, 0]]);
    expect(
      targetEncode({ task: 'multiclass' })
        .fit(table, classes)
        .outputs.map(({ name }) => name),
    ).toEqual([...['word for class 0', 'word for class 1', 'word for class 2']]);
  });

  test('gives training rows values that do not depend on their own target, also inside a pipeline', () => {
    // Every row is a category of its own: the category says nothing, unless a row sees its own target.
    const n = 40;
    const ids = makeTable([['id', strings(Array.from({ length: n }, (_, row) => `${row}`))]]);
    const target = Float64Array.from({ length: n }, (_, row) => row % 2);
    const changed = target.map((value, row) => (row === 3 ? 1 - value : value));
    const step = targetEncode({ smoothing: 0 });
    const at3 = (table: ReturnType<typeof fitTransform>) => cellsOf(table.table, 'id')[3];
    expect(at3(fitTransform(step, ids, target))).toBe(at3(fitTransform(step, ids, changed)));
    const inside = fitTransform(pipeline([step, standardScale({ center: false, scale: false })]), ids, target);
    expect(cellsOf(inside.table, 'id')).not.toEqual([...target]);
    expect(cellsOf(inside.fitted.transform(ids), 'id')).toEqual([...target]);
  });

  test('a later step learns from the values that the training rows get', () => {
    const encode = targetEncode({ smoothing: 0, folds: 2 });
    const outOfFold = fitTransform(encode, table, binary).table;
    const expected = standardScale({ columns: ['word'] })
      .fit(outOfFold)
      .toJSON();
    const fitted = pipeline([encode, standardScale({ columns: ['word'] })])
      .fit(table, binary)
      .toJSON();
    expect((fitted.steps as unknown[])[1]).toEqual(expected);
  });

  test('refuses a target that is not there or does not fit', () => {
    const invalid = expect.objectContaining({ code: 'TARGET_INVALID' });
    expect(() => targetEncode().fit(table)).toThrow(invalid);
    expect(() => targetEncode().fit(table, Float64Array.of(1))).toThrow(invalid);
    expect(() =>
      targetEncode().fit(
        table,
        binary.map((value) => (value === 0 ? Number.NaN : 1)),
      ),
    ).toThrow(invalid);
    expect(() => targetEncode({ task: 'binary' }).fit(table, classes)).toThrow(/must hold 0 and 1, broken in row 0/);
    expect(() =>
      targetEncode({ task: 'multiclass' }).fit(
        table,
        binary.map((value) => value - 0.5),
      ),
    ).toThrow(invalid);
    const one = makeTable([['word', strings(['a'])]]);
    expect(() => fitTransform(targetEncode(), one, Float64Array.of(1))).toThrow(
      expect.objectContaining({ code: 'SPLIT_INVALID' }),
    );
  });
});
