// Rolling performance against scikit-learn on the same joined rows, and estimates against NannyML's definition of CBPE.
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { answer, rows, scoring, watch } from '../monitoring/watching.js';
import { hasPython, runPython } from './run-python.js';

const WINDOW = 2000;

describe.skipIf(!hasPython)('performance in production (needs scikit-learn: npm run test:peers)', () => {
  test.each([
    ['calibrated scores', (x: number) => x],
    ['scores with many ties', (x: number) => Math.round(x * 20) / 20],
  ])('is that of scikit-learn on the joined window, %s', async (_, scoreOf) => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor }, windowRows: WINDOW });
    const all = rows(5000, 11).map(({ row, truth }) => ({ row: { ...row, x: scoreOf(row.x) }, truth }));
    all.forEach(({ row }, i) => {
      answer(watching, predictor, `id-${i}`, row);
    });
    // Truths come in another order than predictions, and only some do.
    const order = createRandom(3).shuffle(Array.from(all.keys())).slice(0, 3500);
    for (const i of order) watching.feedback('m', [{ id: `id-${i}`, truth: all[i]?.truth as string }]);
    const joined = order.slice(-WINDOW).map((i) => all[i] as (typeof all)[0]);
    const target = joined.map(({ truth }) => Number(truth === 'yes'));
    const ofWindow = { target, scores: joined.map(({ row }) => row.x) };
    const ofLatest = { target, scores: all.slice(-WINDOW).map(({ row }) => row.x) };
    const { realised, estimated: onWindow } = runPython('monitoring_sklearn.py', ofWindow) as Answer;
    const { estimated } = runPython('monitoring_sklearn.py', ofLatest) as Answer;
    const report = watching.performance('m');
    for (const [name, value] of Object.entries(realised)) expect(report.metrics[name], name).toBeCloseTo(value, 10);
    for (const [name, value] of Object.entries(estimated)) {
      expect(report.estimated?.metrics[name], name).toBeCloseTo(value, 10);
      const error = (onWindow[name] as number) - (realised[name] as number);
      expect(report.estimateError?.[name], name).toBeCloseTo(error, 10);
      // Scores that keep their promise: the estimate is near what came true.
      expect(Math.abs(error), name).toBeLessThan(0.04);
    }
  });
});

interface Answer {
  readonly realised: Readonly<Record<string, number>>;
  readonly estimated: Readonly<Record<string, number>>;
}
