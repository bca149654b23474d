import { describe, expect, test } from 'vitest';
import { resolveValidation, type ValidationInput } from '../../src/evaluation/validation-options.js';

describe('resolveValidation', () => {
  test('is five shuffled folds where nothing is asked for', () => {
    expect(resolveValidation()).toEqual({
      folds: 5,
      holdout: undefined,
      stratified: undefined,
      shuffle: true,
      group: undefined,
      time: undefined,
    });
  });

  test('has no folds beside a holdout', () => {
    expect(resolveValidation({ holdout: 0.2 })).toMatchObject({ folds: 0, holdout: 0.2, shuffle: true });
    expect(resolveValidation({ holdout: 16281, shuffle: false })).toMatchObject({
      folds: 0,
      holdout: 16281,
      shuffle: false,
    });
  });

  test('does not shuffle rows that are in order of time', () => {
    expect(resolveValidation({ time: 'at' })).toMatchObject({ folds: 5, time: 'at', shuffle: false });
  });

  test('takes other libraries’ spellings', () => {
    expect(resolveValidation({ n_splits: 3, stratify: false })).toMatchObject({ folds: 3, stratified: false });
    expect(resolveValidation({ test_size: 100 })).toMatchObject({ folds: 0, holdout: 100 });
  });

  test('is frozen and leaves the input alone', () => {
    const input = Object.freeze({ folds: 3 });
    expect(Object.isFrozen(resolveValidation(input))).toBe(true);
    expect(input).toEqual({ folds: 3 });
  });

  const refused: readonly [ValidationInput, string][] = [
    [{ folds: 1 }, 'folds must be 0 or >= 2, got 1'],
    [{ folds: -1 }, 'folds must be an integer >= 0, got -1'],
    [{ holdout: 0 }, 'holdout must be a number > 0, got 0'],
    [{ holdout: 1.5 }, 'holdout must be a share in (0, 1) or a whole number of rows, got 1.5'],
    [{ folds: 5, holdout: 0.2 }, 'folds and holdout exclude each other'],
    [{ group: 'customer', time: 'at' }, 'group and time exclude each other'],
    [{ shuffle: true, time: 'at' }, 'shuffle and time exclude each other'],
    [{ stratified: true, group: 'customer' }, 'stratified and group exclude each other'],
    [{ stratified: true, time: 'at' }, 'stratified and time exclude each other'],
    [
      { stratified: true, holdout: 0.2, shuffle: false },
      'a holdout of the last rows (shuffle false) cannot be stratified',
    ],
    [
      { group: 'customer', holdout: 0.2, shuffle: false },
      'a holdout of the last rows (shuffle false) cannot keep groups whole',
    ],
    [{ folds: 0, group: 'customer' }, 'folds 0 means no validation, but group is given too'],
  ];
  test.each(refused)('refuses %j', (input, rule) => {
    const error = { code: 'OPTION_INVALID', message: `validation: ${rule}` };
    expect(() => resolveValidation(input)).toThrow(expect.objectContaining(error));
  });

  test('refuses an unknown option and suggests the nearest', () => {
    const error = { code: 'OPTION_UNKNOWN', message: expect.stringContaining('did you mean folds?') };
    expect(() => resolveValidation({ fold: 3 })).toThrow(expect.objectContaining(error));
  });
});
