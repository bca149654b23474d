import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracy, classScores, confusionMatrix } from '../../src/evaluation/confusion-matrix.js';
import { predictedClasses } from '../../src/evaluation/predicted-classes.js';

const N_CLASSES = 4;
const rows = fc.array(
  fc.record({ actual: fc.nat(N_CLASSES - 1), predicted: fc.nat(N_CLASSES - 1), weight: fc.nat(3) }),
  {
    minLength: 1,
    maxLength: 40,
  },
);

describe('confusionMatrix', () => {
  test('has the summed weight of each pair of true and predicted class', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { counts } = confusionMatrix(
          Float64Array.from(list, (row) => row.actual),
          Uint32Array.from(list, (row) => row.predicted),
          N_CLASSES,
          Float64Array.from(list, (row) => row.weight),
        );
        counts.forEach((count, cell) => {
          const inCell = list.filter((row) => row.actual * N_CLASSES + row.predicted === cell);
          expect(count).toBe(inCell.reduce((sum, row) => sum + row.weight, 0));
        });
      }),
    );
  });

  test('counts rows where there are no weights', () => {
    const { counts } = confusionMatrix(Float64Array.of(0, 1, 1), Uint32Array.of(1, 1, 1), 2);
    expect([...counts]).toEqual([0, 1, 0, 2]);
  });
});

describe('classScores', () => {
  // 10 of class 0: 6 right; 5 of class 1: 4 right; nothing is or is called class 2.
  const matrix = { nClasses: 3, counts: Float64Array.of(6, 4, 0, 1, 4, 0, 0, 0, 0) };

  test('has precision, recall and F1 of each class', () => {
    const [first, second] = classScores(matrix);
    expect(first).toEqual({ precision: 6 / 7, recall: 0.6, f1: 12 / 17, support: 10, predicted: 7 });
    expect(second).toEqual({ precision: 0.5, recall: 0.8, f1: 8 / 13, support: 5, predicted: 8 });
  });

  test('is 0 for a class that neither occurs nor is predicted', () => {
    expect(classScores(matrix)[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0, predicted: 0 });
  });

  test('goes with an accuracy that is the share on the diagonal', () => {
    expect(accuracy(matrix)).toBe(10 / 15);
  });
});

describe('predictedClasses', () => {
  test('is class 1 from the threshold on', () => {
    expect([...predictedClasses(Float64Array.of(0.49, 0.5, 0.51), 1)]).toEqual([0, 1, 1]);
    expect([...predictedClasses(Float64Array.of(0.49, 0.5, 0.51), 1, 0.51)]).toEqual([0, 0, 1]);
  });

  test('is the most probable class, the first of equals', () => {
    expect([...predictedClasses(Float64Array.of(0.2, 0.5, 0.3, 0.4, 0.2, 0.4), 3)]).toEqual([1, 0]);
  });
});
