// What the charts say: names, numbers and marks are those of the data.
import { describe, expect, test } from 'vitest';
import { calibrationPlot } from '../../src/report/calibration-plot.js';
import { confusionPlot } from '../../src/report/confusion-plot.js';
import { importancePlot } from '../../src/report/importance-plot.js';
import { learningPlot } from '../../src/report/learning-plot.js';
import { precisionRecallPlot } from '../../src/report/precision-recall-plot.js';
import { predictedActualPlot } from '../../src/report/predicted-actual-plot.js';
import { residualPlot } from '../../src/report/residual-plot.js';
import { rocPlot } from '../../src/report/roc-plot.js';
import { elements, readMarkup } from './read-markup.js';

function texts(svg: string): string[] {
  return elements(readMarkup(svg), 'text').map((element) => element.text);
}

function ofClass(svg: string, name: 'path' | 'rect' | 'text', className: string): Record<string, string>[] {
  const all = elements(readMarkup(svg), name).map((element) => element.attributes);
  return all.filter((attributes) => attributes.class?.split(' ').includes(className));
}

describe('rocPlot', () => {
  const fold = { label: 'Single folds', fpr: [0, 1], tpr: [0, 1], auc: 0.5, background: true };
  const svg = rocPlot([{ label: 'All folds', fpr: [0, 0.5, 1], tpr: [0, 1, 1], auc: 0.905478 }, fold, fold]);

  test('names each curve once, with its AUC', () => {
    expect(texts(svg)).toEqual(expect.arrayContaining(['All folds, AUC 0.9055', 'Single folds', 'Chance']));
    expect(texts(svg).filter((text) => text === 'Single folds')).toHaveLength(1);
    expect(ofClass(svg, 'path', 'fold')).toHaveLength(2 + 1); // and one in the legend
  });

  test('draws a curve between the corners of a square', () => {
    const [, curve] = ofClass(svg, 'path', 'c1');
    const [start, middle, end] = [...(curve?.d ?? '').matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    const [left, bottom, right, top] = [start?.[0], start?.[1], end?.[0], end?.[1]] as [number, number, number, number];
    expect(right - left).toBeCloseTo(bottom - top, 6);
    expect(middle).toEqual([(left + right) / 2, top]);
  });

  test('says in words when there is no curve', () => {
    const nan = { label: 'All folds', fpr: [0, Number.NaN], tpr: [0, 1], auc: Number.NaN };
    expect(texts(rocPlot([nan]))).toContain('The rows are of one class: no curve');
  });

  test('shortens a long name but not the AUC after it', () => {
    const label = 'gradient boosting with two hundred leaves and a very small learning rate';
    const named = texts(rocPlot([{ label, fpr: [0, 1], tpr: [0, 1], auc: 0.75 }]));
    expect(named.some((text) => text.startsWith('gradient boosting') && text.endsWith('…, AUC 0.75'))).toBe(true);
  });

  test('tells more than four curves apart', () => {
    const curves = Array.from({ length: 6 }, (_, i) => ({ label: `m${i}`, fpr: [0, 1], tpr: [0, 1], auc: 0.5 }));
    const classes = elements(readMarkup(rocPlot(curves)), 'path').map(({ attributes }) => attributes.class);
    expect(new Set(classes.filter((name) => name?.startsWith('line')))).toHaveLength(4);
    expect(texts(rocPlot(curves))).toEqual(expect.arrayContaining(curves.map(({ label }) => `${label}, AUC 0.5`)));
  });
});

describe('precisionRecallPlot', () => {
  test('names the precision of chance', () => {
    const svg = precisionRecallPlot(
      [{ label: 'All folds', precision: [1, 0.5], recall: [0, 1], prAuc: 0.7807 }],
      0.239,
    );
    expect(texts(svg)).toEqual(expect.arrayContaining(['All folds, PR-AUC 0.7807', 'Chance, 23.9%']));
  });
});

describe('calibrationPlot', () => {
  test('has a dot a bin and says how far off the probabilities are', () => {
    const svg = calibrationPlot([
      { label: 'All folds', predicted: [0.1, 0.9], observed: [0.2, 0.7], weight: [30, 10] },
    ]);
    expect(ofClass(svg, 'path', 'dots')[0]?.d?.match(/h0/g)).toHaveLength(2);
    expect(elements(readMarkup(svg), 'desc')[0]?.text).toContain('All folds is off by 12.5% on average');
  });

  test('shows rows by bin in proportion', () => {
    const svg = calibrationPlot([
      { label: 'All folds', predicted: [0.1, 0.9], observed: [0.2, 0.7], weight: [30, 10] },
    ]);
    const heights = [...(ofClass(svg, 'path', 'bar')[0]?.d ?? '').matchAll(/v-([\d.]+)/g)].map(([, height]) =>
      Number(height),
    );
    expect((heights[0] as number) / (heights[1] as number)).toBeCloseTo(3, 1);
  });
});

describe('confusionPlot', () => {
  test('has counts and shares of the true class', () => {
    const svg = confusionPlot({ labels: ['no', 'yes'], counts: [90, 10, 30, 12_345] });
    expect(texts(svg)).toEqual(expect.arrayContaining(['90', '90%', '10', '10%', '30', '0.2%', '12.3K', '99.8%']));
    expect(elements(readMarkup(svg), 'desc')[0]?.text).toContain('12,435 of 12,475 are right, 99.7%');
  });

  test('fills by the share of the true class, right and wrong in different hues', () => {
    const svg = confusionPlot({ labels: ['no', 'yes'], counts: [3, 1, 0, 5] });
    const fills = ['right', 'wrong'].map((name) => ofClass(svg, 'path', name).map((path) => path['fill-opacity']));
    expect(fills).toEqual([['0.75', '1'], ['0.25']]);
  });

  test('has no share of a class without rows', () => {
    const svg = confusionPlot({ labels: ['no', 'yes'], counts: [4, 0, 0, 0] });
    expect(texts(svg).filter((text) => text === '0%')).toHaveLength(3);
    expect(ofClass(svg, 'path', 'wrong')).toEqual([]);
  });

  test('leaves numbers out where classes are too many to read them', () => {
    const labels = Array.from({ length: 30 }, (_, i) => `c${i}`);
    expect(texts(confusionPlot({ labels, counts: new Float64Array(900).fill(77) }))).not.toContain('77');
    const fifteen = confusionPlot({ labels: labels.slice(0, 15), counts: new Float64Array(225).fill(77) });
    expect(texts(fifteen).filter((text) => text === '77')).toHaveLength(225);
  });
});

describe('importancePlot', () => {
  const features = ['a', 'b', 'c', 'd'].map((name, i) => ({ name, importance: [1, 4, 0, 2][i] as number }));

  test('sorts features by importance, with bars in proportion', () => {
    const svg = importancePlot(features, { measure: 'Total gain' });
    expect(texts(svg).filter((text) => 'abcd'.includes(text))).toEqual(['b', 'd', 'a', 'c']);
    const widths = ofClass(svg, 'rect', 'bar').map(({ width }) => Number(width));
    const largest = widths[0] as number;
    expect(widths.map((width) => width / largest)).toEqual([1, 0.5, 0.25, 0]);
    expect(features.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('says how many features are left out', () => {
    const note = (limit: number): string | undefined =>
      texts(importancePlot(features, { measure: 'Gain', limit })).at(-1);
    expect(note(2)).toBe('2 more features count for less');
    expect(note(3)).toBe('1 more feature counts for less');
  });

  test('shortens long names and keeps them whole as a tooltip', () => {
    const name = 'a_feature_with_a_name_as_long_as_those_of_encoded_categories_are=yes';
    const svg = importancePlot([{ name, importance: 1 }], { measure: 'Total gain' });
    expect(texts(svg).some((text) => text.endsWith('…') && name.startsWith(text.slice(0, -1)))).toBe(true);
    expect(elements(readMarkup(svg), 'title').map(({ text }) => text)).toContain(name);
  });
});

describe('learningPlot', () => {
  test('marks where the model stops', () => {
    const svg = learningPlot({
      xLabel: 'Iteration',
      metric: 'Log loss',
      best: 2,
      lines: [{ label: 'Validation', x: [1, 2, 3], y: [3, 1, 2] }],
    });
    expect(texts(svg)).toEqual(expect.arrayContaining(['Validation', 'Best at 2', 'Iteration', 'Log loss']));
    expect(ofClass(svg, 'path', 'guide')).toHaveLength(1 + 1); // and one in the legend
  });
});

describe('predictedActualPlot', () => {
  test('draws few rows as dots', () => {
    const svg = predictedActualPlot(Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 3));
    expect(ofClass(svg, 'path', 'points')[0]?.d?.match(/h0/g)).toHaveLength(3);
  });

  test('colours squares by how many of many rows they have, and says what the colours mean', () => {
    const target = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : i));
    const svg = predictedActualPlot(target, target);
    expect(texts(svg)).toContain('1 to 900 rows a square');
    expect(ofClass(svg, 'path', 'd5')[0]?.d?.match(/M/g)).toHaveLength(1);
  });
});

describe('residualPlot', () => {
  test('shows actual less predicted', () => {
    const svg = residualPlot(Float64Array.of(10, 20), Float64Array.of(12, 15));
    expect(elements(readMarkup(svg), 'desc')[0]?.text).toContain('of 2 rows, from −2 to 5');
  });
});
