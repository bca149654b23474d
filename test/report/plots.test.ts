// What holds for every chart: well formed, self-contained, readable, and safe with any name.
import { describe, expect, test } from 'vitest';
import { calibrationPlot } from '../../src/report/calibration-plot.js';
import { confusionPlot } from '../../src/report/confusion-plot.js';
import { importancePlot } from '../../src/report/importance-plot.js';
import { learningPlot } from '../../src/report/learning-plot.js';
import { precisionRecallPlot } from '../../src/report/precision-recall-plot.js';
import { predictedActualPlot } from '../../src/report/predicted-actual-plot.js';
import { residualPlot } from '../../src/report/residual-plot.js';
import { rocPlot } from '../../src/report/roc-plot.js';
import { shapPlot } from '../../src/report/shap-plot.js';
import { elements, type MarkupElement, readMarkup } from './read-markup.js';

const NASTY = `</text><script>alert("1")</script>&'é漢\u0000 and a name that is longer than any chart has room for, by far`;
const NONE = new Float64Array(0);
const many = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 1e5 + i);

const plots: readonly [string, (label: string) => string][] = [
  ['rocPlot', (label) => rocPlot([{ label, fpr: [0, 0, 1], tpr: [0, 0.5, 1], auc: 0.75 }])],
  ['rocPlot of one class', (label) => rocPlot([{ label, fpr: [0, Number.NaN], tpr: [0, 1], auc: Number.NaN }])],
  ['rocPlot of nothing', () => rocPlot([])],
  [
    'precisionRecallPlot',
    (label) => precisionRecallPlot([{ label, precision: [1, 0.5], recall: [0, 1], prAuc: 0.5 }], 0.5),
  ],
  [
    'calibrationPlot',
    (label) => calibrationPlot([{ label, predicted: [0.1, 0.9], observed: [0.2, 0.7], weight: [9, 1] }]),
  ],
  [
    'calibrationPlot of one bin',
    (label) => calibrationPlot([{ label, predicted: [0.3], observed: [0.3], weight: [5] }]),
  ],
  ['calibrationPlot of nothing', () => calibrationPlot([])],
  ['confusionPlot', (label) => confusionPlot({ labels: [label, 'no'], counts: [5, 1, 0, 12_345] })],
  [
    'confusionPlot of 40 classes',
    (label) =>
      confusionPlot({
        labels: Array.from({ length: 40 }, (_, i) => label + i),
        counts: new Float64Array(1600).fill(2),
      }),
  ],
  ['confusionPlot with an empty class', (label) => confusionPlot({ labels: [label, 'no'], counts: [5, 1, 0, 0] })],
  [
    'importancePlot',
    (label) =>
      importancePlot(
        [
          { name: label, importance: 3 },
          { name: 'b', importance: 0 },
        ],
        { measure: label },
      ),
  ],
  ['importancePlot of nothing', (label) => importancePlot([], { measure: label })],
  ['importancePlot of zeros', (label) => importancePlot([{ name: label, importance: 0 }], { measure: 'Gain' })],
  ['shapPlot', (label) => shapPlot([{ name: label, shap: many, values: many }])],
  ['shapPlot of categories', (label) => shapPlot([{ name: label, shap: Float64Array.of(0, 0, -1e-9) }])],
  ['shapPlot of nothing', () => shapPlot([])],
  [
    'learningPlot',
    (label) => learningPlot({ xLabel: label, metric: label, lines: [{ label, x: [1, 2, 3], y: [3, 2, 1] }], best: 2 }),
  ],
  ['learningPlot of nothing', (label) => learningPlot({ xLabel: label, metric: label, lines: [] })],
  [
    'predictedActualPlot',
    () =>
      predictedActualPlot(
        many,
        many.map((value) => value * 0.9),
      ),
  ],
  ['predictedActualPlot of a constant', () => predictedActualPlot(Float64Array.of(3, 3), Float64Array.of(3, 3))],
  ['predictedActualPlot of nothing', () => predictedActualPlot(NONE, NONE)],
  [
    'residualPlot',
    () =>
      residualPlot(
        many,
        many.map((value) => value * 0.9),
      ),
  ],
  ['residualPlot of few', () => residualPlot(Float64Array.of(1, 2, 4), Float64Array.of(1, 3, 3))],
];

/** Numbers of coordinates and sizes; those of paths are in path data. */
function coordinates(of: MarkupElement): string {
  const own = Object.entries(of.attributes).filter(([name]) =>
    ['x', 'y', 'width', 'height', 'd', 'viewBox'].includes(name),
  );
  return own.map(([, value]) => value).join(' ') + of.children.map(coordinates).join(' ');
}

describe.each(plots)('%s', (_, draw) => {
  const svg = draw('Model');
  const root = readMarkup(svg);

  test('is a well-formed image with a title and a description', () => {
    expect(root.name).toBe('svg');
    expect(root.attributes).toMatchObject({ xmlns: 'http://www.w3.org/2000/svg', role: 'img' });
    const [title, description] = root.children;
    expect([title?.name, description?.name]).toEqual(['title', 'desc']);
    expect([title?.text, description?.text]).not.toContain('');
  });

  test('has only finite coordinates', () => {
    expect(coordinates(root)).not.toMatch(/NaN|Infinity|undefined|e[-+]/);
  });

  test('keeps all text inside', () => {
    const [width, height] = [Number(root.attributes.width), Number(root.attributes.height)];
    for (const { attributes } of elements(root, 'text')) {
      expect(Number(attributes.x)).toBeGreaterThanOrEqual(0);
      expect(Number(attributes.x)).toBeLessThanOrEqual(width);
      expect(Number(attributes.y)).toBeLessThanOrEqual(height);
    }
  });

  test('asks for nothing outside itself', () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\(|@import|href|<script|<image|<foreignObject/,
    );
  });

  test('has no markup but its own, whatever the names are', () => {
    const nasty = readMarkup(draw(NASTY));
    expect(elements(nasty, 'script')).toEqual([]);
    for (const name of ['path', 'rect']) expect(elements(nasty, name)).toHaveLength(elements(root, name).length);
  });

  test('styles nothing of a page that it is set into', () => {
    const [style] = elements(root, 'style');
    const selectors =
      style?.text.replace(/@media\(prefers-color-scheme:dark\)/, '').match(/[^{},]+(?=[,{])(?![^{]*\})/g) ?? [];
    expect(selectors.filter((selector) => !selector.startsWith('svg:root'))).toEqual([]);
    expect(selectors.length).toBeGreaterThan(30);
  });

  test('is a small file', () => {
    expect(svg.length).toBeLessThan(60_000);
  });
});
