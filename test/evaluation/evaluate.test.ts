import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/core/feature-spec.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { METRICS, PRIMARY_METRIC } from '../../src/evaluation/metric-table.js';
import { auc } from '../../src/evaluation/roc.js';
import type { ScoredRows } from '../../src/evaluation/scored-rows.js';
import { binaryRows, repeated } from './binary-rows.js';

const binary: ScoredRows = {
  task: 'binary',
  nClasses: 2,
  target: Float64Array.of(1, 0, 1, 0),
  predictions: Float64Array.of(0.9, 0.6, 0.4, 0.1),
};
const multiclass: ScoredRows = {
  task: 'multiclass',
  nClasses: 3,
  target: Float64Array.of(0, 1, 2, 1),
  predictions: Float64Array.of(0.6, 0.3, 0.1, 0.2, 0.5, 0.3, 0.5, 0.2, 0.3, 0.1, 0.8, 0.1),
};
const regression: ScoredRows = {
  task: 'regression',
  nClasses: 1,
  target: Float64Array.of(1, 2, 4),
  predictions: Float64Array.of(1, 3, 3),
};

describe('evaluate', () => {
  test.each([binary, multiclass, regression])('gives the metrics of the table for $task, in its order', (rows) => {
    const named = Object.entries(METRICS).filter(([, { tasks }]) => tasks.includes(rows.task));
    expect(Object.keys(evaluate(rows))).toEqual(named.map(([name]) => name));
  });

  test('sums a task up by one of its metrics', () => {
    for (const [task, name] of Object.entries(PRIMARY_METRIC)) expect(METRICS[name].tasks).toContain(task as Task);
  });

  test('decides the classes of a binary task at 0.5', () => {
    expect(evaluate(binary)).toMatchObject({ auc: 0.75, accuracy: 0.5, precision: 0.5, recall: 0.5, f1: 0.5 });
  });

  test('averages the classes of a multiclass task', () => {
    // Class 0: 1 right of 2 called; class 1: 2 of 2; class 2: never called.
    const metrics = evaluate(multiclass);
    expect(metrics.accuracy).toBe(0.75);
    expect(metrics.precisionMacro).toBe((0.5 + 1 + 0) / 3);
    expect(metrics.recallMacro).toBe((1 + 1 + 0) / 3);
    expect(metrics.f1Macro).toBe((2 / 3 + 1 + 0) / 3);
    expect(metrics.f1Weighted).toBe((2 / 3 + 2 * 1 + 0) / 4);
  });

  test('averages the AUC of each class against the rest', () => {
    const column = (c: number): Float64Array => multiclass.predictions.filter((_, i) => i % 3 === c);
    const against = (c: number): number =>
      auc(
        multiclass.target.map((position) => Number(position === c)),
        column(c),
      );
    expect(evaluate(multiclass).aucOvr).toBeCloseTo((against(0) + against(1) + against(2)) / 3, 15);
  });

  test('leaves classes that do not occur out of the averages', () => {
    const target = Float64Array.of(0, 1, 0, 1);
    const rows = {
      ...multiclass,
      target,
      predictions: Float64Array.of(0.9, 0.1, 0, 0.2, 0.8, 0, 0.7, 0.3, 0, 0.4, 0.6, 0),
    };
    expect(evaluate(rows)).toMatchObject({ aucOvr: 1, f1Macro: 1, precisionMacro: 1, recallMacro: 1 });
  });

  test('counts a weight as that many rows', () => {
    fc.assert(
      fc.property(binaryRows, ({ target, scores, weights }) => {
        const weighted = evaluate({ ...binary, target, predictions: scores, weights });
        const rows = evaluate({ ...binary, target: repeated(target, weights), predictions: repeated(scores, weights) });
        for (const [name, value] of Object.entries(rows)) expect(weighted[name], name).toBeCloseTo(value, 12);
      }),
    );
  });

  test('is NaN where one class leaves a metric undefined, and a number elsewhere', () => {
    const negative = evaluate({ ...binary, target: new Float64Array(4) });
    const undefinedNames = Object.keys(negative).filter((name) => Number.isNaN(negative[name]));
    expect(undefinedNames).toEqual(['auc', 'prAuc', 'recall', 'f1']);
    const positive = evaluate({ ...binary, target: Float64Array.of(1, 1, 1, 1) });
    expect(Object.keys(positive).filter((name) => Number.isNaN(positive[name]))).toEqual(['auc']);
  });

  test('has precision 0 where nothing is predicted positive', () => {
    expect(evaluate({ ...binary, predictions: new Float64Array(4) })).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  });

  test('changes neither target nor predictions', () => {
    const rows = { ...multiclass, target: multiclass.target.slice(), predictions: multiclass.predictions.slice() };
    evaluate(rows);
    expect(rows).toEqual(multiclass);
  });

  const bad: readonly [string, ScoredRows, string, string][] = [
    ['no rows', { ...binary, target: new Float64Array(0), predictions: new Float64Array(0) }, 'DATA_EMPTY', 'no rows'],
    ['too few predictions', { ...multiclass, predictions: new Float64Array(4) }, 'VALUE_INVALID', '12 values, got 4'],
    [
      'a missing prediction',
      { ...binary, predictions: Float64Array.of(1, 0, Number.NaN, 0) },
      'VALUE_INVALID',
      'got NaN at position 2',
    ],
    [
      'raw scores for probabilities',
      { ...binary, predictions: Float64Array.of(1, 0, 3, 0) },
      'VALUE_INVALID',
      'in [0, 1]',
    ],
    ['a class out of range', { ...binary, target: Float64Array.of(0, 1, 2, 0) }, 'TARGET_INVALID', 'below 2'],
    [
      'an infinite target',
      { ...regression, target: Float64Array.of(0, Infinity, 2) },
      'TARGET_INVALID',
      'got Infinity',
    ],
    [
      'a negative weight',
      { ...regression, weights: Float64Array.of(1, -1, 2) },
      'VALUE_INVALID',
      'weights must be finite and >= 0',
    ],
    ['weights of another length', { ...regression, weights: Float64Array.of(1) }, 'VALUE_INVALID', '3 values, got 1'],
    ['only weights of 0', { ...regression, weights: new Float64Array(3) }, 'VALUE_INVALID', 'all 0'],
  ];
  test.each(bad)('refuses %s', (_, rows, code, words) => {
    expect(() => evaluate(rows)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
  });
});
